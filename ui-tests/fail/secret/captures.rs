use storyline::log_event;

fn main() {
    let cookie = "hunter2";
    log_event!(INFO, "login_tried", cookie: display);
    log_event!(INFO, "login_tried", cookie: debug = cookie);
    log_event!(INFO, "login_tried", cookie: serde, jwt: error = cookie);
}
