//! Options that look as if they were for nothing, and are not.

use std::fmt::{Error, Result as Written};

use storyline::{timed, timed_block};

type Answer = Result<u8, Error>;

#[timed(err_level = WARNING, err(debug))]
fn alias() -> Answer {
    Ok(1)
}

#[timed(only(err))]
fn renamed() -> Written {
    Ok(())
}

#[timed(err_level = WARNING, only(err))]
fn parameter<T>(value: T) -> T {
    value
}

#[timed(err_level = WARNING, only(err), ok_if = |it| *it > 0)]
fn judged() -> u8 {
    1
}

#[timed(percentiles, only(err))]
fn counted_alone() {}

#[timed(only(err), level = DEBUG, start)]
fn begun() -> Answer {
    Ok(1)
}

#[timed(only(err, slow), level = ERROR, slow = "1s")]
fn slow() -> Answer {
    Ok(1)
}

struct Several;

#[timed(err_level = WARNING, only(err))]
impl Several {
    fn none(&self) {}

    fn one(&self) -> Answer {
        Ok(1)
    }
}

fn main() {
    let _ = (alias(), renamed(), parameter(1), judged(), begun(), slow());
    counted_alone();
    Several.none();
    let _ = Several.one();
    timed_block!("load", only(err), level = DEBUG, {});
}
