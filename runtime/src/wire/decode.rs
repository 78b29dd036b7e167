//! From bytes back to values. Total: any bytes give a value or `None`, never a panic.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::time::Duration;

use super::{HEADER, Out, Tag};
use crate::value::Value;

/// The fixed part of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) site: u32,
    pub(crate) ticks: u64,
    pub(crate) number: u32,
    pub(crate) level: u8,
    pub(crate) event: u8,
    pub(crate) context_len: u16,
}

impl Header {
    #[inline(always)]
    pub(crate) fn encode(self, out: &mut Out<'_>) {
        let mut bytes = [0; HEADER];
        bytes[0..4].copy_from_slice(&self.site.to_le_bytes());
        bytes[4..12].copy_from_slice(&self.ticks.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.number.to_le_bytes());
        bytes[16] = self.level;
        bytes[17] = self.event;
        bytes[18..20].copy_from_slice(&self.context_len.to_le_bytes());
        out.put(bytes);
    }

    /// Gives an encoded record another number, when it was encoded before its place was known.
    pub(crate) fn renumber(payload: &mut [u8], number: u64) {
        if let Some(bytes) = payload.get_mut(12..16) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the number counts modulo 2^32"
            )]
            bytes.copy_from_slice(&(number as u32).to_le_bytes());
        }
    }

    /// When the record of a payload was made; all that a merge needs.
    #[inline]
    pub(crate) fn ticks(payload: &[u8]) -> Option<u64> {
        payload
            .get(4..)?
            .first_chunk()
            .map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// The header, the context block and the values of a payload.
    pub(crate) fn decode(payload: &[u8]) -> Option<(Self, &[u8], &[u8])> {
        let mut rest = payload;
        let header = Self {
            site: u32::from_le_bytes(take(&mut rest)?),
            ticks: u64::from_le_bytes(take(&mut rest)?),
            number: u32::from_le_bytes(take(&mut rest)?),
            level: take::<1>(&mut rest)?[0],
            event: take::<1>(&mut rest)?[0],
            context_len: u16::from_le_bytes(take(&mut rest)?),
        };
        let (context, values) = rest.split_at_checked(usize::from(header.context_len))?;
        Some((header, context, values))
    }
}

pub(super) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

pub(super) fn take_slice<'a>(rest: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(len)?;
    *rest = tail;
    Some(head)
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let len = u32::from_le_bytes(take(rest)?);
    core::str::from_utf8(take_slice(rest, usize::try_from(len).ok()?)?).ok()
}

/// Reads one value from the front of `rest`. The outer `None` means that the bytes are no value, the
/// inner one that the field is absent. `millis_per_tick` gives measured durations their unit.
pub(crate) fn decode_value<'a>(
    rest: &mut &'a [u8],
    millis_per_tick: f64,
) -> Option<Option<Value<'a>>> {
    let tag = Tag::from_byte(take::<1>(rest)?[0])?;
    Some(Some(match tag {
        Tag::Absent => return Some(None),
        Tag::None => Value::None,
        Tag::False => Value::Bool(false),
        Tag::True => Value::Bool(true),
        Tag::Int => Value::Int(i64::from_le_bytes(take(rest)?)),
        Tag::UInt => Value::UInt(u64::from_le_bytes(take(rest)?)),
        Tag::BigInt => Value::BigInt(i128::from_le_bytes(take(rest)?)),
        Tag::BigUInt => Value::BigUInt(u128::from_le_bytes(take(rest)?)),
        Tag::Float => Value::Float(f64::from_bits(u64::from_le_bytes(take(rest)?))),
        Tag::Float32 => Value::Float32(f32::from_bits(u32::from_le_bytes(take(rest)?))),
        Tag::Char => Value::Char(char::from_u32(u32::from_le_bytes(take(rest)?))?),
        Tag::Str => Value::Str(take_text(rest)?),
        Tag::Cut => {
            let original_len = u64::from_le_bytes(take(rest)?);
            Value::Cut {
                text: take_text(rest)?,
                original_len,
            }
        }
        Tag::Duration => {
            let seconds = u64::from_le_bytes(take(rest)?);
            let nanos = u32::from_le_bytes(take(rest)?);
            if nanos >= 1_000_000_000 {
                return None;
            }
            Value::Duration(Duration::new(seconds, nanos))
        }
        Tag::Ipv4 => Value::Ip(IpAddr::V4(Ipv4Addr::from(take::<4>(rest)?))),
        Tag::Ipv6 => Value::Ip(IpAddr::V6(Ipv6Addr::from(take::<16>(rest)?))),
        Tag::Time => Value::Time(i128::from_le_bytes(take(rest)?)),
        Tag::Json => Value::Json(take_text(rest)?),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a duration of 2^53 ticks is 30 days, exact to the tick"
        )]
        Tag::Ticks => Value::Millis(u64::from_le_bytes(take(rest)?) as f64 * millis_per_tick),
    }))
}
