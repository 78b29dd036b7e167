//! Where a thread keeps its producer: a cell without a destructor, so that it can be read at any
//! moment of the thread's life, and whose content is taken out while it is used, so that a call inside
//! a call (a signal handler, an allocator) finds nothing instead of a second reference.

use core::cell::Cell;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::Producer;

/// The place of one thread's producer.
pub(crate) struct Slot {
    // Invariant of both: from `Box::into_raw` in `install`, and owned by this slot alone.
    current: Cell<Option<NonNull<Producer>>>,
    suspended: Cell<Option<NonNull<Producer>>>,
}

impl Slot {
    pub(crate) const fn new() -> Self {
        Self {
            current: Cell::new(None),
            suspended: Cell::new(None),
        }
    }

    /// Takes the producer for one use; none when there is none or it is in use.
    #[inline(always)]
    pub(crate) fn take(&self) -> Option<Taken<'_>> {
        let producer = self.current.take()?;
        Some(Taken {
            slot: self,
            producer,
        })
    }

    /// Puts a producer here; one that was here before is dropped.
    pub(crate) fn install(&self, producer: Box<Producer>) {
        drop(self.remove());
        self.current.set(NonNull::new(Box::into_raw(producer)));
    }

    /// Takes the producer out for good.
    pub(crate) fn remove(&self) -> Option<Box<Producer>> {
        let producer = self.current.take().or_else(|| self.suspended.take())?;
        // SAFETY: the pointer came from `Box::into_raw` and was taken out of the only cell that
        // held it, so nobody else can reach it.
        Some(unsafe { Box::from_raw(producer.as_ptr()) })
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

/// A producer in use; goes back to its slot when dropped.
pub(crate) struct Taken<'a> {
    slot: &'a Slot,
    producer: NonNull<Producer>,
}

impl Deref for Taken<'_> {
    type Target = Producer;

    #[inline(always)]
    fn deref(&self) -> &Producer {
        // SAFETY: the pointer is owned by the slot and was taken out of its cell, so this is the
        // only way to the producer while `self` lives.
        unsafe { self.producer.as_ref() }
    }
}

impl DerefMut for Taken<'_> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Producer {
        // SAFETY: as above, and `&mut self` makes the reference the only one.
        unsafe { self.producer.as_mut() }
    }
}

impl Drop for Taken<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.slot.current.set(Some(self.producer));
    }
}
