//! What is done with a secret, and names that only sound like one.

use std::collections::HashMap;

use storyline::log_event;

struct Login {
    password: String,
}

impl Login {
    fn check_password(&self) -> bool {
        self.password.len() > 3
    }
}

fn hash(text: &str) -> u64 {
    text.len() as u64
}

fn main() {
    let login = Login { password: String::from("hunter2") };
    let password = &login.password;
    let (passwords_seen, sidebar, no_password) = (3, "left", false);
    log_event!(INFO, "login_tried", length = password.len(), empty = (password.is_empty()), digest = hash(password));
    log_event!(INFO, "login_tried", passwords_seen, sidebar, no_password, strong = login.check_password());
    log_event!(INFO, "login_tried", text = format!("{} of {passwords_seen}", password.len()));
    let errors = HashMap::from([("password", "too short")]);
    let tokens = ["if", "else"];
    log_event!(INFO, "login_refused", problem = errors.get("password").copied(), same = errors["password"]);
    log_event!(INFO, "parsed", first = tokens[0], count = tokens.len(), longest = tokens.iter().map(|it| it.len()).max());
    log_event!(INFO, "measured", "größe" = 1, "数量" = 2, "имя" = 3, "duration_μs" = 4);
    log_event!(INFO, "parsed", token: reveal("a word of the source") = "if");
}
