//! A ring that is hidden, stands still for a fork, or ends.
#![forbid(unsafe_code)]

use super::Producer;
use crate::sync::{Ordering, compiler_fence};

/// A producer that stands still; see [`Producer::suspend`].
#[derive(Debug)]
#[must_use = "what stands still is resumed, or left to the parent"]
pub(crate) struct Suspended {
    grant: u64,
    /// A frame was being written.
    is_busy: bool,
}

impl Producer {
    /// Whether there is a ring, though it may be hidden or in use.
    pub(crate) fn is_attached(&self) -> bool {
        self.grant.get() > 0 || self.hidden.get()
    }

    /// Refuses every reservation until [`show`](Self::show).
    pub(crate) fn hide(&self) {
        if self.grant.replace(0) > 0 {
            self.hidden.set(true);
            self.limit.set(0);
        }
    }

    /// The counterpart of [`hide`](Self::hide).
    pub(crate) fn show(&self) {
        if self.hidden.replace(false) {
            self.open();
        }
    }

    /// Refuses every reservation for the time of a fork, which a signal handler may make in the middle of
    /// one.
    pub(crate) fn suspend(&self) -> Suspended {
        let is_busy = self.limit.replace(0) == 0;
        // A handler that runs from here on finds a frame being written, and after the grant no ring.
        compiler_fence(Ordering::SeqCst);
        let grant = self.grant.replace(0);
        Suspended { grant, is_busy }
    }

    /// The counterpart of [`suspend`](Self::suspend), in the parent.
    pub(crate) fn resume(&self, suspended: &Suspended) {
        self.grant.set(suspended.grant);
        compiler_fence(Ordering::SeqCst);
        if !suspended.is_busy {
            self.limit.set(suspended.grant);
        }
    }

    /// The counterpart of [`suspend`](Self::suspend) in the child: the ring is the parent's.
    pub(crate) fn leave_to_parent(&self, suspended: &Suspended) {
        // The frame that was being written is finished in the child, too, and must not reach the parent.
        if suspended.is_busy
            && let Some(memory) = self.memory.take()
        {
            memory.leave_to_parent();
            self.memory.set(Some(memory));
        }
        self.forget();
    }

    /// Ends the ring: the consumer may forget it once it is drained.
    pub(crate) fn close(&self) {
        let is_busy = self.limit.get() == 0 && self.grant.get() > 0;
        if let Some(memory) = self.memory.take() {
            // ORDERING: Release, pairs with the Acquire in Consumer::is_closed: whoever sees the ring
            // closed sees its last tail, too.
            let control = self.region.get();
            control.control().closed.store(1, Ordering::Release);
            self.forget();
            // A frame that is being written, somewhere below us on the stack, needs its memory.
            if is_busy {
                core::mem::forget(memory);
            }
        }
    }

    /// Leaves the ring to somebody else, without a word to the consumer.
    pub(crate) fn forget(&self) {
        self.grant.set(0);
        self.limit.set(0);
        self.hidden.set(false);
        core::mem::forget(self.memory.take());
    }
}
