//! What is said on standard error because no sink could tell it: the first loss of each sink and reason at once,
//! more of it once a minute.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::lane::Lane;
use super::losses::Losses;
use super::reason::Reason;
use crate::level::Level;
use crate::sys::fd::{self, Stream};

/// One loss is said at most this often.
const INTERVAL: Duration = Duration::from_secs(60);

/// How long it waits for a standard error that stands still.
const PATIENCE: Duration = Duration::from_millis(20);

static SAID: Mutex<Said> = Mutex::new(Said(Vec::new()));

/// What was said of the losses, one entry for each row and reason: there are few.
#[derive(Debug)]
struct Said(Vec<Entry>);

/// When a loss was said last, and how many had been lost by then.
#[derive(Debug)]
struct Entry {
    row: usize,
    reason: Reason,
    at: Option<Instant>,
    lost: u64,
}

impl Said {
    /// How many were not said yet, as of now they are; the row is that among the losses.
    fn take(&mut self, row: usize, reason: Reason, lost: u64, now: Option<Instant>) -> Option<u64> {
        let known = self.entry(row, reason);
        let more = lost.checked_sub(known.lost).filter(|more| *more > 0)?;
        (known.at, known.lost) = (now, lost);
        Some(more)
    }

    /// The same, unless some were said a moment ago.
    fn due(&mut self, row: usize, reason: Reason, lost: u64, now: Instant) -> Option<u64> {
        let before = self.entry(row, reason).at;
        if before.is_some_and(|at| now.duration_since(at) < INTERVAL) {
            return None;
        }
        self.take(row, reason, lost, Some(now))
    }

    fn entry(&mut self, row: usize, reason: Reason) -> &mut Entry {
        let known = self
            .0
            .iter()
            .position(|it| it.row == row && it.reason == reason);
        let at = known.unwrap_or_else(|| {
            self.0.push(Entry {
                row,
                reason,
                at: None,
                lost: 0,
            });
            self.0.len() - 1
        });
        &mut self.0[at]
    }
}

/// Whether it is worth saying: a reader that is slow has read of it, and one that went away did so by its own
/// will.
pub(crate) fn is_worth(reason: Reason) -> bool {
    !matches!(reason, Reason::Stalled | Reason::Closed)
}

/// Says what has been lost, unless a sink that works tells it.
pub(super) fn say(lanes: &[Lane], losses: &Losses, now: Instant) {
    let tells = |lane: &Lane| lane.wants(Level::Warning) && !lane.is_failing();
    if lanes.iter().all(|lane| lane.has_told_all(losses)) || lanes.iter().any(tells) {
        return;
    }
    // Held by who says the last words of this process, or of the one it was forked from.
    let Ok(mut said) = SAID.try_lock() else {
        return;
    };
    for lane in lanes {
        for (reason, lost) in lane.untold(losses).filter(|it| is_worth(it.0)) {
            if let Some(more) = said.due(lane.row(), reason, lost, now) {
                let name = lane.name();
                let text = format!("storyline: {more} records were lost to `{name}`: {reason}\n");
                fd::write_all(Stream::Stderr, text.as_bytes(), PATIENCE);
            }
        }
    }
}

/// How many of these losses were never said, as of now they are; the row is zero for what no sink has seen, else
/// that of the sink, counted from one.
pub(crate) fn take_unsaid(row: usize, reason: Reason, lost: u64) -> Option<u64> {
    SAID.try_lock().ok()?.take(row, reason, lost, None)
}

/// In the child of a fork: nothing is lost yet.
pub(super) fn forget() {
    if let Ok(mut said) = SAID.try_lock() {
        said.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_said_at_once_and_more_once_a_minute_and_at_the_end() {
        let mut said = Said(Vec::new());
        let start = Instant::now();
        let mut due =
            |reason, lost, after| said.due(1, reason, lost, start + Duration::from_secs(after));
        assert_eq!(due(Reason::DiskFull, 5, 0), Some(5));
        assert_eq!(due(Reason::DiskFull, 9, 59), None);
        assert_eq!(due(Reason::ReadOnly, 1, 59), Some(1), "another reason");
        assert_eq!(due(Reason::DiskFull, 9, 60), Some(4));
        assert_eq!(due(Reason::DiskFull, 9, 200), None);
        assert_eq!(said.take(1, Reason::DiskFull, 11, None), Some(2));
        assert_eq!(said.take(1, Reason::DiskFull, 11, None), None);
    }
}
