//! What a hole says of the form of its value: Rust's format specification, as far as it makes sense
//! in a record.

/// The parts of Rust's format specification that make sense for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    fill: char,
    align: Align,
    plus: bool,
    alternate: bool,
    zero: bool,
    width: u16,
    precision: Option<u16>,
    radix: Radix,
}

/// Where a value stands in a wider field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Default,
    Left,
    Center,
    Right,
}

impl Align {
    fn of_letter(letter: char) -> Option<Self> {
        match letter {
            '<' => Some(Self::Left),
            '^' => Some(Self::Center),
            '>' => Some(Self::Right),
            _ => None,
        }
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

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Radix {
    Decimal,
    LowerHex,
    UpperHex,
    Octal,
    Binary,
    LowerExp,
}

impl Radix {
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

impl Spec {
    const PLAIN: Self = Self {
        fill: ' ',
        align: Align::Default,
        plus: false,
        alternate: false,
        zero: false,
        width: 0,
        precision: None,
        radix: Radix::Decimal,
    };

    /// As the text of a site has it: `[fill align][+][#][0][width][.precision][form]`, nothing where all is as usual.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        if let Some(align) = self.align.letter() {
            text.extend([self.fill, align]);
        }
        for (given, letter) in [(self.plus, '+'), (self.alternate, '#'), (self.zero, '0')] {
            if given {
                text.push(letter);
            }
        }
        if self.width > 0 {
            text.push_str(&self.width.to_string());
        }
        if let Some(digits) = self.precision {
            text.push('.');
            text.push_str(&digits.to_string());
        }
        text.push_str(self.radix.form());
        text
    }
}

/// `[[fill]align][+][#][0][width][.precision][type]`
pub(super) fn parse_spec(text: &str, name: &str) -> Result<(Spec, bool), String> {
    let mut spec = Spec::PLAIN;
    let letters: Vec<char> = text.chars().collect();
    let mut rest = letters.as_slice();
    if let [fill, align, after @ ..] = rest
        && let Some(align) = Align::of_letter(*align)
    {
        (spec.fill, spec.align, rest) = (*fill, align, after);
    } else if let [align, after @ ..] = rest
        && let Some(align) = Align::of_letter(*align)
    {
        (spec.align, rest) = (align, after);
    }
    spec.plus = take(&mut rest, '+');
    spec.alternate = take(&mut rest, '#');
    spec.zero = take(&mut rest, '0');
    if let Some(width) = number(&mut rest) {
        spec.width = width?;
    }
    if take(&mut rest, '.') {
        spec.precision = match number(&mut rest) {
            Some(digits) => Some(digits?),
            None => {
                return Err(format!(
                    "`{{{name}:{text}}}` has no digits after the point: write a number, such as `{{{name}:.2}}`"
                ));
            }
        };
    }
    let kind: String = rest.iter().collect();
    let mut debug = false;
    spec.radix = match kind.as_str() {
        "" => Radix::Decimal,
        "?" if spec.alternate => {
            return Err(format!(
                "`{{{name}:#?}}` breaks a record into lines: write `{{{name}:?}}`"
            ));
        }
        "?" => {
            debug = true;
            Radix::Decimal
        }
        "x" => Radix::LowerHex,
        "X" => Radix::UpperHex,
        "o" => Radix::Octal,
        "b" => Radix::Binary,
        "e" => Radix::LowerExp,
        // Python's and C's.
        "s" | "d" | "i" | "u" | "r" => {
            return Err(format!(
                "`{kind}` is not a format in `{{{name}:{text}}}`: a value is shown by `{{{name}}}` alone"
            ));
        }
        "f" => {
            let plain = text.trim_end_matches('f');
            let colon = if plain.is_empty() { "" } else { ":" };
            return Err(format!(
                "`f` is not a format in `{{{name}:{text}}}`: write `{{{name}{colon}{plain}}}`"
            ));
        }
        // What stands behind a key.
        "display" | "debug" | "serde" | "error" | "redact" | "hash" => {
            return Err(format!(
                "`{kind}` is a capture, which a hole does not have: write `{{{name}}}`, and behind the text `{name}: {kind}`"
            ));
        }
        _ if kind.contains('$') => {
            return Err(format!(
                "`{{{name}:{text}}}` takes a width from an argument: write the number itself"
            ));
        }
        _ => {
            return Err(format!(
                "`{kind}` is not a format in `{{{name}:{text}}}`: write one of `?`, `x`, `X`, `o`, `b`, `e`, a width, or a precision such as `.2`"
            ));
        }
    };
    Ok((spec, debug))
}

fn take(rest: &mut &[char], letter: char) -> bool {
    if let [first, after @ ..] = *rest
        && *first == letter
    {
        *rest = after;
        return true;
    }
    false
}

fn number(rest: &mut &[char]) -> Option<Result<u16, String>> {
    let digits: String = rest.iter().take_while(|it| it.is_ascii_digit()).collect();
    if digits.is_empty() {
        return None;
    }
    *rest = &rest[digits.len()..];
    // Nobody reads a field that is wider than this; a record stays small.
    Some(match digits.parse::<u16>() {
        Ok(number) if number <= 1000 => Ok(number),
        _ => Err(format!(
            "a width or precision of `{digits}` is too large: the most is 1000"
        )),
    })
}
