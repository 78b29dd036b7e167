use storyline::timed;

#[timed(level = "info")]
fn quoted() {}

#[timed(level = 20)]
fn number() {}

#[timed(level = (pick()))]
fn dynamic() {}

#[timed(level)]
fn nothing() {}

#[timed(level = "inof")]
fn misspelt() {}

fn main() {
    quoted();
    number();
    dynamic();
    nothing();
    misspelt();
}
