use storyline::{Secret, timed};

#[timed(fields(card))]
fn charge(card: Secret<String>) {
    drop(card);
}

fn main() {
    charge(Secret::new(String::new()));
}
