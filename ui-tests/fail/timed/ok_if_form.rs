use storyline::timed;

#[timed(ok_if)]
fn nothing() {}

#[timed(ok_if = is_fine())]
fn called() {}

#[timed(ok_if(is_fine))]
fn in_parentheses() {}

#[timed(ok_if = "is_fine")]
fn quoted() {}

#[timed(ok_if = 200)]
fn number() {}

#[timed(ok_if = |it, other| it == other)]
fn two() {}

#[timed(ok_if = || true)]
fn none() {}

#[timed(ok_if = decide)]
fn argument(decide: fn(&u8) -> bool) -> u8 {
    u8::from(decide(&1))
}

fn main() {
    nothing();
    called();
    in_parentheses();
    quoted();
    number();
    two();
    none();
    argument(|_| true);
}
