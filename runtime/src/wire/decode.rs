//! From bytes back to values. Total: any bytes give a value or `None`, never a panic.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::time::Duration;

use super::Tag;
use crate::value::Value;

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

/// A value of one of the kinds that most values are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Common<'a> {
    UInt(u64),
    Int(i64),
    /// Bytes of a text that nobody has looked at.
    Text(&'a [u8]),
}

/// The value at the front, if it is of a common kind, and what comes after it. Whoever does not take it goes
/// by [`decode_value`].
#[inline(always)]
pub(crate) fn peek_common(rest: &[u8]) -> Option<(Common<'_>, &[u8])> {
    let (&tag, mut rest) = rest.split_first()?;
    let common = if tag == Tag::UInt as u8 {
        Common::UInt(u64::from_le_bytes(take(&mut rest)?))
    } else if tag == Tag::Str as u8 {
        let len = u32::from_le_bytes(take(&mut rest)?);
        Common::Text(take_slice(&mut rest, usize::try_from(len).ok()?)?)
    } else if tag == Tag::Int as u8 {
        Common::Int(i64::from_le_bytes(take(&mut rest)?))
    } else {
        return None;
    };
    Some((common, rest))
}

/// The text at the front, if it is one.
fn peek_text(rest: &[u8]) -> Option<&str> {
    match peek_common(rest)? {
        (Common::Text(text), _) => core::str::from_utf8(text).ok(),
        _ => None,
    }
}

/// The ticks of a measured duration at the front, and the text behind it: what a timed call's values begin with.
pub(crate) fn peek_timed(values: &[u8]) -> Option<(u64, &str)> {
    let (&tag, mut rest) = values.split_first()?;
    if tag != Tag::Ticks as u8 {
        return None;
    }
    let ticks = u64::from_le_bytes(take(&mut rest)?);
    Some((ticks, peek_text(rest)?))
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
