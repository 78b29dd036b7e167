use storyline::log_event;

fn main() {
    let password = "hunter2";
    log_event!(INFO, "login_tried", input = password, second = &password);
}
