use storyline::{log_event, timed};

const PASSWORD: &str = "hunter2";

struct Login {
    password: String,
    api_key: String,
}

impl Login {
    fn tried(&self) {
        log_event!(INFO, "login_tried", v = (self.password));
        log_event!(INFO, "login_tried", v = {&self.password});
        log_event!(INFO, "login_tried", v = crate::PASSWORD);
        log_event!(INFO, "login_tried", v = &self.password[..]);
        log_event!(INFO, "login_tried", v = self.password.as_str().to_owned());
        log_event!(INFO, "login_tried", v = ?Some(&self.password));
        log_event!(INFO, "login_tried", v = format!("{}", self.password));
        log_event!(INFO, "login_tried", v = format!("{PASSWORD}"));
    }

    #[timed(fields(k = (self.api_key)))]
    fn call(&self) {}
}

fn main() {
    let login = Login { password: String::new(), api_key: String::new() };
    login.tried();
    login.call();
}
