//! The frames of a dead process's ring that nobody has released. Total: whatever the bytes are, reading
//! them ends, in time that grows with their number, and every frame that is whole is found.
//!
//! A frame is known by its length and by its number, which is the one before plus one. In a ring that is
//! whole, frames follow each other from the consumer's head to the producer's tail. Where they do not, all
//! memory is searched for frames whose numbers are due.

use super::pack::Unpack;
use crate::ring::{self, CONTROL_BYTES, FRAME_HEAD, consumer_check};
use crate::wire::{HEADER, Header};

/// A frame that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame<'a> {
    pub(super) number: u32,
    pub(super) payload: &'a [u8],
}

/// What a ring holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frames<'a> {
    /// In the order they were committed.
    pub(super) whole: Vec<Frame<'a>>,
    /// Frames that were committed and cannot be read.
    pub(super) damaged: u64,
}

/// Bytes of the smallest frame.
#[expect(clippy::cast_possible_truncation, reason = "two small constants")]
pub(super) const MIN_FRAME: u32 = (FRAME_HEAD + HEADER) as u32;

struct Reader<'a> {
    data: &'a [u8],
    len: u64,
}

/// Reads the region of a ring with `data_len` bytes of data, of which the end may be missing.
pub(super) fn frames(region: &[u8], data_len: usize) -> Frames<'_> {
    let word = |at: usize| {
        let bytes = region.get(at..).unwrap_or_default();
        Unpack(bytes).u64().unwrap_or(0)
    };
    let data = region.get(CONTROL_BYTES..).unwrap_or_default();
    let reader = Reader {
        data: &data[..data.len().min(data_len)],
        len: data_len as u64,
    };
    let (tail, count) = (word(ring::TAIL), word(ring::COUNT));
    let next = low_half(count);
    if let Some((head, first)) = reader.start(word, tail, next) {
        return reader
            .chain(head, first, tail, next)
            .unwrap_or_else(|| reader.search(first, tail, next));
    }
    // Nobody knows what was released: everything that is still there counts, and nothing before it was
    // lost. A ring that was never used has nothing.
    let all = reader.search(next.wrapping_sub(reader.most()), tail, next);
    all.whole.first().map_or_else(Frames::default, |first| {
        reader.search(first.number, tail, next)
    })
}

fn low_half(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0)
}

impl<'a> Reader<'a> {
    fn offset(&self, position: u64) -> usize {
        usize::try_from(position & (self.len - 1)).unwrap_or(0)
    }

    /// Length and number of the frame at a position; a length of zero is a skip. None of one that has no
    /// number of its own.
    fn head_at(&self, position: u64) -> Option<(usize, u32)> {
        let (len, number, numbered) = self.any_head_at(position)?;
        numbered.then_some((len, number))
    }

    fn any_head_at(&self, position: u64) -> Option<(usize, u32, bool)> {
        let mut from = Unpack(self.data.get(self.offset(position)..)?);
        let (len, numbered) = ring::frame_len(from.u32()?);
        Some((len, from.u32()?, numbered))
    }

    /// Where what stands at a position ends, if that is a skip, or a frame that counts for nothing and bears
    /// the number that is due.
    fn step_over(&self, at: u64, due: u32) -> Option<u64> {
        match self.any_head_at(at)? {
            (0, 0, true) => Some((at / self.len + 1) * self.len),
            (len, number, false) if number == due && len >= FRAME_HEAD => {
                let end = self.offset(at).checked_add(len)?;
                let whole = len.next_multiple_of(8) as u64;
                (end as u64 <= self.len).then_some(at + whole)
            }
            _ => None,
        }
    }

    /// The position of the next frame with a number of its own, from this one on and before `end`.
    fn first_numbered(&self, mut at: u64, due: u32, end: u64) -> u64 {
        while at < end
            && let Some(behind) = self.step_over(at, due)
        {
            at = behind;
        }
        at
    }

    /// The frame at a position, if one can be there.
    fn frame_at(&self, position: u64) -> Option<Frame<'a>> {
        let (len, number) = self.head_at(position)?;
        if len < FRAME_HEAD + HEADER {
            return None;
        }
        let start = self.offset(position);
        let payload = self.data.get(start + FRAME_HEAD..start.checked_add(len)?)?;
        Header::is_plausible(payload).then_some(Frame { number, payload })
    }

    /// How many frames there can be.
    fn most(&self) -> u32 {
        u32::try_from(self.len).unwrap_or(u32::MAX) / MIN_FRAME
    }

    /// Whether a number is one of those that can follow `first`.
    fn is_due(&self, number: u32, first: u32) -> bool {
        number.wrapping_sub(first) <= self.most()
    }

    /// Where the unreleased frames begin, and the number of the first: from the newest note that is whole,
    /// and from the head beside it, which may be newer where one of the notes is damaged.
    fn start(&self, word: impl Fn(usize) -> u64, tail: u64, next: u32) -> Option<(u64, u32)> {
        let can_be = |head: u64| head.is_multiple_of(8) && head < u64::MAX / 2;
        let mut newest = None;
        let mut whole = 0;
        for at in ring::NOTES {
            let (head, number) = (word(at), word(at + 8));
            if word(at + 16) == consumer_check(head, number) && can_be(head) {
                whole += 1;
                newest = newest.max(Some((head, number)));
            }
        }
        let is_alone = whole == 1;
        let (start, number) = newest?;
        let first = low_half(number);
        let head = word(ring::HEAD);
        // One release takes no more than a ring holds; a head beyond that is damaged itself.
        let is_ahead = head > start && head - start <= self.len;
        if is_alone && can_be(head) && is_ahead {
            if head == tail && self.is_due(next, first) {
                return Some((head, next));
            }
            let number = self.any_head_at(head).map_or(0, |(_, number, _)| number);
            let at = self.first_numbered(head, number, tail);
            if at == tail && self.is_due(next, first) && number == next {
                return Some((at, next));
            }
            if let Some(frame) = self.frame_at(at).filter(|it| self.is_due(it.number, first)) {
                return Some((at, frame.number));
            }
        }
        Some((start, first))
    }

    /// Frames one behind the other up to the tail; none when they do not lead there.
    fn chain(&self, head: u64, first: u32, tail: u64, next: u32) -> Option<Frames<'a>> {
        let mut whole = Vec::new();
        let (mut at, mut due) = (head, first);
        while at < tail && tail - head <= self.len {
            if let Some(behind) = self.step_over(at, due) {
                at = behind;
                continue;
            }
            let frame = self.frame_at(at).filter(|it| it.number == due)?;
            at += (frame.payload.len() + FRAME_HEAD).next_multiple_of(8) as u64;
            due = due.wrapping_add(1);
            whole.push(frame);
        }
        if at != tail || due != next {
            return None;
        }
        // The process may have died between the frame and the tail behind it.
        whole.extend(self.frame_at(at).filter(|it| it.number == due));
        Some(Frames { whole, damaged: 0 })
    }

    /// Where the next frame begins, over what counts for nothing and over the end of a lap.
    fn behind(&self, at: u64, frame: Frame<'_>) -> u64 {
        let behind = at + (frame.payload.len() + FRAME_HEAD).next_multiple_of(8) as u64;
        // All of them together are less than a lap.
        let at = self.first_numbered(behind, frame.number.wrapping_add(1), at + self.len);
        self.offset(at) as u64
    }

    /// Every frame that can be found whose number is due, in the order of numbers.
    fn search(&self, first: u32, tail: u64, next: u32) -> Frames<'a> {
        let mut found = Vec::new();
        let mut sorted = Vec::new();
        let mut at = 0;
        // Where the frame behind the last one would be, and its number.
        let mut awaited = None;
        while at < self.data.len() as u64 {
            let Some(frame) = self.frame_at(at).filter(|it| self.is_due(it.number, first)) else {
                at += 8;
                continue;
            };
            let follows = awaited == Some((at, frame.number));
            let due = frame.number.wrapping_add(1);
            let behind = self.behind(at, frame);
            let is_followed = self.frame_at(behind).is_some_and(|it| it.number == due);
            let is_last = behind == self.offset(tail) as u64;
            let is_stray = !(follows || is_followed || is_last);
            let order = u64::from(frame.number.wrapping_sub(first));
            // Of two with one number, the one in whose place it belongs.
            sorted.push((order << 1 | u64::from(is_stray), found.len()));
            found.push(frame);
            awaited = Some((behind, due));
            // A length that is damaged must not hide the frames that it covers.
            at = if is_followed && behind > at {
                behind
            } else {
                at + 8
            };
        }
        sorted.sort_unstable();
        sorted.dedup_by_key(|(order, _)| *order >> 1);
        let whole: Vec<_> = sorted.iter().map(|(_, index)| found[*index]).collect();
        // A count that cannot be is damaged itself; then the last frame that was found is the last.
        let last = whole
            .last()
            .map_or(first, |frame| frame.number.wrapping_add(1));
        let end = if self.is_due(next, first) && self.is_due(next, last) {
            next
        } else {
            last
        };
        let expected = end.wrapping_sub(first);
        let found = u32::try_from(whole.len()).unwrap_or(u32::MAX);
        Frames {
            whole,
            damaged: u64::from(expected.saturating_sub(found)),
        }
    }
}

#[cfg(test)]
#[expect(
    unsafe_code,
    reason = "a test reads a ring's memory as a file is read after a death"
)]
mod tests;
