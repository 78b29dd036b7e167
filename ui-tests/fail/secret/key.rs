use storyline::log_event;

fn main() {
    let it = "hunter2";
    log_event!(INFO, "login_tried", userPassword = it, "x-api-key" = it, http.authorization = it);
}
