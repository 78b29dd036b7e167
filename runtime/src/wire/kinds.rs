//! Which kinds of values a call has, as the compiler knows them: one byte for each, in constant data. Hot rooms
//! name it in their types; nothing of it runs.

use core::marker::PhantomData;

/// What a byte of kinds says. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A field that this site never has, or one of no known kind.
    Absent = 0,
    /// A signed integer of up to 64 bits.
    Int = 1,
    /// An unsigned integer of up to 64 bits.
    UInt = 2,
    /// A signed integer of up to 128 bits.
    BigInt = 3,
    /// An unsigned integer of up to 128 bits.
    BigUInt = 4,
    /// A float of 64 bits.
    Float = 5,
    /// A float of 32 bits.
    Float32 = 6,
    /// True or false.
    Bool = 7,
    /// One character.
    Char = 8,
    /// Text.
    Str = 9,
    /// A duration.
    Duration = 10,
    /// An address of either family.
    Ip = 11,
    /// A moment.
    Time = 12,
    /// A structure.
    Json = 13,
    /// A measured duration in milliseconds.
    Millis = 14,
}

/// The bit of a value that may be `None`.
pub(crate) const OPTIONAL: u8 = 0x80;

const ALL: [Kind; 15] = [
    Kind::Absent,
    Kind::Int,
    Kind::UInt,
    Kind::BigInt,
    Kind::BigUInt,
    Kind::Float,
    Kind::Float32,
    Kind::Bool,
    Kind::Char,
    Kind::Str,
    Kind::Duration,
    Kind::Ip,
    Kind::Time,
    Kind::Json,
    Kind::Millis,
];

impl Kind {
    /// What a byte says, and whether the value may be `None`; nothing for a byte that no kind has.
    pub fn from_byte(byte: u8) -> Option<(Self, bool)> {
        let kind = *ALL.get(usize::from(byte & !OPTIONAL))?;
        Some((kind, byte & OPTIONAL != 0))
    }

    /// As a user of the language would name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "-",
            Self::Int => "i64",
            Self::UInt => "u64",
            Self::BigInt => "i128",
            Self::BigUInt => "u128",
            Self::Float => "f64",
            Self::Float32 => "f32",
            Self::Bool => "bool",
            Self::Char => "char",
            Self::Str => "str",
            Self::Duration => "Duration",
            Self::Ip => "IpAddr",
            Self::Time => "SystemTime",
            Self::Json => "json",
            Self::Millis => "ms",
        }
    }
}

/// The kinds of a value, or of all values of a call.
pub trait Kinds: 'static {
    /// One byte for each value.
    type Bytes: Copy + Send + Sync + 'static;

    /// The bytes themselves.
    const BYTES: Self::Bytes;

    /// The byte of a single value.
    const BYTE: u8;
}

/// A single value.
#[derive(Clone, Copy, Debug)]
pub struct One<const BYTE: u8>;

impl<const BYTE: u8> Kinds for One<BYTE> {
    type Bytes = u8;
    const BYTES: u8 = BYTE;
    const BYTE: u8 = BYTE;
}

/// A single value that may be `None`.
#[derive(Clone, Copy, Debug)]
pub struct Optional<K>(PhantomData<fn() -> K>);

impl<K: Kinds> Kinds for Optional<K> {
    type Bytes = u8;
    const BYTES: u8 = K::BYTE | OPTIONAL;
    const BYTE: u8 = Self::BYTES;
}

impl Kinds for () {
    type Bytes = ();
    const BYTES: () = ();
    const BYTE: u8 = Kind::Absent as u8;
}

/// Two neighbours without a gap.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Beside<A, B>(pub(crate) A, pub(crate) B);

impl<A: Kinds, B: Kinds> Kinds for (A, B) {
    type Bytes = Beside<A::Bytes, B::Bytes>;
    const BYTES: Self::Bytes = Beside(A::BYTES, B::BYTES);
    const BYTE: u8 = Kind::Absent as u8;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_the_place_of_its_kind() {
        for (place, kind) in ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
            assert_eq!(Kind::from_byte(kind as u8), Some((kind, false)));
            assert_eq!(Kind::from_byte(kind as u8 | OPTIONAL), Some((kind, true)));
        }
        assert_eq!(Kind::from_byte(15), None);
    }

    #[test]
    fn kinds_of_a_call_stand_without_gaps() {
        type All = (One<2>, (Optional<One<9>>, (One<7>, ())));
        assert_eq!(size_of::<<All as Kinds>::Bytes>(), 3);
        let Beside(first, Beside(second, Beside(third, ()))) = All::BYTES;
        assert_eq!([first, second, third], [2, 9 | OPTIONAL, 7]);
    }
}
