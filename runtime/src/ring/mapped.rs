//! A ring's memory that is the process's own.

use core::ptr::NonNull;

use super::memory::{ALIGN, CONTROL, MAX_DATA, MIN_DATA, Memory};
use crate::sys::mapping::Mapping;

const _: () = assert!(ALIGN <= 4096, "a page is aligned as a ring needs it");

/// Zeroed memory of this process.
///
/// Not from the heap: the C library keeps what threads give back for what may come, so threads that log and
/// end would leave some behind. Pages that were never touched take no memory.
pub(crate) struct OwnMemory(Mapping);

impl OwnMemory {
    /// Memory for a ring with at least `data` bytes, rounded up to a power of two; none where the system has none
    /// left for this process.
    pub(crate) fn try_new(data: usize) -> Option<Self> {
        let len = CONTROL + data.clamp(MIN_DATA, MAX_DATA).next_power_of_two();
        Mapping::of_no_file(len).ok().map(Self)
    }

    /// The same where there is some.
    #[cfg(test)]
    pub(crate) fn new(data: usize) -> Self {
        Self::try_new(data).expect("memory for a ring")
    }
}

// SAFETY: the mapping has one address, aligned to a page, and lives as long as this value; it is zero, and
// has the length that it was asked for: the control words and a power of two; it is handed to nobody but the
// ring that owns this value.
unsafe impl Memory for OwnMemory {
    fn base(&self) -> NonNull<u8> {
        self.0.base()
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}
