use storyline::log_event;

fn main() {
    let (password, ssn) = ("hunter2", "078-05-1120");
    log_event!(INFO, "login_tried", "{iban}", password, ?ssn, bearer = 7, inner = password, session_id: display = 4);
}
