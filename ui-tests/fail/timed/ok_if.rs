use storyline::timed;

fn is_fine(value: &str) -> bool {
    value.is_empty()
}

#[timed(ok_if = is_fine)]
fn number() -> u8 {
    1
}

fn main() {
    number();
}
