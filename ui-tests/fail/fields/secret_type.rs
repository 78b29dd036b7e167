use storyline::{Fields, Secret};

#[derive(Fields)]
struct Login {
    user: String,
    word: Secret<String>,
}

fn main() {}
