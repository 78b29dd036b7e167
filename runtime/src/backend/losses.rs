//! What was lost and who was told: every sink hears of every loss, its own and the others', as exact
//! differences, so that the numbers in any one log add up.

use std::time::{Duration, Instant};

use super::reason::{ByReason, REASONS};

/// Reports of one loss come at most this often.
pub(super) const INTERVAL: Duration = Duration::from_secs(1);

/// The row of what was lost before any sink saw it.
pub(super) const PROCESS: usize = 0;

/// Everything lost so far: one row for the process, then one for each sink.
#[derive(Debug)]
pub(super) struct Losses {
    names: Vec<String>,
    rows: Vec<ByReason>,
    total: u64,
}

impl Losses {
    pub(super) fn new(sinks: &mut dyn Iterator<Item = &str>) -> Self {
        let mut names = vec!["all".to_owned()];
        for sink in sinks {
            names.push(sink.to_owned());
        }
        Self {
            rows: vec![[0; REASONS]; names.len()],
            names,
            total: 0,
        }
    }

    pub(super) fn set(&mut self, row: usize, counts: &ByReason) {
        if let Some(row) = self.rows.get_mut(row) {
            *row = *counts;
        }
        self.total = self.rows.iter().flatten().sum();
    }

    /// All that was lost.
    #[inline]
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The name that a row has in reports.
    pub(super) fn name(&self, row: usize) -> &str {
        self.names.get(row).map_or("", String::as_str)
    }
}

/// One loss to tell: this row and reason, `count` records more than were told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) row: usize,
    pub(super) reason: usize,
    pub(super) count: u64,
}

/// What one sink was told.
#[derive(Debug)]
pub(super) struct Told {
    rows: Vec<ByReason>,
    at: Vec<[Option<Instant>; REASONS]>,
    total: u64,
}

impl Told {
    pub(super) fn nothing(losses: &Losses) -> Self {
        Self {
            rows: vec![[0; REASONS]; losses.rows.len()],
            at: vec![[None; REASONS]; losses.rows.len()],
            total: 0,
        }
    }

    /// Whether nothing is left to tell.
    #[inline]
    pub(super) fn is_all(&self, losses: &Losses) -> bool {
        self.total == losses.total
    }

    /// All that was told.
    #[inline]
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// How many records will have been told of, once this is told.
    pub(super) fn behind(&self, loss: Loss) -> u64 {
        self.rows[loss.row][loss.reason] + loss.count
    }

    /// The reasons of a row that occurred, with how many were lost and how many of those were told.
    pub(super) fn of_row<'a>(
        &'a self,
        losses: &'a Losses,
        row: usize,
    ) -> impl Iterator<Item = (usize, u64, u64)> + 'a {
        let all = losses.rows[row].iter().zip(&self.rows[row]).enumerate();
        all.filter(|(_, (lost, _))| **lost > 0)
            .map(|(reason, (lost, told))| (reason, *lost, *told))
    }

    /// Adds to `into` what is to be told now. With `at_once`, the interval does not matter.
    pub(super) fn due(&self, losses: &Losses, now: Instant, at_once: bool, into: &mut Vec<Loss>) {
        for (row, (lost, told)) in losses.rows.iter().zip(&self.rows).enumerate() {
            for reason in 0..REASONS {
                let count = lost[reason] - told[reason];
                let is_due = at_once
                    || self.at[row][reason].is_none_or(|at| now.duration_since(at) >= INTERVAL);
                if count > 0 && is_due {
                    into.push(Loss { row, reason, count });
                }
            }
        }
    }

    pub(super) fn tell(&mut self, loss: Loss, now: Instant) {
        self.rows[loss.row][loss.reason] += loss.count;
        self.at[loss.row][loss.reason] = Some(now);
        self.total += loss.count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_once_and_not_too_often() {
        let mut losses = Losses::new(&mut ["file"].into_iter());
        let mut told = Told::nothing(&losses);
        let mut counts = [0; REASONS];
        counts[3] = 5;
        losses.set(1, &counts);
        let now = Instant::now();
        let mut due = Vec::new();
        told.due(&losses, now, false, &mut due);
        let first = Loss {
            row: 1,
            reason: 3,
            count: 5,
        };
        assert_eq!(due, [first]);
        told.tell(first, now);
        assert!(told.is_all(&losses));

        counts[3] = 7;
        losses.set(1, &counts);
        assert!(!told.is_all(&losses));
        due.clear();
        told.due(&losses, now, false, &mut due);
        assert!(due.is_empty(), "told a moment ago");
        told.due(&losses, now + INTERVAL, false, &mut due);
        assert_eq!(due[0].count, 2);
        assert_eq!(losses.name(1), "file");
    }
}
