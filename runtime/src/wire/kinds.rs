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
    /// The fields of a structure.
    Fields = 15,
}

/// The bit of a value that may be `None`.
pub(crate) const OPTIONAL: u8 = 0x80;

const ALL: [Kind; 16] = [
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
    Kind::Fields,
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
            Self::Fields => "fields",
        }
    }
}

/// The most values of a call of which an entry has the kinds.
pub const MOST_KINDS: usize = 64;

/// The bytes of a call's first values, the first one lowest. A number and not an array: what is generic over the
/// types of the values can hold no array of as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed([u128; 4]);

impl Packed {
    const NONE: Self = Self([0; 4]);

    /// How many bytes there is room for.
    pub(crate) const MOST: usize = MOST_KINDS;

    /// The same behind another one.
    const fn behind(self, byte: u8) -> Self {
        let Self([a, b, c, d]) = self;
        Self([
            a << 8 | byte as u128,
            b << 8 | a >> 120,
            c << 8 | b >> 120,
            d << 8 | c >> 120,
        ])
    }

    /// The first `N` bytes; what there is no room for is [`Kind::Absent`].
    pub(crate) const fn bytes<const N: usize>(self) -> [u8; N] {
        let mut bytes = [Kind::Absent as u8; N];
        let mut at = 0;
        while at < N && at < Self::MOST {
            bytes[at] = self.0[at / 16].to_le_bytes()[at % 16];
            at += 1;
        }
        bytes
    }
}

/// The most structures among the values of a call of which an entry says what they are.
const MOST_STRUCTURES: usize = 4;

/// The structures among a call's values, in their order: for each the text of the site that has its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Structures([&'static str; MOST_STRUCTURES]);

impl Structures {
    const NONE: Self = Self([""; MOST_STRUCTURES]);

    /// The same behind another one; behind a value that is no structure, which has no text, the same.
    const fn behind(self, text: &'static str) -> Self {
        if text.is_empty() {
            return self;
        }
        let Self([a, b, c, _]) = self;
        Self([text, a, b, c])
    }

    /// The first `G` of them.
    pub(crate) const fn texts<const G: usize>(self) -> [&'static str; G] {
        let mut texts = [""; G];
        let mut at = 0;
        while at < G && at < MOST_STRUCTURES {
            texts[at] = self.0[at];
            at += 1;
        }
        texts
    }
}

/// The kinds of a value, or of all values of a call.
pub trait Kinds: 'static {
    /// The byte of a single value.
    const BYTE: u8;

    /// Of a single value that is a structure the text of its site; else empty.
    const TEXT: &'static str = "";

    /// The bytes of all values.
    const PACKED: Packed;

    /// The structures among all values.
    const STRUCTURES: Structures = Structures::NONE.behind(Self::TEXT);
}

/// A type that stands for a structure that derives `Fields`.
pub trait Structure: 'static {
    /// The text of the site that has its keys.
    const TEXT: &'static str;
}

/// A single value that is a structure.
#[derive(Clone, Copy, Debug)]
pub struct OfStructure<S>(PhantomData<fn() -> S>);

impl<S: Structure> Kinds for OfStructure<S> {
    const BYTE: u8 = Kind::Fields as u8;
    const TEXT: &'static str = S::TEXT;
    const PACKED: Packed = Packed::NONE.behind(Self::BYTE);
}

/// A single value.
#[derive(Clone, Copy, Debug)]
pub struct One<const BYTE: u8>;

impl<const BYTE: u8> Kinds for One<BYTE> {
    const BYTE: u8 = BYTE;
    const PACKED: Packed = Packed::NONE.behind(BYTE);
}

/// A single value that may be `None`.
#[derive(Clone, Copy, Debug)]
pub struct Optional<K>(PhantomData<fn() -> K>);

impl<K: Kinds> Kinds for Optional<K> {
    const BYTE: u8 = K::BYTE | OPTIONAL;
    const TEXT: &'static str = K::TEXT;
    const PACKED: Packed = Packed::NONE.behind(Self::BYTE);
}

impl Kinds for () {
    const BYTE: u8 = Kind::Absent as u8;
    const PACKED: Packed = Packed::NONE;
}

impl<A: Kinds, B: Kinds> Kinds for (A, B) {
    const BYTE: u8 = Kind::Absent as u8;
    const PACKED: Packed = B::PACKED.behind(A::BYTE);
    const STRUCTURES: Structures = B::STRUCTURES.behind(A::TEXT);
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
        assert_eq!(Kind::from_byte(16), None);
    }

    #[test]
    fn the_kinds_of_a_call_stand_in_their_order() {
        type All = (One<2>, (Optional<One<9>>, (One<7>, ())));
        assert_eq!(All::PACKED.bytes(), [2, 9 | OPTIONAL, 7, 0]);
    }

    #[test]
    fn structures_stand_in_their_order() {
        struct Card;
        impl Structure for Card {
            const TEXT: &'static str = "card";
        }
        struct Order;
        impl Structure for Order {
            const TEXT: &'static str = "order";
        }
        type All = (
            One<2>,
            (Optional<OfStructure<Card>>, (OfStructure<Order>, ())),
        );
        type Two = (OfStructure<Card>, (OfStructure<Card>, All));
        type More = (OfStructure<Card>, Two);
        assert_eq!(All::PACKED.bytes(), [2, 15 | OPTIONAL, 15]);
        assert_eq!(All::STRUCTURES.texts(), ["card", "order"]);
        assert_eq!(More::STRUCTURES.texts(), ["card", "card", "card", "card"]);
        assert_eq!(More::STRUCTURES.texts::<5>()[4], "", "no room for it");
    }

    #[test]
    fn what_there_is_no_room_for_is_absent() {
        let mut packed = Packed::NONE;
        for byte in (1..=Packed::MOST + 2).rev() {
            packed = packed.behind(u8::try_from(byte).expect("few"));
        }
        let bytes: [u8; Packed::MOST + 2] = packed.bytes();
        let room = (1..).take(Packed::MOST);
        assert!(bytes.into_iter().eq(room.chain([0, 0])), "{bytes:?}");
    }
}
