//! Where a thread keeps its producer. The cell has no destructor, so it can be read at any moment of
//! the thread's life, and its content is taken out while it is used, so a call inside a call (from a
//! signal handler, an allocator) finds nothing instead of a second reference.

use core::cell::Cell;
use core::mem::{ManuallyDrop, forget};

use super::Producer;

/// The place of one thread's producer. Whoever ends the thread's use of it must
/// [`remove`](Self::remove) the producer, or its ring is never closed.
pub(crate) struct Slot {
    current: ManuallyDrop<Cell<Option<Box<Producer>>>>,
    suspended: ManuallyDrop<Cell<Option<Box<Producer>>>>,
}

impl Slot {
    pub(crate) const fn new() -> Self {
        Self {
            current: ManuallyDrop::new(Cell::new(None)),
            suspended: ManuallyDrop::new(Cell::new(None)),
        }
    }

    /// Takes the producer for one use; none when there is none or it is in use.
    #[inline(always)]
    pub(crate) fn take(&self) -> Option<Box<Producer>> {
        self.current.take()
    }

    /// Puts back what [`take`](Self::take) gave.
    #[inline(always)]
    pub(crate) fn give_back(&self, producer: Box<Producer>) {
        // The cell is empty since `take`; forgetting saves the look at what would be dropped.
        forget(self.current.replace(Some(producer)));
    }

    /// Puts a thread's producer here for the first time.
    pub(crate) fn install(&self, producer: Box<Producer>) {
        self.current.set(Some(producer));
    }

    /// Takes the producer out for good.
    pub(crate) fn remove(&self) -> Option<Box<Producer>> {
        self.current.take().or_else(|| self.suspended.take())
    }

    /// Hides the producer until [`resume`](Self::resume).
    pub(crate) fn suspend(&self) {
        if let Some(producer) = self.current.take() {
            self.suspended.set(Some(producer));
        }
    }

    /// Shows a hidden producer again.
    pub(crate) fn resume(&self) {
        if let Some(producer) = self.suspended.take() {
            self.current.set(Some(producer));
        }
    }
}
