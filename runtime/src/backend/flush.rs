//! Waiting for the background thread: tickets, numbered in the order they were asked for.

use core::fmt;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::error::debug_is_display;
use crate::sync::{Condvar, Mutex, MutexGuard};
use crate::wake;

/// What a flush waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Until {
    /// Everything is written.
    Written,
    /// Everything is written, and whatever was lost or held back so far was told in the log.
    Told,
    /// The same, and what a sink's reader does not take is lost now, and told to the other sinks.
    GivenUp,
}

/// Not everything was written in time, a sink failed to flush, or a sink or format asked the background
/// thread to wait for itself.
///
/// ```
/// use std::io;
/// use storyline::sink::{self, Batch, Sink, WriteError};
///
/// struct Uplink;
///
/// impl Sink for Uplink {
///     fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
///         Ok(())
///     }
///
///     fn flush(&mut self) -> io::Result<()> {
///         Err(io::Error::other("no answer"))
///     }
/// }
///
/// let guard = storyline::setup("shop").sink(sink::custom("uplink", Uplink)).start()?;
/// let error = guard.flush(std::time::Duration::from_secs(1)).unwrap_err();
/// assert_eq!(error.to_string(), "the sink `uplink` did not flush: no answer");
/// assert_eq!(error.pending(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FlushError {
    pub(super) problem: Problem,
    pub(super) pending: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Late(Duration),
    OwnThread,
    Forked,
    Sink { name: String, error: String },
}

impl FlushError {
    /// How many records were still on their way or in the longest queue of a sink when the flush gave up;
    /// zero in a forked process, where it is not known.
    pub fn pending(&self) -> u64 {
        self.pending
    }
}

impl fmt::Display for FlushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pending = self.pending;
        match &self.problem {
            Problem::Late(timeout) => write!(
                f,
                "not everything was written within {timeout:?}: {pending} records are pending"
            ),
            Problem::OwnThread => write!(
                f,
                "the background thread cannot wait for itself: call `flush` from another thread than a sink's ({pending} records are pending)"
            ),
            Problem::Forked => f.write_str(
                "this process was forked from the one that called `start` and has no background thread, so nothing it logs is written: fork before `start`, or start another program",
            ),
            Problem::Sink { name, error } => {
                write!(f, "the sink `{name}` did not flush: {error}")
            }
        }
    }
}

debug_is_display!(FlushError);

impl std::error::Error for FlushError {}

/// The desk where tickets are drawn and called.
#[derive(Debug, Default)]
pub(super) struct Desk {
    tickets: Mutex<Tickets>,
    called: Condvar,
}

#[derive(Debug, Default)]
struct Tickets {
    drawn: u64,
    /// The last tickets that asked for reports, too, and for an end of waiting.
    told: u64,
    given_up: u64,
    done: u64,
    /// The sink that failed to flush for the last tickets that were called.
    failed: Option<(u64, String, String)>,
}

/// What is asked for at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) ticket: u64,
    pub(super) until: Until,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Tickets> {
        self.tickets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps everybody from the desk for the time of a fork.
    pub(super) fn hold(&self, until: Instant) -> Option<HeldDesk<'_>> {
        wake::try_lock_until(&self.tickets, until).map(HeldDesk)
    }

    pub(super) fn draw(&self, until: Until) -> u64 {
        let mut tickets = self.lock();
        tickets.drawn += 1;
        if until >= Until::Told {
            tickets.told = tickets.drawn;
        }
        if until == Until::GivenUp {
            tickets.given_up = tickets.drawn;
        }
        tickets.drawn
    }

    /// The newest ticket, when it was not called yet.
    pub(super) fn asked(&self) -> Option<Asked> {
        let tickets = self.lock();
        (tickets.drawn > tickets.done).then(|| Asked {
            ticket: tickets.drawn,
            until: if tickets.given_up > tickets.done {
                Until::GivenUp
            } else if tickets.told > tickets.done {
                Until::Told
            } else {
                Until::Written
            },
        })
    }

    /// Calls all tickets up to this one.
    pub(super) fn call(&self, ticket: u64, failed: Option<(String, String)>) {
        let mut tickets = self.lock();
        if let Some((name, error)) = failed {
            tickets.failed = Some((ticket, name, error));
        }
        tickets.done = tickets.done.max(ticket);
        self.called.notify_all();
    }

    /// Waits for a ticket; true when it was called in time.
    pub(super) fn wait(&self, ticket: u64, timeout: Duration) -> Result<bool, Problem> {
        let start = Instant::now();
        let mut tickets = self.lock();
        while tickets.done < ticket {
            let left = timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Ok(false);
            }
            tickets = self
                .called
                .wait_timeout(tickets, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        match &tickets.failed {
            Some((at, name, error)) if *at >= ticket => Err(Problem::Sink {
                name: name.clone(),
                error: error.clone(),
            }),
            _ => Ok(true),
        }
    }
}

/// See [`Desk::hold`].
#[derive(Debug)]
pub(super) struct HeldDesk<'a>(MutexGuard<'a, Tickets>);

impl HeldDesk<'_> {
    /// In the child of a fork: nobody waits.
    pub(super) fn forget(mut self) {
        *self.0 = Tickets::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_waits_for_its_call_and_no_longer() {
        let desk = Desk::default();
        assert_eq!(desk.asked(), None);
        let first = desk.draw(Until::Told);
        let second = desk.draw(Until::Written);
        assert_eq!(
            desk.asked(),
            Some(Asked {
                ticket: second,
                until: Until::Told
            })
        );
        assert_eq!(desk.wait(first, Duration::ZERO), Ok(false));
        desk.call(first, None);
        assert_eq!(desk.wait(first, Duration::ZERO), Ok(true));
        assert_eq!(desk.wait(second, Duration::from_millis(1)), Ok(false));
        desk.call(second, Some(("s".to_owned(), "e".to_owned())));
        assert!(desk.wait(second, Duration::ZERO).is_err());
    }
}
