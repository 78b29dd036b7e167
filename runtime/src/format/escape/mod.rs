//! Text into quoted text. Everything that could move a cursor, turn a line around, hide or end it is
//! escaped; everything else stays readable. Both halves, writing and reading, rest on these tables.

use super::hidden::is_hidden;

/// May stand in a bare word.
const SAFE: u8 = 0;
/// Stands for itself inside quotes.
const PLAIN: u8 = 1;
/// Is a bar, which a line keeps apart from its separators.
const BAR: u8 = 2;
/// Begins a character that may be hidden; the character itself decides.
const LEAD: u8 = 3;
/// Is written as `\uXXXX`. Every greater class is the letter after the backslash.
const CODE: u8 = 4;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [PLAIN; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "counts to 255")]
        let it = byte as u8;
        table[byte] = match it {
            b'"' | b'\\' => it,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0..=0x1f | 0x7f => CODE,
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b':'
            | b'/'
            | b'+'
            | b'@'
            | b',' => SAFE,
            b'|' => BAR,
            // The first bytes, in UTF-8, of all that is hidden and not ASCII.
            0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3 => LEAD,
            _ => PLAIN,
        };
        byte += 1;
    }
    table
}

/// Whether the text is one bare word: not empty, and of letters, digits and `-_.:/+@,` only.
#[inline]
pub(crate) fn is_word(text: &str) -> bool {
    is_word_of_bytes(text.as_bytes())
}

#[inline]
fn is_word_of_bytes(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|&byte| is_word_byte(byte))
}

/// Whether a bare word may have this byte.
#[inline]
pub(crate) fn is_word_byte(byte: u8) -> bool {
    CLASS[usize::from(byte)] == SAFE
}

/// Whether a bare word is shown without quotes: it would not read back as anything but text.
#[inline]
pub(crate) fn is_bare_text(text: &str) -> bool {
    is_bare(text.as_bytes())
}

/// The same for bytes that may be no text: what is true is ASCII.
#[inline]
pub(super) fn is_bare(text: &[u8]) -> bool {
    if !is_word_of_bytes(text) {
        return false;
    }
    match text {
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => !looks_numeric(text),
        [b'n' | b't' | b'f', ..] => !matches!(text, b"null" | b"true" | b"false"),
        _ => true,
    }
}

/// Whether bytes stand for themselves inside the quotes of JSON: what is true is ASCII.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    text.iter()
        .all(|&byte| byte < 0x80 && CLASS[usize::from(byte)] <= BAR)
}

/// Whether anybody might take the text for a number: wider than the numbers we write, so that `007`
/// and `+5` keep their quotes for the sake of other readers.
pub(crate) fn looks_numeric(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"+").or(text.strip_prefix(b"-"));
    let rest = rest.unwrap_or(text);
    let whole = digits(rest);
    let (fraction, rest) = match rest[whole..].strip_prefix(b".") {
        Some(rest) => (digits(rest), &rest[digits(rest)..]),
        None => (0, &rest[whole..]),
    };
    if whole + fraction == 0 {
        return false;
    }
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
        _ => false,
    }
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Writes a JSON string with its quotes. In a `LINE`, a bar between two spaces is escaped too, so that
/// ` | ` stands nowhere but between the parts of the line.
#[inline]
pub(crate) fn push_quoted<const LINE: bool>(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    push_escaped::<LINE>(text, out);
    out.push(b'"');
}

/// Writes the inside of a JSON string.
#[inline]
pub(crate) fn push_escaped<const LINE: bool>(text: &str, out: &mut Vec<u8>) {
    match text
        .bytes()
        .position(|byte| CLASS[usize::from(byte)] > PLAIN)
    {
        None => out.extend_from_slice(text.as_bytes()),
        Some(first) => push_from::<LINE>(text, first, out),
    }
}

#[cold]
fn push_from<const LINE: bool>(text: &str, first: usize, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = first;
    while let Some(&byte) = bytes.get(at) {
        let class = CLASS[usize::from(byte)];
        let len = match class {
            SAFE | PLAIN => {
                at += 1;
                continue;
            }
            BAR => {
                let apart = at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ');
                if !(LINE && apart) {
                    at += 1;
                    continue;
                }
                1
            }
            LEAD => {
                let character = text[at..].chars().next().unwrap_or_default();
                if !is_hidden(character) {
                    at += character.len_utf8();
                    continue;
                }
                character.len_utf8()
            }
            _ => 1,
        };
        out.extend_from_slice(&bytes[done..at]);
        if class > CODE {
            out.extend_from_slice(&[b'\\', class]);
        } else {
            push_code(&text[at..at + len], out);
        }
        at += len;
        done = at;
    }
    out.extend_from_slice(&bytes[done..]);
}

/// Writes text that stands without quotes, for a person: only what is hidden is escaped.
pub(crate) fn push_shown(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(is_hidden) {
        let (before, from) = rest.split_at(at);
        let len = from.chars().next().map_or(0, char::len_utf8);
        let (hidden, behind) = from.split_at(len);
        out.extend_from_slice(before.as_bytes());
        push_escaped::<false>(hidden, out);
        rest = behind;
    }
    out.extend_from_slice(rest.as_bytes());
}

/// Writes characters as `\uXXXX`, those beyond 16 bits as two.
fn push_code(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for unit in text.encode_utf16() {
        let digit = |shift: u32| HEX[usize::from(unit >> shift & 15)];
        out.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
    }
}

#[cfg(test)]
mod tests;
