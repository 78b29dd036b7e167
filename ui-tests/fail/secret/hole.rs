use storyline::log_event;

fn main() {
    let api_key = "hunter2";
    log_event!(INFO, "login_tried", "with {api_key}");
}
