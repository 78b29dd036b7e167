//! The writing side: `reserve`, fill, `commit`. Hot: no lock, no allocation, no panic.

use core::fmt;
use std::sync::Arc;

use super::memory::{Memory, Region};
use super::sync::Ordering;
use super::{LENGTH, SKIP, frame_len};

/// The one writer of a ring.
pub(crate) struct Producer {
    region: Region,
    /// Our own tail; the shared word is only written.
    tail: u64,
    /// Where the next look at the consumer's head is due: a half or a whole ring behind the head as
    /// we last saw it. That may be stale, but only so that we look too early.
    look_at: u64,
    /// Called when a look finds the ring more than half full.
    on_filling: fn(),
    committed: u64,
    /// What `reserve` set aside: offset and length of the payload, and the tail behind it.
    payload: usize,
    payload_len: usize,
    next_tail: u64,
    /// Keeps the region alive.
    _memory: Arc<dyn Memory>,
}

// SAFETY: the region is shared with one consumer only, and all sharing is through its atomics and the
// rule that bytes between head and tail belong to the consumer, the others to this value.
unsafe impl Send for Producer {}

impl fmt::Debug for Producer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Producer")
            .field("tail", &self.tail)
            .finish_non_exhaustive()
    }
}

impl Producer {
    pub(super) fn new(memory: Arc<dyn Memory>, on_filling: fn()) -> Self {
        let region = Region::of(&*memory);
        Self {
            region,
            tail: 0,
            look_at: region.data_len() as u64 / 2,
            on_filling,
            committed: 0,
            payload: 0,
            payload_len: 0,
            next_tail: 0,
            _memory: memory,
        }
    }

    /// The largest payload that `reserve` can ever grant in a ring of `data_len` bytes: its frame and
    /// the bytes skipped before it still fit when the ring is empty.
    pub(crate) const fn max_payload(data_len: usize) -> usize {
        data_len / 2 - LENGTH - 7
    }

    /// Sets `len` bytes aside; false when the consumer has not given back enough. A reservation
    /// that is not committed is forgotten by the next one.
    #[inline(always)]
    pub(crate) fn reserve(&mut self, len: usize) -> bool {
        let frame = frame_len(len);
        let offset = self.region.offset(self.tail);
        let to_end = self.region.data_len() - offset;
        let skipped = if frame > to_end { to_end } else { 0 };
        let next_tail = self.tail + (skipped + frame) as u64;
        if next_tail > self.look_at && !self.look(next_tail) {
            return false;
        }
        let start = if skipped == 0 {
            offset
        } else {
            self.write_length(offset, SKIP);
            0
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a frame is at most half of 1 GiB"
        )]
        self.write_length(start, frame as u32);
        self.payload = start + LENGTH;
        self.payload_len = len;
        self.next_tail = next_tail;
        true
    }

    /// Looks at how far the consumer has come: whether there is room up to `next_tail`.
    #[cold]
    #[inline(never)]
    fn look(&mut self, next_tail: u64) -> bool {
        // ORDERING: Acquire, pairs with the Release in Consumer::release: the consumer has finished
        // reading the bytes we are about to overwrite.
        let head = self.region.control().consumer.head.load(Ordering::Acquire);
        let whole = self.region.data_len() as u64;
        let used = next_tail - head;
        if used <= whole / 2 {
            self.look_at = head + whole / 2;
            return true;
        }
        (self.on_filling)();
        self.look_at = head + whole;
        used <= whole
    }

    #[inline(always)]
    fn write_length(&mut self, offset: usize, length: u32) {
        let address = self.region.data(offset).cast::<[u8; LENGTH]>();
        // SAFETY: `offset` is a multiple of 8 below the data's length, so 4 bytes fit; they lie
        // outside head..tail and so belong to the producer.
        unsafe { address.write(length.to_le_bytes()) }
    }

    /// The bytes that the last `reserve` set aside.
    #[inline(always)]
    pub(crate) fn reserved(&mut self) -> &mut [u8] {
        let start = self.region.data(self.payload);
        // SAFETY: `reserve` checked that payload..payload+payload_len lies inside the data and
        // outside head..tail, so nobody else reads or writes it before `commit`; before the first
        // reservation the length is zero. The bytes are initialised: the region was zeroed.
        unsafe { core::slice::from_raw_parts_mut(start.as_ptr(), self.payload_len) }
    }

    /// Publishes the reserved frame.
    #[inline(always)]
    pub(crate) fn commit(&mut self) {
        self.tail = self.next_tail;
        self.committed += 1;
        self.payload_len = 0;
        let control = self.region.control();
        // ORDERING: Relaxed: readers of the count see it through the tail's Release or do not mind.
        control.committed.store(self.committed, Ordering::Relaxed);
        // ORDERING: Release, pairs with the Acquire in Consumer::refresh: the frame is whole before
        // it is seen.
        control.tail.store(self.tail, Ordering::Release);
    }

    /// Frames committed so far; also the number of the next one.
    #[inline(always)]
    pub(crate) fn committed(&self) -> u64 {
        self.committed
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        // ORDERING: Release, pairs with the Acquire in Consumer::is_closed: whoever sees the ring
        // closed sees its last tail, too.
        self.region.control().closed.store(1, Ordering::Release);
    }
}
