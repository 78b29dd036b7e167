use std::future::Future;

use storyline::timed;

#[timed]
#[track_caller]
fn both() -> impl Future<Output = ()> {
    async {}
}

#[timed(err(debug))]
#[track_caller]
fn unjudged() -> Result<(), u8> {
    Ok(())
}

fn main() {
    drop(both());
    let _ = unjudged();
}
