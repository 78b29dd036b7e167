//! The reading side: `refresh`, `peek`, `advance`, and `release` when what was read is done with.

use core::fmt;
use std::sync::Arc;

use super::memory::{Memory, Region};
use super::{FRAME_HEAD, SKIP, consumer_check, frame_len};
use crate::sync::Ordering;

/// The one reader of a ring.
pub(crate) struct Consumer {
    region: Region,
    /// The next frame to read; the frames between the shared head and here are read, not released.
    read: u64,
    /// The number of the frame at `read`.
    next: u64,
    /// Bytes of the frame at `read` once it was looked at, else zero.
    at_hand: usize,
    /// Whether that frame has a number of its own.
    numbered: bool,
    /// Which of the two notes was written last.
    turn: bool,
    /// Bytes that were given up since the last frame that could be read.
    given_up: u64,
    /// Frames that were in them, as far as it is known.
    lost: u64,
    /// The producer's tail as of the last `refresh`; it may be behind, never ahead.
    tail: u64,
    /// Keeps the region alive.
    pub(super) memory: Arc<dyn Memory>,
}

// SAFETY: as for Producer: bytes between head and tail belong to this value.
unsafe impl Send for Consumer {}

impl fmt::Debug for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer")
            .field("read", &self.read)
            .field("tail", &self.tail)
            .finish_non_exhaustive()
    }
}

impl Consumer {
    pub(super) fn new(memory: Arc<dyn Memory>, first: u32) -> Self {
        let mut consumer = Self {
            region: Region::of(&*memory),
            read: 0,
            next: u64::from(first),
            at_hand: 0,
            numbered: true,
            turn: false,
            given_up: 0,
            lost: 0,
            tail: 0,
            memory,
        };
        consumer.release();
        consumer
    }

    /// Looks at how far the producer has come.
    pub(crate) fn refresh(&mut self) {
        // ORDERING: Acquire, pairs with the Release in Producer::commit.
        self.tail = self.region.control().tail.load(Ordering::Acquire);
    }

    /// The payload of the next frame.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<&[u8]> {
        if self.at_hand == 0 && !self.look() {
            return None;
        }
        let len = self.at_hand - FRAME_HEAD;
        let start = self.region.offset(self.read) + FRAME_HEAD;
        let start = self.region.committed(start, len);
        // SAFETY: `look` checked that the whole frame lies inside the data and before the tail that was
        // acquired, so the producer has finished it and will not touch it before `release`, which needs
        // `&mut self`.
        Some(unsafe { core::slice::from_raw_parts(start.as_ptr(), len) })
    }

    /// Where the next frame begins, in bytes since the ring was made.
    #[inline]
    pub(crate) fn position(&self) -> u64 {
        self.read
    }

    /// How far the producer had come at the last `refresh`.
    pub(crate) fn seen(&self) -> u64 {
        self.tail
    }

    /// The number of the next frame, which `peek` has shown.
    #[inline]
    pub(crate) fn number(&self) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "numbers wrap")]
        let number = self.next as u32;
        number
    }

    /// Whether the next frame, which `peek` has shown, has a number of its own.
    #[inline]
    pub(crate) fn is_numbered(&self) -> bool {
        self.numbered
    }

    /// Goes on to the frame after the next one.
    #[inline]
    pub(crate) fn advance(&mut self) {
        if self.at_hand > 0 || self.look() {
            self.read += self.at_hand.next_multiple_of(8) as u64;
            self.next += u64::from(self.numbered);
            self.at_hand = 0;
        }
    }

    /// Finds the frame at `read`, after stepping over skipped bytes; false when there is none. A length
    /// that cannot be means that the memory was overwritten from outside; the unread rest is given up then.
    #[inline]
    fn look(&mut self) -> bool {
        loop {
            if self.read == self.tail {
                return false;
            }
            let offset = self.region.offset(self.read);
            let to_end = self.region.data_len() - offset;
            let head = self.region.read_head(offset);
            if head == SKIP {
                self.read = self.tail.min(self.read + to_end as u64);
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the lower half of one word of two"
            )]
            let (len, numbered) = frame_len(head as u32);
            let whole = len.next_multiple_of(8);
            let can_be =
                len >= FRAME_HEAD && whole <= to_end && whole as u64 <= self.tail - self.read;
            if !can_be || self.given_up > 0 && !self.find_number(head >> 32) {
                self.given_up += self.tail - self.read;
                self.read = self.tail;
                return false;
            }
            self.at_hand = len;
            self.numbered = numbered;
            return true;
        }
    }

    /// The first frame after what was given up says by its number how many were in there; false when that
    /// cannot be.
    #[cold]
    fn find_number(&mut self, number: u64) -> bool {
        let lost = number.wrapping_sub(self.next) & u64::from(u32::MAX);
        let is_plausible = lost <= self.given_up / FRAME_HEAD as u64;
        if is_plausible {
            self.lose(lost);
        }
        is_plausible
    }

    fn lose(&mut self, lost: u64) {
        self.lost += lost;
        self.next += lost;
        self.given_up = 0;
    }

    /// How many frames were given up since the last call; `is_closed` when there is nothing after the last
    /// `refresh`. Frames that were given up are counted with the next one that can be read, or with the ring's
    /// end: only then it is known how many there were.
    pub(crate) fn take_lost(&mut self, is_closed: bool) -> u64 {
        if self.given_up > 0 && is_closed && self.is_empty() {
            // ORDERING: Relaxed: the tail that was acquired is the last one.
            let end = self.region.control().count.load(Ordering::Relaxed);
            self.lose(end.saturating_sub(self.next));
        }
        core::mem::take(&mut self.lost)
    }

    /// Gives everything before the next frame back to the producer.
    pub(crate) fn release(&mut self) {
        let words = &self.region.control().consumer;
        self.turn = !self.turn;
        let note = if self.turn { &words.one } else { &words.two };
        let check = consumer_check(self.read, self.next);
        for (word, value) in note.iter().zip([self.read, self.next, check]) {
            // ORDERING: Release, so that notes follow each other: read after a death only.
            word.store(value, Ordering::Release);
        }
        // ORDERING: Release, pairs with the Acquire in Producer::make_room.
        words.head.store(self.read, Ordering::Release);
    }

    /// Whether every frame seen by the last `refresh` was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.read == self.tail
    }

    /// Whether the producer is gone; once a `refresh` follows a true answer nothing more comes.
    pub(crate) fn is_closed(&self) -> bool {
        // ORDERING: Acquire, pairs with the Release in Producer::close.
        self.region.control().closed.load(Ordering::Acquire) != 0
    }

    /// Says that everything was read and released and nothing more will come.
    pub(crate) fn discard(&self) {
        self.memory.discard();
    }
}
