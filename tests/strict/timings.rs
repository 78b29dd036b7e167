//! `#[timed]` and `timed_block!`.
#![allow(
    clippy::shadow_reuse,
    reason = "an argument that a field names is called the same outside of the body"
)]

use core::fmt::{Debug, Display};
use core::future::ready;
use core::num::ParseIntError;
use core::panic::Location;
use core::pin::Pin;

use storyline::{timed, timed_block};

/// A place.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// What is there.
    values: Vec<u8>,
}

#[timed(level = DEBUG)]
impl Store {
    /// Reads.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&u8> {
        return self.values.get(at);
    }

    /// Changes.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[timed(fields(at, value), slow = 5ms, err_level = WARNING)]
    pub fn set(&mut self, at: usize, value: u8) -> Result<(), String> {
        let slot = self.values.get_mut(at).ok_or("no such value");
        return slot.map(|it| *it = value).map_err(String::from);
    }

    /// Waits.
    #[timed(fields(at))]
    pub async fn wait(&mut self, at: usize) {
        ready(()).await;
        self.values.truncate(at);
    }
}

/// Counts down.
#[timed(start)]
#[must_use]
pub fn count(mut from: u8) -> u8 {
    while from > 1 {
        from = from.saturating_sub(1);
    }
    return from;
}

/// All options.
///
/// # Errors
///
/// When the text is no number.
#[timed(
    name = "parsing",
    target = "numbers",
    fields(text, length = text.len()),
    dependency = "none",
    slow = "1s",
    slow_level = ERROR,
    only(err, slow, panic),
    err(debug),
    ok_if = Result::is_ok,
    panic_level = CRITICAL
)]
pub fn parse(text: &str) -> Result<u8, ParseIntError> {
    return text.parse::<u8>();
}

/// Waits.
///
/// # Errors
///
/// When the text is no number.
#[timed(fields(text), cancel_level = INFO)]
pub async fn parse_later(text: &str, _permit: String) -> Result<u8, ParseIntError> {
    ready(()).await;
    return text.parse();
}

/// Something that can be shown.
#[timed]
#[must_use]
pub fn shown(value: u8) -> impl Display + Debug {
    return value.saturating_add(1);
}

/// A future.
#[timed]
pub fn later(text: &str) -> impl Future<Output = usize> + use<> {
    let length = text.len();
    return async move {
        ready(()).await;
        return length;
    };
}

/// A future in a box.
#[timed]
#[must_use]
pub fn boxed(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    return Box::pin(ready(value));
}

/// Knows its caller.
#[timed]
#[track_caller]
#[must_use]
pub fn caller() -> u32 {
    return Location::caller().line();
}

/// Blocks.
///
/// # Errors
///
/// When the text is no number.
pub fn blocks(text: &str) -> Result<u8, ParseIntError> {
    let value = timed_block!("parse", fields(text), { text.parse::<u8>() });
    timed_block!("nothing", {});
    return timed_block!("last", level = DEBUG, slow = 1s, { value });
}
