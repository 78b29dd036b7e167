//! The bytes of a record between the caller's thread and whoever reads them: the background thread,
//! or another process after a death. Both sides may import this room; nothing here locks or does I/O, and
//! nothing that a call uses allocates. Version 1, little-endian, nothing aligned:
//!
//! ```text
//! payload  u32 site       number of the site, never an address
//!          u8  level      of this record
//!          u8  event      index into the site's event names
//!          u16 context    length of the context block, without its padding
//!          u64 ticks      the clock's reading
//!          [values]       one per key of the site, in order; see `Tag`
//!          [context]      at the end of the payload, padded to a multiple of 8; see `context`
//! context  u8 flags       1: a request id follows, 2: a trace follows
//!          u8 length, bytes              the request id
//!          32 + 16 bytes                 trace id and span id, hexadecimal
//!          (u8 length, key, value)*      bound fields
//! value    u8 tag, then by tag: nothing, a fixed number of bytes, or u32 length and bytes
//! group    u8 tag, u32 number of the site that has the keys, values, u8 tag of the end: one value of
//!          the record, which becomes several fields; see `spread`
//! ```
//!
//! A call writes by `header`, `context`, `encode`, `text` and `group`, all into an `out`; a reader takes apart by
//! `decode`, `fields` and `spread`. `kinds` are the types of a call's values, as they stand in the program's constants.

mod context;
mod decode;
mod encode;
mod fields;
mod group;
mod header;
mod kinds;
mod out;
mod spread;
mod text;

pub use encode::{Absent, Encode, Maybe, Ticks};
pub use group::Group;
pub use kinds::{Kind, MOST_KINDS, Structure};
pub use text::{Json, Rendered};

pub(crate) use fields::{WireFieldIter, WireFields};
pub(crate) use kinds::Kinds;
pub(crate) use out::Out;

pub(crate) use context::{Bound, ContextView, encode_bound, encode_head};
pub(crate) use decode::{Common, Piece, decode_piece, decode_value, peek_common, peek_timed};
pub(crate) use encode::sealed;
pub(crate) use header::{Header, Mark};
#[cfg(test)]
pub(crate) use kinds::OfStructure;
pub(crate) use kinds::One;
pub(crate) use spread::{GROUP_MARK, Groups, SpreadField, has_groups, spread};
pub(crate) use text::cut_at_char;

/// Bytes of the header.
pub(crate) const HEADER: usize = 16;

/// Bytes that a context block takes in a payload: whole words.
#[inline(always)]
pub(crate) const fn padded(context_len: usize) -> usize {
    context_len.next_multiple_of(8)
}

/// The most bytes one value keeps; the rest is cut and its length noted.
pub(crate) const MAX_VALUE: usize = 64 * 1024;

/// What a value's first byte says. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Tag {
    /// The field does not exist in this record.
    Absent = 0,
    None = 1,
    False = 2,
    True = 3,
    /// i64
    Int = 4,
    /// u64
    UInt = 5,
    /// i128
    BigInt = 6,
    /// u128
    BigUInt = 7,
    /// f64 bits
    Float = 8,
    /// f32 bits
    Float32 = 9,
    /// u32 scalar value
    Char = 10,
    /// u32 length, UTF-8
    Str = 11,
    /// u64 original length, u32 kept length, UTF-8
    Cut = 12,
    /// u64 seconds, u32 nanoseconds
    Duration = 13,
    /// 4 bytes
    Ipv4 = 14,
    /// 16 bytes
    Ipv6 = 15,
    /// i128 nanoseconds since the epoch
    Time = 16,
    /// u32 length, JSON text
    Json = 17,
    /// u64 ticks of the clock: a duration that becomes milliseconds
    Ticks = 18,
    /// u32 number of a site, values, `End`
    Group = 19,
    /// The values of a group end here.
    End = 20,
}

impl Tag {
    const ALL: [Self; 21] = [
        Self::Absent,
        Self::None,
        Self::False,
        Self::True,
        Self::Int,
        Self::UInt,
        Self::BigInt,
        Self::BigUInt,
        Self::Float,
        Self::Float32,
        Self::Char,
        Self::Str,
        Self::Cut,
        Self::Duration,
        Self::Ipv4,
        Self::Ipv6,
        Self::Time,
        Self::Json,
        Self::Ticks,
        Self::Group,
        Self::End,
    ];

    fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}
