//! The guard that `start` gives: its end is the process's chance to write what is still on its way.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::backend::{self, Counters, FlushError, Reason, Until};
use crate::sys::fd::{self, Stream};
use crate::wake;

/// How long the end of a process may take for our sake.
pub(super) const DEADLINE: Duration = Duration::from_secs(5);

/// How long last words wait for a standard error that stands still.
const PATIENCE: Duration = Duration::from_millis(100);

/// Flushes when dropped, for at most five seconds, and says on standard error when that was not
/// enough, and which sink has lost records. Keep it until the end of `main`.
///
/// Logging goes on afterwards; what comes then is written by the background thread as before, and at
/// exit.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// {
///     let _flush = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
///     storyline::info!("order_paid");
/// }
/// assert_eq!(memory.records().len(), 1);
/// # Ok::<(), storyline::SetupError>(())
/// ```
#[derive(Debug)]
#[must_use = "dropped at once it flushes at once: bind it with `let _flush = ..` in `main`"]
pub struct Guard(());

impl Guard {
    pub(super) fn new() -> Self {
        Self(())
    }

    /// Waits until everything whose call returned before is written and flushed: see
    /// [`flush`](crate::flush).
    ///
    /// # Errors
    ///
    /// As for [`flush`](crate::flush).
    pub fn flush(&self, timeout: Duration) -> Result<(), FlushError> {
        backend::flush(timeout)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        finish();
    }
}

/// Writes everything and tells everything, or says that it could not. A process calls this up to three
/// times at its end: all of them together take no longer than one, and one of them complains. False where
/// it is not for this thread, or this process, to end anything.
pub(super) fn finish() -> bool {
    static END: Mutex<Option<Instant>> = Mutex::new(None);

    let Some(shared) = backend::running() else {
        return false;
    };
    if wake::is_backend() || wake::is_orphan() {
        // A sink that ends the process, or a fork of it: nobody is left to write.
        return false;
    }
    let end = || END.lock().unwrap_or_else(PoisonError::into_inner);
    let (left, is_first) = time_left(&mut end(), Instant::now());
    match shared.flush(left, Until::Told) {
        Ok(()) => {
            *end() = None;
            say_losses(&backend::counters());
        }
        Err(error) if is_first => say(&format!("storyline: {error}\n")),
        Err(_) => {}
    }
    true
}

/// What a sink has lost stands in the log when the sink could still write; one whose disk stayed full
/// could not say it anywhere else. Each loss is told once.
fn say_losses(counters: &Counters) {
    for (row, name, reason, lost) in lost(counters) {
        if let Some(count) = backend::take_unsaid(row, reason, lost) {
            say(&format!(
                "storyline: {count} records were lost to {name}: {reason}\n"
            ));
        }
    }
}

/// What is to be said: the row among the losses, whose it is, why, how much.
fn lost(counters: &Counters) -> impl Iterator<Item = (usize, String, Reason, u64)> + '_ {
    let of_all = counters.dropped.iter();
    let of_all = of_all.map(|&(reason, count)| (0, "all sinks".to_owned(), reason, count));
    let of_sinks = counters.sinks.iter().enumerate().flat_map(|(index, sink)| {
        let own = sink.dropped.iter().filter(|it| backend::is_worth(it.0));
        own.map(move |&(reason, count)| (index + 1, format!("`{}`", sink.name), reason, count))
    });
    of_all.chain(of_sinks)
}

/// The last words of a process, as far as standard error has room for them.
fn say(text: &str) {
    fd::write_all(Stream::Stderr, text.as_bytes(), PATIENCE);
}

/// What is left of the end that is under way, and whether it begins with this call. One that failed
/// long ago was not the end.
fn time_left(end: &mut Option<Instant>, now: Instant) -> (Duration, bool) {
    if let Some(until) = *end
        && now < until + DEADLINE
    {
        return (until.saturating_duration_since(now), false);
    }
    *end = Some(now + DEADLINE);
    (DEADLINE, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::SinkCounters;

    #[test]
    fn what_no_sink_has_seen_is_said_beside_what_sinks_have_lost() {
        let counters = Counters {
            dropped: vec![(Reason::RingFull, 7)],
            sinks: vec![SinkCounters {
                name: "a.log".to_owned(),
                dropped: vec![(Reason::Stalled, 1), (Reason::DiskFull, 2)],
                ..SinkCounters::default()
            }],
            ..Counters::default()
        };
        let said: Vec<_> = lost(&counters).collect();
        assert_eq!(
            said,
            [
                (0, "all sinks".to_owned(), Reason::RingFull, 7),
                (1, "`a.log`".to_owned(), Reason::DiskFull, 2)
            ]
        );
    }

    #[test]
    fn one_deadline_holds_for_all_that_a_process_does_at_its_end() {
        let start = Instant::now();
        let mut end = None;
        let after = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(time_left(&mut end, start), (DEADLINE, true));
        let left = Duration::from_secs(2);
        assert_eq!(time_left(&mut end, after(3)), (left, false));
        assert_eq!(time_left(&mut end, after(6)), (Duration::ZERO, false));
        assert_eq!(
            time_left(&mut end, after(60)),
            (DEADLINE, true),
            "another end"
        );
    }
}
