//! The model checker runs the rooms where threads meet through every order of their steps that differs,
//! up to a bound of preemptions, on a memory as weak as the language allows. `tests/orderings` weakens
//! each ordering and expects one of these to fail.

mod ring;
mod site;
mod waiting;
mod wake;

use std::sync::Arc;

use crate::ring::{Consumer, OwnMemory, Producer, ring};

/// The number of the first frame; numbers wrap at once.
const FIRST: u32 = u32::MAX;

/// Room for two frames of eight bytes.
pub(crate) const DATA: usize = 32;

/// A ring with so many bytes of data.
pub(crate) fn ring_of(data: usize) -> (Producer, Consumer) {
    ring(Arc::new(OwnMemory::new(data)), FIRST, true, || {})
}

/// Writes one frame, if there is room.
pub(crate) fn push(producer: &Producer, payload: &[u8]) -> bool {
    let room = producer.reserve(payload.len());
    let Some(mut reserved) = room.or_else(|| producer.make_room(payload.len()).ok()) else {
        return false;
    };
    reserved.bytes().copy_from_slice(payload);
    producer.commit(reserved);
    true
}

/// Reads whatever was committed, as a pass of the background thread does.
pub(crate) fn drain(consumer: &mut Consumer, read: &mut Vec<Vec<u8>>) {
    drain_with(consumer, read, |_, _| {});
}

/// The same, and shows the number of each frame, with how many were read before it.
pub(crate) fn drain_with(
    consumer: &mut Consumer,
    read: &mut Vec<Vec<u8>>,
    look: impl Fn(u32, usize),
) {
    consumer.refresh();
    while let Some(payload) = consumer.peek() {
        let payload = payload.to_vec();
        look(consumer.number(), read.len());
        read.push(payload);
        consumer.advance();
    }
    consumer.release();
}
