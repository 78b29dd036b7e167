use storyline::timed;

#[timed(only())]
fn nothing() {}

#[timed(only(ok, erorr, "err", cancled, left))]
fn wrong() {}

#[timed(only = err)]
fn equals() {}

#[timed(only(err | panic))]
fn bar() -> Result<(), std::fmt::Error> {
    Ok(())
}

#[timed(only(slow))]
fn slow() {}

#[timed(slow_level = ERROR)]
fn slow_level() {}

fn main() {
    nothing();
    wrong();
    equals();
    let _ = bar();
    slow();
    slow_level();
}
