use storyline::timed;

#[timed(slow = "fast")]
fn word() {}

#[timed(slow = 500)]
fn number() {}

#[timed(slow)]
fn nothing() {}

fn main() {
    word();
    number();
    nothing();
}
