//! No lint fires on what the macro wrote, under the strictest settings.

#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, single_use_lifetimes)]
#![deny(unused_lifetimes, missing_debug_implementations, elided_lifetimes_in_paths)]
#![deny(let_underscore_drop, unit_bindings, unused_results, variant_size_differences)]
#![forbid(unsafe_code, unused_variables, unused_mut, unreachable_code, non_upper_case_globals)]

use std::fmt::Display;
use std::future::Future;

use storyline::{timed, timed_block};

/// A place.
#[derive(Debug)]
pub struct Store {
    values: Vec<u8>,
}

#[timed(level = DEBUG, percentiles)]
impl Store {
    /// Reads.
    pub fn get(&self, at: usize) -> Option<&u8> {
        self.values.get(at)
    }

    /// Changes.
    #[timed(fields(at), slow = 5ms)]
    pub fn set(&mut self, at: usize, value: u8) -> Result<(), String> {
        *self.values.get_mut(at).ok_or("no such value")? = value;
        Ok(())
    }

    /// Waits.
    #[timed(fields(at))]
    pub async fn wait(&mut self, at: usize) {
        self.values.truncate(at);
    }
}

/// Counts down.
#[timed]
pub fn count(mut from: u8) -> u8 {
    while from > 1 {
        from -= 1;
    }
    return from;
}

/// Only recorded.
#[timed(fields(id))]
pub fn recorded(id: u8, _unused: String) {}

/// Only recorded.
#[timed(fields(id))]
pub async fn recorded_async(id: u8, _unused: String) {}

/// One expression.
#[timed(fields(id))]
pub fn expression(id: u8) -> u8 {
    id
}

/// One expression.
#[timed(fields(id))]
pub async fn expression_async(id: u8) -> u8 {
    id
}

/// One expression.
#[timed]
pub async fn expression_impl(id: u8) -> impl Display {
    id
}

/// A future.
#[timed]
pub fn later<'a>(text: &'a str) -> impl Future<Output = usize> + use<'a> {
    async move { text.len() }
}

/// Never.
#[timed]
pub fn exit() -> ! {
    std::process::exit(0)
}

/// Diverges inside.
#[timed]
pub fn diverges(text: &dyn Display) -> usize {
    panic!("{text}")
}

/// Knows its caller.
#[timed]
#[track_caller]
pub fn caller() -> u32 {
    std::panic::Location::caller().line()
}

/// A block.
pub fn block(text: &str) -> Result<u8, std::num::ParseIntError> {
    let value = timed_block!("parse", fields(text), { text.parse::<u8>()? });
    timed_block!("nothing", {});
    for at in 0..3 {
        timed_block!("loop", {
            if at == 1 {
                continue;
            }
        });
    }
    timed_block!("returns", { return Ok(value) })
}

fn main() {
    assert_eq!(count(5), 1);
    assert_eq!((caller(), caller()), (line!(), line!()));
    assert_eq!(block("4"), Ok(4));
    recorded(1, String::new());
}
