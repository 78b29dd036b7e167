//! `#[timed]` and `timed_block!`.

use core::fmt::{Debug, Display};
use core::future::Future;
use core::num::ParseIntError;
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
        *self.values.get_mut(at).ok_or("no such value")? = value;
        return Ok(());
    }

    /// Waits.
    #[timed(fields(at))]
    pub async fn wait(&mut self, at: usize) {
        core::future::ready(()).await;
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
    core::future::ready(()).await;
    let value = text.parse::<u8>()?;
    return Ok(value);
}

/// Something that can be shown.
#[timed]
pub fn shown(value: u8) -> impl Display + Debug {
    return value.saturating_add(1);
}

/// A future.
#[timed]
pub fn later<'text>(text: &'text str) -> impl Future<Output = usize> + use<'text> {
    let length = text.len();
    return async move {
        core::future::ready(()).await;
        return length;
    };
}

/// A future in a box.
#[timed]
#[must_use]
pub fn boxed(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    return Box::pin(core::future::ready(value));
}

/// Knows its caller.
#[timed]
#[track_caller]
#[must_use]
pub fn caller() -> u32 {
    return core::panic::Location::caller().line();
}

/// Blocks.
///
/// # Errors
///
/// When the text is no number.
pub fn blocks(text: &str) -> Result<u8, ParseIntError> {
    let value = timed_block!("parse", fields(text), { text.parse::<u8>()? });
    timed_block!("nothing", {});
    return timed_block!("last", level = DEBUG, slow = 1s, { Ok(value) });
}
