use storyline::timed;

#[timed(cancel_level = ERROR)]
fn level() {}

#[timed(only(cancelled))]
fn only() {}

fn main() {
    level();
    only();
}
