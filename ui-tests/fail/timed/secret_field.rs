use storyline::timed;

#[timed(fields(password, id = api_key))]
fn log_in(password: &str, api_key: &str) -> usize {
    password.len() + api_key.len()
}

fn main() {
    log_in("a", "b");
}
