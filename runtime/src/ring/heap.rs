//! A ring's memory on the heap, where there are no mappings of ours.

use core::ptr::NonNull;
use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};

use super::memory::{ALIGN, CONTROL, Control, Memory};

/// Zeroed memory of the process's own heap.
///
/// Zeroed pages that were never touched take no memory, but only for alignments that `calloc` knows:
/// a greater one would be filled by hand, and every ring would be resident from its first record on.
/// So the alignment is made here.
pub(crate) struct OwnMemory {
    // Invariant: allocated with `layout` by `new`, freed by `drop` only; `base` lies within.
    start: NonNull<u8>,
    layout: Layout,
    base: NonNull<u8>,
    len: usize,
}

impl OwnMemory {
    /// Memory for a ring with at least `data` bytes, rounded up to a power of two.
    pub(crate) fn new(data: usize) -> Self {
        let len = CONTROL + data.clamp(4096, 1 << 30).next_power_of_two();
        let Ok(layout) = Layout::array::<u8>(len + ALIGN) else {
            handle_alloc_error(Layout::new::<Control>())
        };
        // SAFETY: the layout has a size above zero: it holds the control words.
        let start = unsafe { alloc_zeroed(layout) };
        let Some(start) = NonNull::new(start) else {
            handle_alloc_error(layout)
        };
        let surplus = start.as_ptr().align_offset(ALIGN).min(ALIGN);
        // SAFETY: at most ALIGN bytes are skipped, and that many were allocated on top.
        let base = unsafe { start.add(surplus) };
        Self {
            start,
            layout,
            base,
            len,
        }
    }
}

impl Drop for OwnMemory {
    fn drop(&mut self) {
        // SAFETY: `start` was allocated by `new` with this layout and is freed nowhere else.
        unsafe { dealloc(self.start.as_ptr(), self.layout) }
    }
}

// SAFETY: the allocation is at one address; `base` is aligned by `new` and has `len` bytes behind it;
// it is handed to nobody but the ring that owns this value.
unsafe impl Memory for OwnMemory {
    fn base(&self) -> NonNull<u8> {
        self.base
    }

    fn len(&self) -> usize {
        self.len
    }
}

// SAFETY: the pointer is owned by this value alone; what is behind it is only reached through a ring,
// which orders its accesses with atomics.
unsafe impl Send for OwnMemory {}
// SAFETY: as for Send; the value itself offers nothing but its address and length.
unsafe impl Sync for OwnMemory {}
