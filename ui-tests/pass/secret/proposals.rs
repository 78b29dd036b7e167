//! What the messages of `fail/secret/followed.rs` say to write.

use std::collections::HashMap;
use std::env;

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
    log_event!(INFO, "login_tried", first: redact = users[0].password);
    log_event!(INFO, "login_tried", first: hash = users[0].password);
    log_event!(INFO, "login_tried", first: reveal("a password of the example") = users[0].password);
    log_event!(INFO, "login_tried", password: redact = users[0].password);
    log_event!(INFO, "login_tried", password: hash = users[0].password);
    log_event!(INFO, "login_tried", given: redact = users[0].get_password());
    log_event!(INFO, "login_tried", given: hash = users[0].get_password());
    log_event!(INFO, "login_tried", db_password: redact = env::var("DB_PASSWORD"));
    log_event!(INFO, "login_tried", header: redact = headers.get("authorization").map(|it| it.trim()));
    log_event!(INFO, "login_tried", header: hash = headers.get("authorization").map(|it| it.trim()));
}
