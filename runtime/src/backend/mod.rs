//! The background thread and what is shared with it: it drains the rings, merges them by time, formats
//! and writes. Cold. `setup` starts it; the public doors here are `flush`, `counters` and
//! `set_directives`. Runs no user code except formats and sinks.

mod counters;
mod flush;
mod lane;
mod losses;
mod press;
mod reason;
mod report;
mod shared;
mod tally;
mod worker;

use std::time::Duration;

pub use counters::{Counters, SinkCounters};
pub use flush::FlushError;
pub use reason::Reason;

pub(crate) use flush::Until;
pub(crate) use shared::{install, running};
pub(crate) use worker::prepare;

use crate::filter::DirectiveError;

/// Waits until everything whose call returned before is written and flushed.
///
/// Before set-up there is nothing to wait for. What a sink has lost is not waited for either: it is
/// counted, see [`counters`].
///
/// # Errors
///
/// When that was not managed within `timeout`, with the number of records that are pending; when a
/// sink failed to flush; when called by the background thread itself, from a sink or a format.
///
/// ```
/// storyline::flush(std::time::Duration::from_secs(1))?;
/// # Ok::<(), storyline::FlushError>(())
/// ```
pub fn flush(timeout: Duration) -> Result<(), FlushError> {
    running().map_or(Ok(()), |shared| shared.flush(timeout, Until::Written))
}

/// What became of every record so far.
///
/// ```
/// let counters = storyline::counters();
/// let known = counters.pending + counters.written + counters.dropped_total();
/// assert_eq!(counters.accepted, known);
/// ```
pub fn counters() -> Counters {
    running().map_or_else(counters::without_setup, |shared| shared.counters())
}

/// Replaces the directives that decide which target logs from which level on, from this moment:
/// `"info,hyper=warn,my_crate::db=debug"`. A target that is not mentioned goes by the level without
/// a target, and without one by the level of set-up. Before set-up nothing changes.
///
/// # Errors
///
/// When the text cannot be read; then nothing changes.
///
/// ```
/// storyline::set_directives("info,hyper=warn")?;
/// assert!(storyline::set_directives("hyper=lod").is_err());
/// # Ok::<(), storyline::DirectiveError>(())
/// ```
pub fn set_directives(directives: &str) -> Result<(), DirectiveError> {
    shared::set_directives(directives)
}
