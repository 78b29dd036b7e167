//! The fixed part of a payload, and the word in it that packs three things.

use super::decode::take;
use super::{HEADER, Out, padded};
use crate::level::Level;

/// In one word: the level as a number, the index of the event's name, and in the upper half the length of the
/// context. At a call the first two are constants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(u32);

impl Mark {
    #[inline(always)]
    pub(crate) const fn new(level: u8, event: u8) -> Self {
        Self(level as u32 | (event as u32) << 8)
    }

    #[inline(always)]
    pub(crate) const fn level(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    const fn event(self) -> u8 {
        self.0.to_le_bytes()[1]
    }

    /// With the length of the context, of which 16 bits are kept: more than a block ever has.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a context has at most 8 KiB"
    )]
    pub(crate) const fn with_context(self, context_len: usize) -> u32 {
        self.0 | (context_len as u32) << 16
    }

    const fn context_len(self) -> usize {
        (self.0 >> 16) as usize
    }
}

/// The fixed part of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) site: u32,
    /// What a [`Mark`] packs.
    pub(crate) mark: u32,
    pub(crate) ticks: u64,
}

impl Header {
    #[inline(always)]
    pub(crate) fn encode(self, out: &mut Out<'_>) {
        let first = u64::from(self.site) | u64::from(self.mark) << 32;
        out.put((u128::from(first) | u128::from(self.ticks) << 64).to_le_bytes());
    }

    pub(crate) fn level(self) -> u8 {
        Mark(self.mark).level()
    }

    pub(crate) fn event(self) -> u8 {
        Mark(self.mark).event()
    }

    /// When the record of a payload was made; all that a merge needs.
    #[inline]
    pub(crate) fn ticks(payload: &[u8]) -> Option<u64> {
        payload
            .get(8..)?
            .first_chunk()
            .map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// The same payload with one more value after the others.
    pub(crate) fn repack(self, values: &[u8], value: &[u8], context: &[u8], into: &mut Vec<u8>) {
        into.resize(HEADER, 0);
        self.encode(&mut Out::new(into));
        into.extend_from_slice(values);
        into.extend_from_slice(value);
        into.extend_from_slice(context);
        into.resize(into.len() - context.len() + padded(context.len()), 0);
    }

    /// Whether these bytes can be a payload; for who has found them in memory that may be damaged.
    pub(crate) fn is_plausible(payload: &[u8]) -> bool {
        Self::decode(payload).is_some_and(|(header, ..)| {
            header.site > 0 && Level::from_number(header.level()).is_some()
        })
    }

    /// The header, the context block and the values of a payload.
    pub(crate) fn decode(payload: &[u8]) -> Option<(Self, &[u8], &[u8])> {
        let mut rest = payload;
        let header = Self {
            site: u32::from_le_bytes(take(&mut rest)?),
            mark: u32::from_le_bytes(take(&mut rest)?),
            ticks: u64::from_le_bytes(take(&mut rest)?),
        };
        let context_len = Mark(header.mark).context_len();
        let values_len = rest.len().checked_sub(padded(context_len))?;
        let (values, context) = rest.split_at_checked(values_len)?;
        let context = context.get(..context_len)?;
        Some((header, context, values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mark_packs_a_header_unpacks() {
        let context = [7; 300];
        let header = Header {
            site: 1,
            mark: Mark::new(Level::Error.number(), 3).with_context(context.len()),
            ticks: 9,
        };
        let mut payload = Vec::new();
        header.repack(&[1, 2], &[3], &context, &mut payload);
        assert_eq!((header.level(), header.event()), (Level::Error.number(), 3));
        assert_eq!(Header::ticks(&payload), Some(9));
        assert_eq!(
            Header::decode(&payload),
            Some((header, &context[..], &[1, 2, 3][..]))
        );
    }
}
