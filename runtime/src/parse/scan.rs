//! A cursor over text: JSON strings, numbers, and where a mistake is.

use std::borrow::Cow;

use super::{ParseError, quoted};
use crate::format::push_next;
use crate::value::ValueBuf;

/// Reads text from the front.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes over bytes that were looked at; they end a character.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes over `expected` if it comes next.
    pub(crate) fn take(&mut self, expected: &str) -> bool {
        let comes = self.rest().starts_with(expected);
        if comes {
            self.at += expected.len();
        }
        comes
    }

    /// Goes over white space as JSON has it.
    pub(crate) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes what comes before the first character that ends it.
    pub(crate) fn take_until(&mut self, ends: fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.find(ends).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// An error at this place.
    pub(crate) fn error(&self, what: impl Into<Cow<'static, str>>) -> ParseError {
        self.error_at(self.at, what)
    }

    /// An error at an earlier place.
    pub(crate) fn error_at(&self, at: usize, what: impl Into<Cow<'static, str>>) -> ParseError {
        let before = self.text.get(..at).unwrap_or(self.text);
        ParseError {
            column: before.chars().count() + 1,
            what: what.into(),
        }
    }

    /// The place of the cursor, for [`error_at`](Self::error_at).
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Reads a JSON string, quotes and all.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, ParseError> {
        let start = self.at;
        if !self.take("\"") {
            return Err(self.error("expected a text in quotes"));
        }
        let mut whole: Cow<'a, str> = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let stop = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
            let Some(len) = rest.as_bytes().iter().position(stop) else {
                return Err(self.error_at(start, "a text without its closing quote"));
            };
            // The stop is an ASCII byte, so the part ends between characters.
            let part = rest.get(..len).unwrap_or_default();
            if whole.is_empty() {
                whole = Cow::Borrowed(part);
            } else if !part.is_empty() {
                whole.to_mut().push_str(part);
            }
            self.at += len;
            match rest.as_bytes()[len] {
                b'"' => {
                    self.at += 1;
                    return Ok(whole);
                }
                b'\\' => {
                    let character = self.escape()?;
                    whole.to_mut().push(character);
                }
                _ => return Err(self.error("a control character inside a text")),
            }
        }
    }

    /// Reads one escape, from its backslash on.
    fn escape(&mut self) -> Result<char, ParseError> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        let character = match letter {
            Some(it @ (b'"' | b'\\' | b'/')) => char::from(it),
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => {
                self.at += 1;
                return self.code(start);
            }
            _ => {
                return Err(self.error_at(
                    start,
                    "an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
                ));
            }
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads the digits after `\u`, and the second half when there is one.
    fn code(&mut self, start: usize) -> Result<char, ParseError> {
        let mut units = [self.unit(start)?, 0];
        let mut len = 1;
        if (0xd800..0xdc00).contains(&units[0]) && self.take("\\u") {
            units[1] = self.unit(start)?;
            len = 2;
        }
        let mut read = char::decode_utf16(units.into_iter().take(len));
        match (read.next(), read.next()) {
            (Some(Ok(character)), None) => Ok(character),
            _ => Err(self.error_at(start, "half a surrogate pair is no character")),
        }
    }

    fn unit(&mut self, start: usize) -> Result<u16, ParseError> {
        let digits = self.rest().get(..4).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(self.error_at(start, "expected four hexadecimal digits after `\\u`"));
        }
        self.at += 4;
        u16::from_str_radix(digits, 16).map_err(|_| self.error_at(start, "no code unit"))
    }

    /// Reads `null`, `true`, `false` or a number, and gives its text.
    pub(crate) fn scalar(&mut self) -> Result<&'a str, ParseError> {
        let start = self.at;
        let word =
            self.take_until(|it| !(it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.')));
        if matches!(word, "null" | "true" | "false") || is_number(word) {
            Ok(word)
        } else if word.is_empty() {
            Err(self.error_at(start, "expected a value"))
        } else {
            Err(self.error_at(
                start,
                format!("{} is no value; a text stands in quotes", quoted(word)),
            ))
        }
    }
}

/// Reads a structure, in the one form that JSON has for it.
pub(super) fn structure(cursor: &mut Cursor<'_>) -> Result<ValueBuf, ParseError> {
    let mut form = Vec::new();
    push_next::<false>(cursor, &mut form)?;
    String::from_utf8(form)
        .map(ValueBuf::Json)
        .map_err(|_| cursor.error("no text"))
}

/// Whether the text is a number as JSON has it.
fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let len = digits(fraction);
        if len == 0 {
            return false;
        }
        rest = &fraction[len..];
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty();
    };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == exponent.len()
}

/// What a word without quotes is: nothing, a truth value, a number, or `None` for anything else.
pub(crate) fn value_of_word(word: &str) -> Option<ValueBuf> {
    Some(match word {
        "null" => ValueBuf::None,
        "true" => ValueBuf::Bool(true),
        "false" => ValueBuf::Bool(false),
        _ if is_number(word) => value_of_number(word),
        _ => return None,
    })
}

/// A number that fits no type of 64 bits keeps its digits, as text.
fn value_of_number(text: &str) -> ValueBuf {
    if text.contains(['.', 'e', 'E']) {
        match text.parse::<f64>() {
            Ok(it) if it.is_finite() => ValueBuf::Float(it),
            _ => ValueBuf::Str(text.to_owned()),
        }
    } else if let Ok(it) = text.parse::<i64>() {
        ValueBuf::Int(it)
    } else if let Ok(it) = text.parse::<u64>() {
        ValueBuf::UInt(it)
    } else {
        ValueBuf::Str(text.to_owned())
    }
}
