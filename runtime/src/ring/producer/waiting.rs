//! What a call before a full ring waits for: positions of the consumer.
#![forbid(unsafe_code)]

use super::Producer;
use crate::sync::Ordering;

impl Producer {
    /// How far the consumer has to come until there is room for `len` bytes.
    pub(crate) fn room_at(&self, len: usize) -> u64 {
        let (_, end) = self.next_frame(len);
        end.saturating_sub(self.region.get().data_len() as u64)
    }

    /// How far it has to come until a good part of the ring is free: whoever has waited for room goes on then,
    /// and not with each frame that is given back.
    pub(crate) fn eased_at(&self) -> u64 {
        let half = self.region.get().data_len() as u64 / 2;
        self.tail.get().saturating_sub(half)
    }

    /// How far the consumer has come; a hint, `make_room` looks again.
    pub(crate) fn given_back(&self) -> u64 {
        if self.grant.get() == 0 {
            return u64::MAX;
        }
        // ORDERING: Relaxed: a hint.
        let region = self.region.get();
        region.control().consumer.head.load(Ordering::Relaxed)
    }
}
