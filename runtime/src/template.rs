//! A message with holes. The macro parses it and writes its pieces into the text of the site, which
//! `site/outline` reads; the holes are fields of the record, and the message is put together only when the
//! record is written.

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

    /// Reads `[[fill]align][+][#][0][width][.precision][form]`, as macros write it into the text of a site, and
    /// `Display` writes it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut spec = Self::PLAIN;
        let mut rest = text;
        let (mut one, mut two) = (text.chars(), text.chars());
        two.next();
        if let (Some(fill), Some(align)) =
            (one.clone().next(), two.next().and_then(Align::of_letter))
        {
            (spec.fill, spec.align, rest) = (fill, align, two.as_str());
        } else if let Some(align) = one.next().and_then(Align::of_letter) {
            (spec.align, rest) = (align, one.as_str());
        }
        let mut take = |letter| match rest.strip_prefix(letter) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        };
        (spec.plus, spec.alternate, spec.zero) = (take('+'), take('#'), take('0'));
        let form = rest.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
        let (width, precision) = match rest[..rest.len() - form.len()].split_once('.') {
            Some((width, precision)) => (width, Some(precision)),
            None => (&rest[..rest.len() - form.len()], None),
        };
        if !width.is_empty() {
            spec.width = width.parse().ok()?;
        }
        spec.precision = precision.map(str::parse).transpose().ok()?;
        spec.radix = Radix::of_form(form)?;
        Some(spec)
    }
}

impl core::fmt::Display for Spec {
    /// As a template has it behind its colon.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        use core::fmt::Write as _;
        if let Some(align) = self.align.letter() {
            if self.fill != ' ' {
                f.write_char(self.fill)?;
            }
            f.write_char(align)?;
        }
        for (given, letter) in [(self.plus, '+'), (self.alternate, '#'), (self.zero, '0')] {
            if given {
                f.write_char(letter)?;
            }
        }
        if self.width > 0 {
            write!(f, "{}", self.width)?;
        }
        if let Some(precision) = self.precision {
            write!(f, ".{precision}")?;
        }
        f.write_str(self.radix.form())
    }
}

impl Align {
    fn of_letter(letter: char) -> Option<Self> {
        [Self::Left, Self::Center, Self::Right]
            .into_iter()
            .find(|align| align.letter() == Some(letter))
    }

    fn letter(self) -> Option<char> {
        match self {
            Self::Default => None,
            Self::Left => Some('<'),
            Self::Center => Some('^'),
            Self::Right => Some('>'),
        }
    }
}

impl Radix {
    fn of_form(form: &str) -> Option<Self> {
        [
            Self::Decimal,
            Self::LowerHex,
            Self::UpperHex,
            Self::Octal,
            Self::Binary,
            Self::LowerExp,
        ]
        .into_iter()
        .find(|radix| radix.form() == form)
    }

    fn form(self) -> &'static str {
        match self {
            Self::Decimal => "",
            Self::LowerHex => "x",
            Self::UpperHex => "X",
            Self::Octal => "o",
            Self::Binary => "b",
            Self::LowerExp => "e",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_is_read_as_it_is_written() {
        for text in [
            "",
            "x",
            ">8.2",
            "_<+#012.0X",
            "^1000",
            ".3e",
            "08",
            "+b",
            "><+o",
            "é^3",
        ] {
            let spec = Spec::read(text).expect(text);
            assert_eq!(spec.to_string(), text);
            assert_eq!(spec == Spec::PLAIN, text.is_empty());
        }
        assert_eq!(
            Spec::read(" >8"),
            Spec::read(">8"),
            "a macro writes the fill"
        );
        assert_eq!(
            Spec::read("8.2x").map(|it| (it.width, it.precision)),
            Some((8, Some(2)))
        );
        for wrong in ["8..2", "99999", "y", "1.2.3"] {
            assert_eq!(Spec::read(wrong), None, "{wrong}");
        }
    }

    /// The recorder keeps a specification as its text.
    #[test]
    fn every_specification_reads_back() {
        let aligns = [Align::Default, Align::Left, Align::Center, Align::Right];
        let radixes = ["", "x", "X", "o", "b", "e"].map(|it| Radix::of_form(it).expect("known"));
        for nth in 0..aligns.len() * radixes.len() * 8 * 9 {
            let align = aligns[nth % 4];
            let flags = nth / 4 % 8;
            let fills = if align == Align::Default {
                &[' '; 3]
            } else {
                &[' ', '<', '+']
            };
            let spec = Spec {
                fill: fills[nth / 32 % 3],
                align,
                plus: flags & 1 != 0,
                alternate: flags & 2 != 0,
                zero: flags & 4 != 0,
                width: [0, 8, u16::MAX][nth / 32 % 3],
                precision: [None, Some(0), Some(12)][nth / 96 % 3],
                radix: radixes[nth / 288 % 6],
            };
            let text = spec.to_string();
            assert_eq!(Spec::read(&text), Some(spec), "{text}");
        }
    }
}
