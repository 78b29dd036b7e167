use storyline::timed;

fn is_fine(value: &str) -> bool {
    value.is_empty()
}

#[timed(ok_if = is_fine)]
fn another_type() -> u8 {
    1
}

#[timed(ok_if = |it| *it)]
fn no_bool() -> u8 {
    1
}

#[timed(ok_if = |it| *it < limit)]
async fn sees_an_argument(limit: u8) -> u8 {
    limit
}

fn main() {
    another_type();
    no_bool();
    drop(sees_an_argument(1));
}
