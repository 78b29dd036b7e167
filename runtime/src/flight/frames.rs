//! The frames of a dead process's ring that nobody has released. Total: whatever the bytes are, reading
//! them ends, in time that grows with their number, and every frame that is whole is found.
//!
//! A frame is known by its length and by its number, which is the one before plus one. From the consumer's
//! head on frames follow each other; where the next one is not what it should be, the reader looks for the
//! nearest word behind it that is a frame with a later number.

use super::pack::Unpack;
use crate::ring::{CONTROL_BYTES, FRAME_HEAD, consumer_check};
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

struct Reader<'a> {
    data: &'a [u8],
    len: u64,
}

/// How many frames fit between two positions a lap apart.
fn most_frames(data_len: usize) -> u32 {
    u32::try_from(data_len / (FRAME_HEAD + HEADER)).unwrap_or(u32::MAX / 2)
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
    let (tail, count) = (word(0), word(8));
    let next = low_half(count);
    let notes = [136, 192].map(|at| (word(at), word(at + 8), word(at + 16)));
    let newest = notes
        .into_iter()
        .filter(|(head, number, check)| *check == consumer_check(*head, *number))
        .filter(|(head, ..)| head.is_multiple_of(8) && *head < u64::MAX / 2)
        .max_by_key(|(head, ..)| *head);
    match newest {
        Some((head, number, _)) => reader.follow(head, low_half(number), tail, next),
        // Nobody knows what was released: everything that is still there counts.
        None => reader.follow_from_anywhere(word(128), next),
    }
}

fn low_half(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0)
}

impl<'a> Reader<'a> {
    fn offset(&self, position: u64) -> usize {
        usize::try_from(position & (self.len - 1)).unwrap_or(0)
    }

    /// Length and number of the frame at a position; a length of zero is a skip.
    fn head_at(&self, position: u64) -> Option<(usize, u32)> {
        let mut from = Unpack(self.data.get(self.offset(position)..)?);
        Some((usize::try_from(from.u32()?).ok()?, from.u32()?))
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

    /// Everything from a position and number on that the consumer has left.
    fn follow(&self, head: u64, first: u32, tail: u64, next: u32) -> Frames<'a> {
        let mut found = Frames::default();
        let end = head.saturating_add(self.len);
        let (mut at, mut due) = (head, first);
        while at < end {
            if at != tail && self.head_at(at) == Some((0, 0)) {
                let lap = (at / self.len + 1) * self.len;
                let goes_on = self.frame_at(lap).is_some_and(|frame| frame.number == due);
                if goes_on || lap == tail {
                    at = lap;
                    continue;
                }
            }
            match self.frame_at(at).filter(|frame| frame.number == due) {
                Some(frame) => {
                    at += (frame.payload.len() + FRAME_HEAD).next_multiple_of(8) as u64;
                    due = due.wrapping_add(1);
                    found.whole.push(frame);
                }
                None if at == tail && due == next => break,
                None => {
                    let Some((position, frame)) = self.later(at + 8, end, due) else {
                        break;
                    };
                    found.damaged += u64::from(frame.number.wrapping_sub(due));
                    (at, due) = (position, frame.number);
                }
            }
        }
        // What the producer counted and nobody found; a count that cannot be is damaged itself.
        let missing = next.wrapping_sub(due);
        if missing <= most_frames(self.data.len()) {
            found.damaged += u64::from(missing);
        }
        found
    }

    /// The nearest frame behind a position whose number comes after `due`.
    fn later(&self, from: u64, end: u64, due: u32) -> Option<(u64, Frame<'a>)> {
        let most = most_frames(usize::try_from(self.len).unwrap_or(usize::MAX));
        (from..end).step_by(8).find_map(|position| {
            let frame = self.frame_at(position)?;
            let ahead = frame.number.wrapping_sub(due);
            (ahead > 0 && ahead <= most).then_some((position, frame))
        })
    }

    /// Without a trustworthy head: from the frame at the head if there is one, else from the oldest frame
    /// that can be found.
    fn follow_from_anywhere(&self, head: u64, next: u32) -> Frames<'a> {
        let most = most_frames(usize::try_from(self.len).unwrap_or(usize::MAX));
        let is_recent = |frame: &Frame<'_>| {
            let behind = next.wrapping_sub(frame.number);
            behind > 0 && behind <= most
        };
        let at_head = Some(head)
            .filter(|head| head.is_multiple_of(8) && *head < u64::MAX / 2)
            .and_then(|head| self.frame_at(head).filter(is_recent));
        if let Some(frame) = at_head {
            return self.follow(head, frame.number, u64::MAX, next);
        }
        let oldest = (0..self.len)
            .step_by(8)
            .filter_map(|position| Some((position, self.frame_at(position)?)))
            .filter(|(_, frame)| is_recent(frame))
            .max_by_key(|(_, frame)| next.wrapping_sub(frame.number));
        match oldest {
            Some((position, frame)) => self.follow(position, frame.number, u64::MAX, next),
            None => Frames::default(),
        }
    }
}
