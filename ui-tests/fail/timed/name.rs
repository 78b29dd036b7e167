use storyline::timed;

#[timed("charge")]
fn bare() {}

#[timed(name = charge)]
fn unquoted() {}

#[timed(name = "")]
fn empty() {}

fn main() {
    bare();
    unquoted();
    empty();
}
