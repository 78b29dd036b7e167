use storyline::log_event;

struct Login {
    password: &'static str,
}

fn main() {
    let login = Login { password: "hunter2" };
    log_event!(INFO, "login_tried", login.password);
}
