//! A ring's memory under the model checker, in the place of the process's own: control words that were
//! constructed, because the checker's atomics are not zeros, and a trace for each word of the data.

use core::ptr::NonNull;
use std::alloc::{Layout, alloc_zeroed, dealloc};

use super::memory::{ALIGN, CONTROL, ConsumerWords, Control, Memory};
use crate::sync::{AtomicU32, AtomicU64, Trace, Traces};

/// See the mapped one; as small as asked for.
pub(crate) struct OwnMemory {
    // Invariant: allocated with `layout` by `new`, freed by `drop` only; begins with a `Control`.
    base: NonNull<u8>,
    layout: Layout,
    traces: Box<[Trace]>,
}

impl OwnMemory {
    /// As [`new`](Self::new), which always has some.
    #[expect(clippy::unnecessary_wraps, reason = "the mapped one may have none")]
    pub(crate) fn try_new(data: usize) -> Option<Self> {
        Some(Self::new(data))
    }

    /// Memory for a ring with at least `data` bytes, rounded up to a power of two.
    pub(crate) fn new(data: usize) -> Self {
        let data = data.next_power_of_two().max(32);
        let layout = Layout::from_size_align(CONTROL + data, ALIGN).expect("a small size");
        // SAFETY: the layout has a size above zero: it holds the control words.
        let base = NonNull::new(unsafe { alloc_zeroed(layout) }).expect("memory");
        // SAFETY: the memory is aligned and long enough for the control words, and nobody has it yet.
        unsafe { base.cast::<Control>().write(control()) };
        Self {
            base,
            layout,
            traces: (0..data / 8).map(|_| Trace::default()).collect(),
        }
    }
}

fn control() -> Control {
    Control {
        tail: AtomicU64::new(0),
        count: AtomicU64::new(0),
        closed: AtomicU32::new(0),
        first: AtomicU32::new(0),
        consumer: ConsumerWords {
            head: AtomicU64::new(0),
            one: Default::default(),
            _line: Default::default(),
            two: Default::default(),
        },
    }
}

impl Drop for OwnMemory {
    fn drop(&mut self) {
        // SAFETY: `new` has put them there, and this is the end of the value.
        unsafe { self.base.cast::<Control>().drop_in_place() };
        // SAFETY: `base` was allocated by `new` with this layout and is freed nowhere else.
        unsafe { dealloc(self.base.as_ptr(), self.layout) }
    }
}

// SAFETY: the allocation is at one address and aligned; it is handed to nobody but the ring that owns
// this value. The control words are longer than those of production, and so is the whole.
unsafe impl Memory for OwnMemory {
    fn base(&self) -> NonNull<u8> {
        self.base
    }

    fn len(&self) -> usize {
        self.layout.size()
    }

    fn traces(&self) -> Traces {
        // SAFETY: the traces live as long as this value, which lives as long as the ring that asks.
        Traces::of(unsafe { core::slice::from_raw_parts(self.traces.as_ptr(), self.traces.len()) })
    }
}

// SAFETY: the pointer is owned by this value alone; what it points to is only reached through a ring,
// which orders its accesses with atomics.
unsafe impl Send for OwnMemory {}
// SAFETY: as for Send; the value itself offers nothing but its address and length.
unsafe impl Sync for OwnMemory {}
