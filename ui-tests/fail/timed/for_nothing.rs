use std::fmt::Error;
use std::future::Future;

use storyline::{timed, timed_block};

#[timed(err_level = WARNING)]
fn nothing() {}

#[timed(err(debug), ok_if = |it| *it > 0)]
fn number() -> u8 {
    1
}

#[timed(only(err))]
async fn later() -> Option<u8> {
    None
}

#[timed(only(err, panic))]
fn another_future() -> impl Future<Output = String> {
    async { String::new() }
}

#[timed(only(panic), err_level = WARNING, err(display), slow = "1s")]
fn left_out() -> Result<(), Error> {
    Ok(())
}

#[timed(only(err), level = DEBUG, panic_level = CRITICAL)]
fn level() -> Result<(), Error> {
    Ok(())
}

fn main() {
    nothing();
    number();
    drop(later());
    drop(another_future());
    let _ = left_out();
    let _ = level();
    timed_block!("load", only(err), slow_level = ERROR, slow = "1s", {});
}
