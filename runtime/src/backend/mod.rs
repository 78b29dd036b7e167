//! The background thread and what is shared with it: it drains the rings, merges them by time, formats
//! and writes. Cold. `setup` starts it; the public doors here are `flush`, `counters` and
//! `set_directives`. Runs no user code except formats and sinks.

mod counters;
mod flush;
mod lane;
mod losses;
#[cfg(all(test, loom))]
mod models;
mod outcry;
mod prepare;
mod press;
mod reason;
mod report;
mod shared;
mod tally;
pub(crate) mod thread;
mod worker;

use std::time::Duration;

pub use counters::{Counters, SinkCounters};
pub use flush::FlushError;
pub use reason::Reason;

pub(crate) use flush::Until;
pub(crate) use outcry::{is_worth, take_unsaid};
pub(crate) use prepare::prepare;
pub(crate) use report::Notice;
pub(crate) use shared::{Shared, running, start_once};

use crate::filter::DirectiveError;

/// Waits until everything whose call returned before is written and flushed: a file has it in the
/// hands of the operating system, which a crash of the process cannot undo. Nothing is forced onto the
/// disk.
///
/// Before set-up there is nothing to wait for. What a sink has lost is not waited for either: it is
/// counted, see [`counters`].
///
/// # Errors
///
/// When that was not managed within `timeout`, with the number of records that are pending; when a
/// sink failed to flush; when called by the background thread itself, from a sink or a format; at once
/// in a process that was forked after set-up, which has no background thread.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// let _flush = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
/// storyline::info!("order_paid", amount = 500);
/// storyline::flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(memory.records().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn flush(timeout: Duration) -> Result<(), FlushError> {
    running().map_or(Ok(()), |shared| shared.flush(timeout, Until::Written))
}

/// The process ends: what a sink's reader has not taken by now is lost to it, and told to the others.
pub(crate) fn give_up(timeout: Duration) {
    if let Some(shared) = running()
        && shared.counters().sinks.iter().any(|sink| sink.pending > 0)
    {
        // A sink that stands still inside a call keeps that, too, from being told.
        let _ = shared.flush(timeout, Until::GivenUp);
    }
}

/// The process ends and everything is written: nothing of the recorder has to outlive it.
pub(crate) fn end_recording() {
    if let Some(shared) = running() {
        shared.end_recording();
    }
}

/// What became of every record so far. It takes a lock that the background thread takes once a batch,
/// so it is for a metrics page, not for a hot loop.
///
/// ```
/// storyline::warning!("disk_nearly_full");
/// let counters = storyline::counters();
/// let known = counters.pending + counters.written + counters.dropped_total();
/// assert_eq!(counters.accepted, known);
/// ```
pub fn counters() -> Counters {
    let counters = running().map_or_else(Counters::default, |shared| shared.counters());
    counters.with_fallback()
}

/// Replaces the directives that decide which target logs from which level on, from this moment:
/// `"info,hyper=warn,my_crate::db=debug"`. A target that is not mentioned goes by the level without
/// a target, and without one by the level of set-up. A sink with a level of its own still writes
/// nothing below that.
///
/// # Errors
///
/// When the text cannot be read, and before set-up, which has directives of its own; then nothing
/// changes.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// let guard = storyline::setup("shop").level(storyline::Level::Info).sink(sink::memory(&memory)).start()?;
/// storyline::set_directives("warn")?;
/// storyline::info!("cache_checked", round = 1);
/// storyline::set_directives("info,hyper=warn")?;
/// storyline::info!("cache_checked", round = 2);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(memory.records().len(), 1);
/// assert!(storyline::set_directives("hyper=lod").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn set_directives(directives: &str) -> Result<(), DirectiveError> {
    shared::set_directives(directives)
}
