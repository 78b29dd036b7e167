use storyline::timed;

#[timed(cancel_level = ERROR)]
fn at_a_level() {}

#[timed(only(cancelled))]
fn nothing_else() {}

fn main() {
    at_a_level();
    nothing_else();
}
