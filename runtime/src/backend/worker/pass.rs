//! A pass: every frame that was there when it began, in the order of time.

use super::Worker;
use crate::clock;
use crate::merge::Stream;
use crate::registry::{self, ThreadRing};
use crate::sink::Origin;
use crate::wire::Header;

#[derive(Debug)]
pub(super) struct Ring {
    pub(super) thread: ThreadRing,
    /// Closed before it was last looked at, so nothing comes behind what was seen then.
    pub(super) closed: bool,
    /// Frames before this position were there before the cutoff was read.
    pub(super) seen: u64,
    /// They count as no later than this.
    pub(super) latest: u64,
}

/// What becomes of a frame that was there before the cutoff was read and is later by its ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Late {
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
        if !self.thread.consumer.is_numbered() {
            // No record: it has no moment, and goes before all that have.
            return Some(0);
        }
        if ticks > self.latest && self.thread.consumer.position() < self.seen {
            return Some(self.latest);
        }
        Some(ticks)
    }
}

impl Worker {
    /// Everything up to this moment. The moment comes before the look at the changes: a change that is
    /// made behind the look is later, and so is what was logged behind the change.
    pub(super) fn pass_now(&mut self) -> u64 {
        self.note_seen();
        let cutoff = clock::now();
        self.apply_changes();
        self.pass(cutoff, Late::IsDue)
    }

    /// Before the cutoff is read: what is seen here is due by then, even where its ticks are later.
    pub(super) fn note_seen(&mut self) {
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
    pub(super) fn pass(&mut self, cutoff: u64, late: Late) -> u64 {
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
            let is_record = thread.consumer.is_numbered();
            if let Some(payload) = thread.consumer.peek() {
                if is_record {
                    self.press.take(payload, &thread.thread, origin);
                } else {
                    self.press.take_sample(payload);
                }
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
        registry::wake_waiting(self.rings.iter().map(|ring| &ring.thread));
        // Whoever waits for room does not wait for a recorder of metrics.
        self.press.export();
    }

    pub(super) fn pick_up_rings(&mut self) {
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
}
