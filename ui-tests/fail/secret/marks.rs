use storyline::log_event;

fn main() {
    let token = "hunter2";
    log_event!(INFO, "login_tried", %token);
    log_event!(INFO, "login_tried", ?token);
    log_event!(INFO, "login_tried", token = %token);
}
