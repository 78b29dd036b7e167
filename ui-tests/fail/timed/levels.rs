use storyline::timed;

#[timed(level = "info")]
fn quoted() {}

#[timed(level = 20)]
fn number() {}

#[timed(level = (pick()))]
fn dynamic() {}

#[timed(level)]
fn nothing() {}

fn main() {
    quoted();
    number();
    dynamic();
    nothing();
}
