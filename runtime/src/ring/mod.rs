//! A byte ring between one producer and one consumer. It knows frames, not what is in them, and does
//! not know who owns its memory. Control words and data lie in one region, so that another process can
//! read both after a death:
//!
//! ```text
//! region   128 bytes the producer writes: u64 tail, u64 next number, u32 closed, u32 first number
//!          128 bytes the consumer writes: u64 head; at 8 and at 64 u64 head, u64 number of the frame
//!          there, u64 check of both, written in turn
//!          data, a power of two
//! frame    u32 bytes of this word pair and the payload, u32 number; payload; up to the next multiple
//!          of 8. A length of 0: the rest up to the end of the data is skipped, so no frame wraps. With the
//!          highest bit of the length set the frame counts for nothing: it bears the number of the next one,
//!          and whoever reads the ring after a death passes over it.
//! ```
//!
//! Positions count bytes since the ring was made and never wrap in practice (2^64). Numbers count
//! frames from a random start and wrap at 2^32: whoever finds the right number after the right length
//! has found the frame, even where the control words are damaged. Length and number are one word that
//! is stored last, so a frame that was begun and never committed is not taken for a whole one.
//!
//! What a thread's ring takes: of the process's own memory the pages that its records touch, control words
//! included, up to 260 KiB where the data has 256; of a recorder all of it from the start, the data and one page
//! in front, in which the file says what it is. Beside it stand its thread's name and some words on the heap.
#![expect(
    unsafe_code,
    reason = "the ring hands out parts of one shared region without locks"
)]

mod consumer;
mod memory;
#[cfg(not(all(test, loom)))]
#[path = "mapped.rs"]
mod own;
#[cfg(all(test, loom))]
#[path = "modelled.rs"]
mod own;
mod producer;
#[cfg(test)]
mod tests;
mod watch;

use std::sync::Arc;

pub(crate) use consumer::Consumer;
pub(crate) use memory::{COUNT, HEAD, MAX_DATA, MIN_DATA, Memory, NOTES, TAIL};
pub(crate) use own::OwnMemory;
pub(crate) use producer::{Producer, Refused, Reserved, Suspended};
pub(crate) use watch::Watch;

/// Bytes of a frame's length and number.
pub(crate) const FRAME_HEAD: usize = 8;

/// The length word of a frame that says "go on at the start of the data".
const SKIP: u64 = 0;

/// In the head of a frame that has no number of its own.
const UNNUMBERED: u32 = 1 << 31;

/// What the length word of a frame says: its bytes, and whether it has a number of its own.
#[inline(always)]
pub(crate) const fn frame_len(word: u32) -> (usize, bool) {
    ((word & !UNNUMBERED) as usize, word & UNNUMBERED == 0)
}

/// Bytes in front of the data.
pub(crate) const CONTROL_BYTES: usize = memory::CONTROL;

/// What the consumer stores beside its head and number, so that a reader knows them for whole.
pub(crate) const fn consumer_check(head: u64, number: u64) -> u64 {
    head.rotate_left(32) ^ number ^ 0x5354_4f52_594c_494e
}

/// Makes a ring over a region whose control words are zero. `first` is the number of its first frame.
/// Without `grants` the producer's `reserve` never gives anything, so that every record takes the slow
/// road. `on_filling` is called on the producer's thread when the ring is more than half full, so that the
/// consumer can be woken in time.
pub(crate) fn ring(
    memory: Arc<dyn Memory>,
    first: u32,
    grants: bool,
    on_filling: fn(),
) -> (Producer, Consumer) {
    let producer = Producer::attached(Arc::clone(&memory), first, grants, on_filling);
    (producer, Consumer::new(memory, first))
}

/// Overwrites the head of the frame at this position, as a stray pointer would.
#[cfg(test)]
pub(crate) fn damage(memory: &dyn Memory, position: usize, head: u64) {
    memory::Region::of(memory).write_head(position, head);
}

/// Bytes from the beginning of a frame with such a payload to the next one.
#[inline(always)]
const fn stride(payload: usize) -> usize {
    (FRAME_HEAD + payload + 7) & !7
}
