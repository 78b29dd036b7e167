//! What is said on standard error because no sink could tell it: the first loss of each sink and reason at once,
//! more of it once a minute.

use std::collections::HashMap;
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

/// What was said: of each row and reason when, and how many had been lost by then.
#[derive(Debug, Default)]
pub(super) struct Outcry(HashMap<(usize, Reason), (Instant, u64)>);

impl Outcry {
    /// Says what has been lost, unless a sink that works tells it.
    pub(super) fn say(&mut self, lanes: &[Lane], losses: &Losses, now: Instant) {
        let tells = |lane: &Lane| lane.wants(Level::Warning) && !lane.is_failing();
        if lanes.iter().all(|lane| lane.has_told_all(losses)) || lanes.iter().any(tells) {
            return;
        }
        for lane in lanes {
            for (reason, lost) in lane.untold(losses) {
                // A reader that is slow has read of it, and one that went away did so by its own will.
                if matches!(reason, Reason::Stalled | Reason::Closed) {
                    continue;
                }
                if let Some(more) = self.due(lane.row(), reason, lost, now) {
                    let name = lane.name();
                    let text =
                        format!("storyline: {more} records were lost to `{name}`: {reason}\n");
                    fd::write_all(Stream::Stderr, text.as_bytes(), PATIENCE);
                }
            }
        }
    }

    /// How many are to be said now.
    fn due(&mut self, row: usize, reason: Reason, lost: u64, now: Instant) -> Option<u64> {
        let said = self.0.get(&(row, reason));
        if said.is_some_and(|(at, _)| now.duration_since(*at) < INTERVAL) {
            return None;
        }
        let more = lost - said.map_or(0, |(_, lost)| *lost);
        if more > 0 {
            self.0.insert((row, reason), (now, lost));
        }
        (more > 0).then_some(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_said_at_once_and_more_once_a_minute() {
        let mut outcry = Outcry::default();
        let start = Instant::now();
        let mut due =
            |reason, lost, after| outcry.due(1, reason, lost, start + Duration::from_secs(after));
        assert_eq!(due(Reason::DiskFull, 5, 0), Some(5));
        assert_eq!(due(Reason::DiskFull, 9, 59), None);
        assert_eq!(due(Reason::ReadOnly, 1, 59), Some(1), "another reason");
        assert_eq!(due(Reason::DiskFull, 9, 60), Some(4));
        assert_eq!(due(Reason::DiskFull, 9, 200), None);
    }
}
