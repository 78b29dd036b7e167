//! The accounting as users read it.

use core::fmt;

use super::reason::{ByReason, REASONS, Reason};
use crate::fallback;

/// What became of every record, at one moment: `accepted = pending + written + dropped`, always.
///
/// Before set-up they are those of the fallback on standard error, which writes warnings and above;
/// `suppressed` is then zero.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// let guard = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
/// for _ in 0..3 {
///     storyline::info!(once, "cache_warmed");
/// }
/// guard.flush(std::time::Duration::from_secs(1))?;
///
/// let counters = storyline::counters();
/// assert_eq!((counters.accepted, counters.written, counters.suppressed), (1, 1, 2));
/// assert_eq!(counters.sink("memory").map(|sink| sink.written), Some(1));
/// assert_eq!(
///     counters.to_string().lines().next(),
///     Some("accepted 1 = pending 0 + written 1 + dropped 0; suppressed 2")
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Calls whose level was wanted and that no option held back. A call that passes while the directives
    /// change may count until the background thread has seen that nobody wants it any more.
    pub accepted: u64,
    /// Records on their way: in a ring, or being formatted and written.
    pub pending: u64,
    /// Records that have left the rings: each sink that wanted them has written them, keeps them in its
    /// queue because its reader stands still, or has lost them; its own counters say which.
    pub written: u64,
    /// Records lost before any sink saw them, by reason; only reasons that occurred.
    pub dropped: Vec<(Reason, u64)>,
    /// Calls that an option (`every`, `at_most`, `once`, `sample`) held back. They were not accepted.
    pub suppressed: u64,
    /// The same for each sink.
    pub sinks: Vec<SinkCounters>,
}

/// What became of the records that one sink wanted: `accepted = pending + written + dropped`, always.
/// Reports of the runtime itself (`records_dropped` and the like) count here when they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SinkCounters {
    /// The name that reports use: `stderr`, `stdout`, `memory`, the path of a file, or your own;
    /// `fallback` for what was written before set-up.
    pub name: String,
    /// Records that reached this sink.
    pub accepted: u64,
    /// Records in its queue, which its reader has not taken yet.
    pub pending: u64,
    /// Records it has written, reports among them.
    pub written: u64,
    /// Records it has lost, by reason; only reasons that occurred.
    pub dropped: Vec<(Reason, u64)>,
}

impl Counters {
    /// Records lost before any sink saw them.
    pub fn dropped_total(&self) -> u64 {
        total(&self.dropped)
    }

    /// Adds what the fallback wrote before set-up, as a sink of its own, so that no count goes back
    /// at set-up.
    pub(super) fn with_fallback(mut self) -> Self {
        let (written, lost) = fallback::counts();
        let accepted = written + lost;
        if accepted > 0 {
            let mut dropped = [0; REASONS];
            dropped[Reason::IoError.index()] = lost;
            self.accepted += accepted;
            self.written += accepted;
            self.sinks.push(SinkCounters {
                name: "fallback".to_owned(),
                accepted,
                pending: 0,
                written,
                dropped: occurred(&dropped),
            });
        }
        self
    }

    /// The counters of the first sink with this name.
    pub fn sink(&self, name: &str) -> Option<&SinkCounters> {
        self.sinks.iter().find(|sink| sink.name == name)
    }
}

impl SinkCounters {
    /// Records this sink has lost.
    pub fn dropped_total(&self) -> u64 {
        total(&self.dropped)
    }
}

fn total(dropped: &[(Reason, u64)]) -> u64 {
    dropped.iter().map(|&(_, count)| count).sum()
}

/// The reasons that occurred.
pub(super) fn occurred(counts: &ByReason) -> Vec<(Reason, u64)> {
    Reason::ALL
        .into_iter()
        .map(|reason| (reason, counts[reason.index()]))
        .filter(|&(_, count)| count > 0)
        .collect()
}

struct Sum<'a> {
    accepted: u64,
    pending: u64,
    written: u64,
    dropped: &'a [(Reason, u64)],
}

impl fmt::Display for Sum<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            accepted,
            pending,
            written,
            dropped,
        } = self;
        let lost = total(dropped);
        write!(
            f,
            "accepted {accepted} = pending {pending} + written {written} + dropped {lost}"
        )?;
        for (place, (reason, count)) in dropped.iter().enumerate() {
            let lead = if place == 0 { " (" } else { ", " };
            write!(f, "{lead}{reason} {count}")?;
        }
        f.write_str(if dropped.is_empty() { "" } else { ")" })
    }
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = Sum {
            accepted: self.accepted,
            pending: self.pending,
            written: self.written,
            dropped: &self.dropped,
        };
        write!(f, "{all}; suppressed {}", self.suppressed)?;
        self.sinks
            .iter()
            .try_for_each(|sink| write!(f, "\n  {sink}"))
    }
}

impl fmt::Display for SinkCounters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = Sum {
            accepted: self.accepted,
            pending: self.pending,
            written: self.written,
            dropped: &self.dropped,
        };
        write!(f, "{}: {sum}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_the_sum_it_is() {
        let counters = Counters {
            accepted: 12,
            pending: 1,
            written: 8,
            dropped: vec![(Reason::RingFull, 2), (Reason::Damaged, 1)],
            suppressed: 4,
            sinks: vec![SinkCounters {
                name: "stderr".to_owned(),
                accepted: 8,
                written: 8,
                ..SinkCounters::default()
            }],
        };
        assert_eq!(
            counters.to_string(),
            "accepted 12 = pending 1 + written 8 + dropped 3 (ring_full 2, damaged 1); suppressed 4\n  \
             stderr: accepted 8 = pending 0 + written 8 + dropped 0"
        );
    }
}
