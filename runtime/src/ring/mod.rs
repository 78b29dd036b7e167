//! A byte ring between one producer and one consumer. It knows frames, not what is in them, and does
//! not know who owns its memory. Control words and data lie in one region, so that another process can
//! read both after a death:
//!
//! ```text
//! region   128 bytes the producer writes: tail, count of committed frames, closed
//!          128 bytes the consumer writes: head
//!          data, a power of two
//! frame    u32 length with this word, a multiple of 8; payload. Length 0: the rest up to the end of
//!          the data is skipped, so a frame never wraps.
//! ```
//!
//! Positions count bytes since the ring was made and never wrap in practice (2^64).
#![expect(
    unsafe_code,
    reason = "the ring hands out parts of one shared region without locks"
)]

mod consumer;
mod memory;
mod producer;
mod slot;
mod sync;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use consumer::{Consumer, Watch};
pub(crate) use memory::{HeapMemory, Memory};
pub(crate) use producer::Producer;
pub(crate) use slot::Slot;

/// Bytes of a frame's length word.
const LENGTH: usize = 4;

/// The length word of a frame that says "go on at the start of the data".
const SKIP: u32 = 0;

/// Makes a ring over a region whose control words are zero. `on_filling` is called on the producer's
/// thread when the ring is more than half full, so that the consumer can be woken in time.
pub(crate) fn ring(memory: Arc<dyn Memory>, on_filling: fn()) -> (Producer, Consumer) {
    (
        Producer::new(Arc::clone(&memory), on_filling),
        Consumer::new(memory),
    )
}

/// Bytes that a payload takes in the ring.
#[inline(always)]
const fn frame_len(payload: usize) -> usize {
    (LENGTH + payload + 7) & !7
}
