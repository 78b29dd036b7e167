use storyline::{Secret, log_event};

fn main() {
    let login = Secret::new(String::from("hunter2"));
    log_event!(INFO, "login_tried", login: error, again: display = login);
}
