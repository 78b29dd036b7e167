//! A round of the background thread: new rings, a cutoff, a pass over everything before it, then sleep.

mod pass;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::flush::{Asked, Until};
use super::press::Press;
use super::shared::Shared;
use crate::merge::Merge;
use crate::panic::discard;
use crate::registry::{self, ThreadRing};
use crate::sink::Parts;
use crate::wake::{self, Sleep};

use pass::Ring;

/// How long a record may wait so that its batch grows.
const NAP: Duration = Duration::from_millis(4);

/// A pass of so many records means that there is no time for a nap.
const BUSY: u64 = 256;

/// After so many passes without a record the thread sleeps until it is woken.
const IDLE_PASSES: u32 = 3;

/// How old a calibration of the clock may be.
const CALIBRATION: Duration = Duration::from_secs(1);

/// How often it is reported what options have held back.
const SUPPRESSED: Duration = Duration::from_secs(10);

/// Nobody was asked yet what is to be told of the recorder.
const NOT_YET: usize = usize::MAX;

/// The background thread's half.
#[derive(Debug)]
pub(crate) struct Worker {
    shared: Arc<Shared>,
    press: Press,
    rings: Vec<Ring>,
    arrived: Vec<ThreadRing>,
    rings_made: usize,
    /// How many there were when it was last asked what went wrong with them.
    rings_seen: usize,
    merge: Merge,
    /// The ring whose frame is being taken; still set after a panic that came from that frame.
    taking: Option<usize>,
    next_suppressed: Instant,
    /// How often the calls of sites are summed up, and when next; never where that is beyond all time.
    summary_every: Duration,
    next_summary: Option<Instant>,
    /// When a file is to be forced onto its disk.
    next_sync: Option<Instant>,
    /// The first sink that did not flush for those who wait.
    failed: Option<(String, String)>,
    /// Passes without a record.
    idle: u32,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, press: Press, summary_every: Duration) -> Self {
        Self {
            shared,
            press,
            rings: Vec::new(),
            arrived: Vec::new(),
            rings_made: 0,
            rings_seen: NOT_YET,
            merge: Merge::default(),
            taking: None,
            next_suppressed: Instant::now() + SUPPRESSED,
            summary_every,
            next_summary: Instant::now().checked_add(summary_every),
            next_sync: None,
            failed: None,
            idle: 0,
        }
    }

    /// One round: takes what is there, and says how long to sleep, if at all. Never panics.
    pub(super) fn round(&mut self) -> Option<Sleep> {
        // User code is caught where it is called. Should our own fail, the frame at hand is counted as
        // damaged and the thread goes on.
        match catch_unwind(AssertUnwindSafe(|| self.work())) {
            Ok(sleep) => sleep,
            Err(panic) => {
                discard(panic);
                if let Some(ring) = self
                    .taking
                    .take()
                    .and_then(|index| self.rings.get_mut(index))
                {
                    let is_record = ring.thread.consumer.is_numbered();
                    ring.thread.consumer.advance();
                    if is_record {
                        self.press.skip();
                    }
                }
                None
            }
        }
    }

    fn work(&mut self) -> Option<Sleep> {
        self.shared.take_attention();
        let asked = self.shared.desk.asked();
        self.press.calibrate(CALIBRATION);
        // Before anybody is answered: what the start had to say is written by then.
        if self.rings_seen == NOT_YET {
            self.report_notices();
        }
        let mut taken = self.pass_now();
        if let Some(asked) = asked {
            taken += self.answer(asked);
        }
        self.report();
        self.next_sync = self.press.sync();
        if taken > 0 {
            self.idle = 0;
        } else {
            self.idle += 1;
        }
        (taken < BUSY).then(|| self.sleep()).flatten()
    }

    /// In the child of a fork: the rings are the parent's, and so is what is under way.
    pub(super) fn renew(&mut self, renew: impl FnOnce(&mut dyn Iterator<Item = &mut Parts>)) {
        self.rings.clear();
        self.arrived.clear();
        self.taking = None;
        self.failed = None;
        self.idle = 0;
        self.rings_seen = NOT_YET;
        self.next_summary = Instant::now().checked_add(self.summary_every);
        self.press.renew(renew);
    }

    /// Someone waits for a flush.
    fn answer(&mut self, asked: Asked) -> u64 {
        // The round before has seen what the caller wrote, so this one takes it, whatever its ticks are.
        let taken = self.pass_now();
        if asked.until == Until::GivenUp {
            self.press.give_up_queues();
        }
        if asked.until >= Until::Told {
            self.press.sum_up();
            self.press.export();
            self.press.report_suppressed();
            self.press.report_losses(true);
        }
        if asked.until == Until::GivenUp {
            // What was to be told to them, too.
            self.press.give_up_queues();
        }
        // A sink whose reader stands still is asked again after a nap; the ticket stays, and nobody else waits.
        let failed = self.press.flush_sinks(asked.ticket);
        self.failed = self.failed.take().or(failed);
        if !self.press.has_queue() {
            self.shared.desk.call(asked.ticket, self.failed.take());
        }
        taken
    }

    fn report(&mut self) {
        self.press.report_losses(false);
        let now = Instant::now();
        if self.rings_seen != self.rings_made {
            self.report_notices();
        }
        if now >= self.next_suppressed {
            self.next_suppressed = now + SUPPRESSED;
            self.press.report_suppressed();
        }
        if self.press.is_sum_due() || self.next_summary.is_some_and(|next| now >= next) {
            self.next_summary = now.checked_add(self.summary_every);
            self.press.sum_up();
            self.press.export();
        }
    }

    fn report_notices(&mut self) {
        self.rings_seen = self.rings_made;
        self.press.report_notices();
    }

    fn sleep(&mut self) -> Option<Sleep> {
        let waits = self.press.has_queue() || self.shared.desk.asked().is_some();
        let is_deep = !waits && self.idle >= IDLE_PASSES;
        let has_samples = is_deep && registry::has_samples();
        let sleep = if is_deep {
            wake::sleep_until_woken(self.longest_sleep(has_samples))
        } else {
            wake::nap(if waits { wake::SHORT } else { NAP })
        };
        let is_late = is_deep && (self.has_records() || has_samples != registry::has_samples());
        if is_late || self.shared.has_attention() {
            sleep.get_up();
            return None;
        }
        Some(sleep)
    }

    fn longest_sleep(&self, has_samples: bool) -> Option<Duration> {
        let next_try = self.press.next_try();
        let next_gates = self.press.has_gates().then_some(self.next_suppressed);
        let next_summary = self.next_summary.filter(|_| has_samples);
        let mut until: Option<Instant> = None;
        for next in [next_try, next_gates, next_summary, self.next_sync] {
            let sooner = next.filter(|next| until.is_none_or(|until| *next < until));
            until = sooner.or(until);
        }
        let longest = until.map(|until| until.saturating_duration_since(Instant::now()));
        let latest = crate::metrics::LATEST.filter(|_| has_samples);
        latest.into_iter().chain(longest).min()
    }

    fn has_records(&mut self) -> bool {
        registry::rings_made() != self.rings_made
            || self.rings.iter_mut().any(|ring| {
                ring.thread.consumer.refresh();
                !ring.thread.consumer.is_empty()
            })
    }
}

#[cfg(test)]
mod tests;
