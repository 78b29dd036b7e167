use std::future::Future;

use storyline::timed;

#[timed(future)]
async fn already() {}

#[timed(future)]
fn written() -> impl Future<Output = ()> {
    async {}
}

#[timed(future)]
fn none() {}

#[timed(future)]
fn no_future() -> u8 {
    1
}

fn main() {
    drop(already());
    drop(written());
    none();
    no_future();
}
