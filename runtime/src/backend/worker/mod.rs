//! A round of the background thread: new rings, a cutoff, a pass over everything before it, then sleep.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::flush::{Asked, Until};
use super::lane::Lane;
use super::losses::Losses;
use super::press::Press;
use super::shared::Shared;
use crate::clock;
use crate::filter::Filter;
use crate::flight::Session;
use crate::merge::{Merge, Stream};
use crate::registry::{self, ThreadRing};
use crate::sink::{Origin, Parts};
use crate::wake::{self, Sleep};
use crate::wire::Header;

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
    /// When a file is to be forced onto its disk.
    next_sync: Option<Instant>,
    /// The first sink that did not flush for those who wait.
    failed: Option<(String, String)>,
    /// Passes without a record.
    idle: u32,
}

#[derive(Debug)]
struct Ring {
    thread: ThreadRing,
    /// Closed before it was last looked at, so nothing comes behind what was seen then.
    closed: bool,
    /// Frames before this position were there before the cutoff was read.
    seen: u64,
    /// They count as no later than this.
    latest: u64,
}

/// What becomes of a frame that was there before the cutoff was read and is later by its ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Late {
    /// The counter was set back, as behind a suspension of the machine: the frame is due.
    IsDue,
    /// The cutoff is a moment that is past.
    Stays,
}

impl Stream for Ring {
    #[inline]
    fn head(&mut self) -> Option<u64> {
        // What is too short for a header is taken at once, and counted as damaged.
        let ticks = Header::ticks(self.thread.consumer.peek()?).unwrap_or(0);
        if ticks > self.latest && self.thread.consumer.position() < self.seen {
            return Some(self.latest);
        }
        Some(ticks)
    }
}

/// Makes both halves. `parts` are the sinks; `default_level` is that of set-up.
pub(crate) fn prepare(
    service: String,
    filter: Filter,
    default_level: u8,
    parts: Vec<Parts>,
    recorder: Option<Arc<Session>>,
) -> (Arc<Shared>, Worker) {
    let losses = Losses::new(parts.iter().map(|parts| parts.name.clone()));
    let sinks_level = parts.iter().map(Parts::threshold).min().unwrap_or(0);
    let lanes: Vec<_> = parts
        .into_iter()
        .enumerate()
        .map(|(index, parts)| Lane::new(parts, index, &losses))
        .collect();
    let shared = Arc::new(Shared::new(&lanes, default_level, sinks_level, recorder));
    let press = Press::new(Arc::clone(&shared), service, filter, lanes, losses);
    let worker = Worker {
        shared: Arc::clone(&shared),
        press,
        rings: Vec::new(),
        arrived: Vec::new(),
        rings_made: 0,
        rings_seen: usize::MAX,
        merge: Merge::default(),
        taking: None,
        next_suppressed: Instant::now() + SUPPRESSED,
        next_sync: None,
        failed: None,
        idle: 0,
    };
    (shared, worker)
}

impl Worker {
    /// One round: takes what is there, and says how long to sleep, if at all. Never panics.
    pub(super) fn round(&mut self) -> Option<Sleep> {
        // User code is caught where it is called. Should our own fail, the frame at hand is counted as
        // damaged and the thread goes on.
        match catch_unwind(AssertUnwindSafe(|| self.work())) {
            Ok(sleep) => sleep,
            Err(panic) => {
                // What was thrown is never dropped: its destructor could throw again, out of here.
                core::mem::forget(panic);
                if let Some(ring) = self
                    .taking
                    .take()
                    .and_then(|index| self.rings.get_mut(index))
                {
                    ring.thread.consumer.advance();
                    self.press.skip();
                }
                None
            }
        }
    }

    fn work(&mut self) -> Option<Sleep> {
        self.shared.take_attention();
        let asked = self.shared.desk.asked();
        self.press.calibrate(CALIBRATION);
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
        self.rings_seen = usize::MAX;
        self.press.renew(renew);
    }

    /// Everything up to this moment. The moment comes before the look at the changes: a change that is
    /// made behind the look is later, and so is what was logged behind the change.
    fn pass_now(&mut self) -> u64 {
        self.note_seen();
        let cutoff = clock::now();
        self.apply_changes();
        self.pass(cutoff, Late::IsDue)
    }

    /// Before the cutoff is read: what is seen here is due by then, even where its ticks are later.
    fn note_seen(&mut self) {
        for ring in &mut self.rings {
            ring.seen = ring.thread.consumer.seen();
        }
    }

    /// New directives count from the moment they were set: what was logged before goes by the old.
    fn apply_changes(&mut self) {
        let changes = self.shared.take_changes();
        let has_changed = !changes.is_empty();
        for (from, filter) in changes {
            self.pass(from, Late::Stays);
            self.press.set_filter(filter);
        }
        if has_changed {
            self.press.record_thresholds();
        }
    }

    /// Takes every frame that was there when the pass began and is not later than `cutoff`. The
    /// cutoff is read before the rings are looked at: whatever was logged because of something in
    /// this pass is later than that, and so in a later pass.
    fn pass(&mut self, cutoff: u64, late: Late) -> u64 {
        self.pick_up_rings();
        for ring in &mut self.rings {
            ring.latest = match late {
                Late::IsDue => cutoff,
                Late::Stays => u64::MAX,
            };
            ring.closed = ring.thread.consumer.is_closed();
            ring.thread.consumer.refresh();
        }
        self.merge.begin(&mut self.rings, cutoff);
        let mut taken = 0;
        while let Some(index) = self.merge.next(&mut self.rings) {
            self.taking = Some(index);
            let thread = &mut self.rings[index].thread;
            let origin = Origin {
                ring: thread.index,
                number: thread.consumer.number(),
            };
            if let Some(payload) = thread.consumer.peek() {
                self.press.take(payload, &thread.thread, origin);
            }
            self.taking = None;
            thread.consumer.advance();
            taken += 1;
            if self.press.is_full() {
                self.write_out();
            }
        }
        let all = self.rings.iter_mut();
        let lost = all
            .map(|ring| ring.thread.consumer.take_lost(ring.closed))
            .sum();
        self.press.lose(lost);
        if taken > 0 || lost > 0 || self.press.has_queue() {
            self.write_out();
        }
        self.retire_rings();
        taken
    }

    fn write_out(&mut self) {
        self.press.write_out();
        for ring in &mut self.rings {
            ring.thread.consumer.release();
        }
    }

    fn pick_up_rings(&mut self) {
        let made = registry::rings_made();
        if made == self.rings_made {
            return;
        }
        self.rings_made = made;
        self.shared.tally().pick_up(Some(&mut self.arrived));
        self.rings.extend(self.arrived.drain(..).map(|thread| Ring {
            thread,
            closed: false,
            seen: 0,
            latest: u64::MAX,
        }));
    }

    /// Forgets rings whose threads are gone and that are drained.
    fn retire_rings(&mut self) {
        let shared = &self.shared;
        self.rings.retain(|ring| {
            let is_done = ring.closed && ring.thread.consumer.is_empty();
            if is_done {
                shared.tally().retire(&ring.thread.drops);
                registry::count_retired();
                ring.thread.consumer.discard();
            }
            !is_done
        });
    }

    /// Someone waits for a flush.
    fn answer(&mut self, asked: Asked) -> u64 {
        // The round before has seen what the caller wrote, so this one takes it, whatever its ticks are.
        let taken = self.pass_now();
        if asked.until == Until::Told {
            self.press.report_suppressed();
            self.press.report_losses(true);
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
            self.rings_seen = self.rings_made;
            self.press.report_problems();
        }
        if now >= self.next_suppressed {
            self.next_suppressed = now + SUPPRESSED;
            self.press.report_suppressed();
        }
    }

    fn sleep(&mut self) -> Option<Sleep> {
        let next_try = self.press.next_try();
        let next_gates = self.press.has_gates().then_some(self.next_suppressed);
        let all = next_try.into_iter().chain(next_gates);
        let until = all.chain(self.next_sync).min();
        let longest = until.map(|until| until.saturating_duration_since(Instant::now()));
        let waits = self.press.has_queue() || self.shared.desk.asked().is_some();
        let is_deep = !waits && self.idle >= IDLE_PASSES;
        let sleep = if is_deep {
            wake::sleep_until_woken(longest)
        } else {
            wake::nap(if waits { wake::SHORT } else { NAP })
        };
        if self.shared.has_attention() || is_deep && self.has_records() {
            sleep.get_up();
            return None;
        }
        Some(sleep)
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
