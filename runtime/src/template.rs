//! A message with holes, parsed once by the macro. The holes are fields of the record; the text is
//! put together only when the record is written.

/// One piece of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(&'static str),
    /// The value of the field with this index among the site's keys.
    Hole(u16, Spec),
}

/// How a hole is written: the parts of Rust's format specification that make sense for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// What fills the width.
    pub fill: char,
    /// Where the value stands within the width.
    pub align: Align,
    /// `+`: positive numbers carry a sign.
    pub plus: bool,
    /// `#`: the alternate form.
    pub alternate: bool,
    /// `0`: fill with zeros after the sign.
    pub zero: bool,
    /// Smallest number of characters, zero for any.
    pub width: u16,
    /// Digits after the point of a float, or most characters of a text.
    pub precision: Option<u16>,
    /// The form of an integer.
    pub radix: Radix,
}

/// Where a value stands within its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Numbers right, text left.
    Default,
    /// `<`
    Left,
    /// `^`
    Center,
    /// `>`
    Right,
}

/// The form of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Radix {
    /// As usual.
    Decimal,
    /// `x`
    LowerHex,
    /// `X`
    UpperHex,
    /// `o`
    Octal,
    /// `b`
    Binary,
    /// `e`
    LowerExp,
}

impl Spec {
    /// A hole without a specification.
    pub const PLAIN: Self = Self {
        fill: ' ',
        align: Align::Default,
        plus: false,
        alternate: false,
        zero: false,
        width: 0,
        precision: None,
        radix: Radix::Decimal,
    };
}
