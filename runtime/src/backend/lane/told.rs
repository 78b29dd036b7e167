//! What a lane is told of losses, its own and the others', and what of that is kept for after a death.

use std::time::Instant;

use super::Lane;
use crate::backend::losses::{INTERVAL, Loss, Losses, PROCESS};
use crate::backend::reason::Reason;
use crate::backend::report::{self, Voice};
use crate::flight;
use crate::level::Level;
use crate::sink::Origin;

impl Lane {
    /// Puts the reports that are due in front of an empty buffer.
    pub(in crate::backend) fn push_reports(
        &mut self,
        voice: Voice<'_>,
        losses: &Losses,
        at_once: bool,
    ) {
        if !self.buffer.is_empty() || self.rests_until.is_some() || self.told.is_all(losses) {
            return;
        }
        let now = Instant::now();
        let mut due = core::mem::take(&mut self.telling);
        due.clear();
        self.told.due(losses, now, at_once, &mut due);
        due.retain(|&loss| {
            // Its own losses are told to every sink; those of others as the warnings they are.
            let wanted = loss.row == self.row || self.wants(Level::Warning);
            let reason = Reason::ALL[loss.reason].name();
            let origin = self.origin_of(loss);
            let told = wanted
                && report::dropped(voice, losses.name(loss.row), reason, loss.count, |record| {
                    self.append(record, origin)
                });
            if !told {
                self.told.tell(loss, now);
            }
            told
        });
        self.telling = due;
        // What was told a moment ago is due later; so is what could not be told.
        self.next_idle_try = self.next_idle_try.max(now + INTERVAL);
    }

    /// Whether something is to be told and it is time to try, though there is nothing new to write.
    pub(in crate::backend) fn wants_idle_try(&self, losses: &Losses, now: Instant) -> bool {
        !self.told.is_all(losses) && now >= self.next_idle_try
    }

    /// For the recorder: which log it is, what it lacks and what it was told of that, where that has changed.
    #[inline]
    pub(in crate::backend) fn changed_losses(
        &mut self,
        losses: &Losses,
    ) -> Option<(usize, Vec<flight::Loss>)> {
        let now = (losses.total(), self.told.total());
        if self.kept == now {
            return None;
        }
        self.kept = now;
        let log = self.log?;
        let mut all = Vec::new();
        for row in [PROCESS, self.row] {
            for (reason, lost, told) in self.told.of_row(losses, row) {
                let name = Reason::ALL[reason].name();
                let loss = flight::Loss::new(row != PROCESS, reason, name, lost, told);
                all.push(loss);
            }
        }
        Some((log, all))
    }

    /// Where the report of a loss comes from, for the note of its batch.
    fn origin_of(&self, loss: Loss) -> Origin {
        let is_own = loss.row == self.row;
        if self.log.is_none() || !(is_own || loss.row == PROCESS) {
            return Origin::REPORT;
        }
        let code = flight::Loss::code_of(is_own, loss.reason);
        Origin::of_loss(code, self.told.behind(loss))
    }

    pub(in crate::backend) fn is_failing(&self) -> bool {
        self.is_failing
    }

    #[inline]
    pub(in crate::backend) fn has_told_all(&self, losses: &Losses) -> bool {
        self.told.is_all(losses)
    }

    /// Its own losses of which it was not told all, by reason, with how many there are.
    pub(in crate::backend) fn untold<'a>(
        &'a self,
        losses: &'a Losses,
    ) -> impl Iterator<Item = (Reason, u64)> + 'a {
        let own = self.told.of_row(losses, self.row);
        own.filter(|(_, lost, told)| told < lost)
            .map(|(reason, lost, _)| (Reason::ALL[reason], lost))
    }
}
