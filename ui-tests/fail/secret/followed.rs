use std::collections::HashMap;

use storyline::log_event;

struct User {
    password: String,
}

impl User {
    fn get_password(&self) -> &str {
        &self.password
    }
}

fn main() {
    let users = [User { password: String::from("hunter2") }];
    let headers = HashMap::from([("authorization", "Bearer 1")]);
    log_event!(INFO, "login_tried", first = ?users[0].password);
    log_event!(INFO, "login_tried", ?users[0].password);
    log_event!(INFO, "login_tried", given = users[0].get_password());
    log_event!(INFO, "login_tried", std::env::var("DB_PASSWORD"));
    log_event!(INFO, "login_tried", header = headers.get("authorization").map(|it| it.trim()));
}
