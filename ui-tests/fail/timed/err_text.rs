use storyline::timed;

struct Plain;

#[timed(err(debug))]
fn no_debug() -> Result<(), Plain> {
    Err(Plain)
}

#[timed(err(display))]
async fn no_display() -> Result<(), Plain> {
    Err(Plain)
}

#[timed(err(json))]
fn unknown() {}

fn main() {
    let _ = no_debug();
    drop(no_display());
    unknown();
}
