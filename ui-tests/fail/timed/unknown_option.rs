use storyline::timed;

#[timed(levle = INFO)]
fn near() {}

#[timed(banana)]
fn far() {}

#[timed(skip_all)]
fn from_another_tool() {}

fn main() {
    near();
    far();
    from_another_tool();
}
