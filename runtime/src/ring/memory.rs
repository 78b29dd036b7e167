//! The region a ring lives in.

use core::mem::offset_of;
use core::ptr::NonNull;

use crate::sync::{AtomicU32, AtomicU64, DataWord, Ordering, Traces};

/// The words both sides share. Each side's words have lines of their own: two lines of 64 bytes,
/// because neighbouring lines are fetched in pairs.
#[repr(C, align(128))]
pub(super) struct Control {
    /// Where the producer will write next; everything before it is whole.
    pub(super) tail: AtomicU64,
    /// The number of the next frame, with all its 64 bits.
    pub(super) count: AtomicU64,
    /// One once the producer is gone; its last commit came before.
    pub(super) closed: AtomicU32,
    /// The number of the first frame.
    pub(super) first: AtomicU32,
    pub(super) consumer: ConsumerWords,
}

#[repr(C, align(128))]
pub(super) struct ConsumerWords {
    /// Everything before it was given back.
    pub(super) head: AtomicU64,
    /// The head, the number of the frame there, and what tells that both belong together. Two of them,
    /// written in turn and on lines of their own, so that one is whole at every moment.
    pub(super) one: [AtomicU64; 3],
    pub(super) _line: [AtomicU64; 4],
    pub(super) two: [AtomicU64; 3],
}

/// Bytes in front of the data.
pub(super) const CONTROL: usize = size_of::<Control>();

/// Where in a region its words stand, for who reads one after a death.
pub(crate) const TAIL: usize = offset_of!(Control, tail);
pub(crate) const COUNT: usize = offset_of!(Control, count);
pub(crate) const HEAD: usize = offset_of!(Control, consumer.head);
pub(crate) const NOTES: [usize; 2] = [
    offset_of!(Control, consumer.one),
    offset_of!(Control, consumer.two),
];

/// The least and the most bytes of data. A frame says how long it is in 32 bits, and at most half of the data is
/// one frame.
pub(crate) const MIN_DATA: usize = 4096;
pub(crate) const MAX_DATA: usize = 1 << 30;

/// How a region is aligned.
pub(super) const ALIGN: usize = align_of::<Control>();

/// A region for a ring: aligned to 128, zeroed before its first use, at one address while it lives.
///
/// # Safety
///
/// `base` must return the same pointer at every call, valid for reads and writes of `len` bytes for
/// as long as the value lives, aligned to 128, and touched by nobody but one ring. `len` must be 256
/// plus a power of two of at least [`MIN_DATA`].
pub(crate) unsafe trait Memory: Send + Sync + 'static {
    /// The first byte.
    fn base(&self) -> NonNull<u8>;

    /// All bytes, control words and data.
    fn len(&self) -> usize;

    /// The ring is drained and will not be used again; the memory itself stays until the value is dropped.
    fn discard(&self) {}

    /// In the child of a fork, whose parent goes on with the ring: what is written here from now on stays in
    /// this process.
    fn leave_to_parent(&self) {}

    /// What a model checker is told of the data.
    #[cfg(all(test, loom))]
    fn traces(&self) -> Traces {
        Traces::NONE
    }
}

/// A view of a region, kept beside its owner.
#[derive(Clone, Copy)]
pub(super) struct Region {
    // Invariant: valid for as long as the `Memory` it came from, which the holder keeps alive.
    control: NonNull<Control>,
    data: NonNull<u8>,
    mask: usize,
    traces: Traces,
}

impl Region {
    /// Stands where there is no ring; nobody looks at what is there.
    pub(super) const NOWHERE: Self = Self {
        control: NonNull::dangling(),
        data: NonNull::dangling(),
        mask: 0,
        traces: Traces::NONE,
    };

    pub(super) fn of(memory: &dyn Memory) -> Self {
        let data_len = memory.len() - CONTROL;
        debug_assert!(
            data_len.is_power_of_two(),
            "a ring's data must be a power of two"
        );
        let base = memory.base();
        Self {
            control: base.cast(),
            // SAFETY: `Memory` promises more bytes than the control words take.
            data: unsafe { base.add(CONTROL) },
            mask: data_len - 1,
            #[cfg(not(all(test, loom)))]
            traces: Traces::NONE,
            #[cfg(all(test, loom))]
            traces: memory.traces(),
        }
    }

    #[inline(always)]
    pub(super) fn control(&self) -> &Control {
        // SAFETY: `Memory` promises memory aligned to 128 with at least these bytes, zeroed at first,
        // which is a valid `Control`; all later access is through its atomics.
        unsafe { self.control.as_ref() }
    }

    /// Bytes of data.
    #[inline(always)]
    pub(super) fn data_len(&self) -> usize {
        self.mask + 1
    }

    /// Where a position lies in the data.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the mask keeps only bits of data_len"
    )]
    pub(super) fn offset(&self, position: u64) -> usize {
        position as usize & self.mask
    }

    /// Where the reader finds bytes that were committed.
    #[inline(always)]
    pub(super) fn committed(&self, offset: usize, len: usize) -> NonNull<u8> {
        self.traces.read(offset, len);
        self.data(offset)
    }

    /// Where the producer puts a frame of `len` bytes; they are its own until it writes the head.
    #[inline(always)]
    pub(super) fn room(&self, offset: usize, len: usize) -> NonNull<u8> {
        self.traces.write(offset, len);
        self.data(offset)
    }

    /// The address of a byte of the data; `offset` is at most `data_len`.
    #[inline(always)]
    fn data(&self, offset: usize) -> NonNull<u8> {
        debug_assert!(
            offset <= self.mask + 1,
            "an offset past the end of the data"
        );
        // SAFETY: callers get `offset` from `offset()` or from a frame inside the data, so the address
        // stays inside the region.
        unsafe { self.data.add(offset) }
    }

    /// Length and number of the frame at this offset, a multiple of 8.
    #[inline(always)]
    pub(super) fn read_head(&self, offset: usize) -> u64 {
        let address = self
            .committed(offset & self.mask & !7, 8)
            .cast::<DataWord>();
        // SAFETY: the data is aligned to 128, and 8 bytes fit after every multiple of 8 inside it.
        let head = unsafe { address.as_ref() };
        // ORDERING: Relaxed: the reader has acquired a tail after this frame.
        u64::from_le(head.load(Ordering::Relaxed))
    }

    /// The counterpart of [`read_head`](Self::read_head).
    #[inline(always)]
    pub(super) fn write_head(&self, offset: usize, head: u64) {
        self.write_head_at(self.data(offset & self.mask & !7), 8, head);
    }

    /// The same for a frame of `len` bytes that a reservation has found.
    #[inline(always)]
    pub(super) fn write_head_at(&self, frame: NonNull<u8>, len: usize, head: u64) {
        let offset = frame.as_ptr().addr() - self.data.as_ptr().addr();
        debug_assert!(offset <= self.mask, "a frame of another ring");
        self.traces.write(offset, len);
        // SAFETY: by the invariant of `Reserved`, or by `write_head`, 8 aligned bytes of the data.
        let word = unsafe { frame.cast::<DataWord>().as_ref() };
        // ORDERING: Release: whoever reads the region after a death, and finds the number that is due,
        // finds the frame whole.
        word.store(head.to_le(), Ordering::Release);
    }
}
