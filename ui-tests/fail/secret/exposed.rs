use storyline::{Secret, context, log_event};

fn main() {
    let key = Secret::new(String::from("x"));
    log_event!(INFO, "called", with = key.expose());
    log_event!(INFO, "called", "with {with}", with = key.expose().as_str());
    let _guard = context!(with = format!("{}", key.expose()));
}
