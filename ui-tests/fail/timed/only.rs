use storyline::timed;

#[timed(only())]
fn nothing() {}

#[timed(only(ok, erorr))]
fn wrong() {}

#[timed(only(slow))]
fn slow() {}

#[timed(slow_level = ERROR)]
fn slow_level() {}

fn main() {
    nothing();
    wrong();
    slow();
    slow_level();
}
