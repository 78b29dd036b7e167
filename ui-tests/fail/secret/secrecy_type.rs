use storyline::log_event;

fn main() {
    let login = secrecy::SecretString::from("hunter2");
    log_event!(INFO, "login_tried", login);
    log_event!(INFO, "login_tried", %login);
    log_event!(INFO, "login_tried", login: serde);
}
