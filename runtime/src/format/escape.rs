//! Text into quoted text. Everything that could move a cursor, turn a line around, hide or end it is
//! escaped; everything else stays readable. Both halves, writing and reading, rest on these tables.

/// Whether every format escapes this character: it has no place in a line that a person reads.
///
/// ```
/// use storyline::format::is_hidden;
///
/// assert!(is_hidden('\u{1b}'), "steers a terminal");
/// assert!(is_hidden('\u{202e}'), "turns a line around");
/// assert!(!is_hidden('é'));
/// ```
///
/// The ranges are Unicode's (17.0): general categories Cc, Zl and Zp, the property `Bidi_Control`
/// (`PropList.txt`), the property `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`), which
/// holds zero-width characters, fillers, variation selectors and tags, and the interlinear annotation
/// marks.
pub const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// May stand in a bare word.
const SAFE: u8 = 0;
/// Stands for itself inside quotes.
const PLAIN: u8 = 1;
/// Is a bar, which a line keeps apart from its separators.
const BAR: u8 = 2;
/// Begins a character that may be hidden; the character itself decides.
const LEAD: u8 = 3;
/// Is written as `\uXXXX`. Every greater class is the letter behind the backslash.
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
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut out = Vec::new();
        push_quoted::<true>(text, &mut out);
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn every_hidden_character_begins_with_a_byte_that_is_looked_at() {
        for character in '\u{0}'..=char::MAX {
            let first = character.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(
                !is_hidden(character) || CLASS[usize::from(first)] > PLAIN,
                "{character:?}"
            );
        }
    }

    #[test]
    fn escapes_what_is_hidden_and_nothing_else() {
        assert_eq!(line("a\"b\\c\n\r\t"), r#""a\"b\\c\n\r\t""#);
        assert_eq!(line("\u{1b}[2J\u{7f}\u{85}"), r#""\u001b[2J\u007f\u0085""#);
        assert_eq!(line("\u{202e}\u{e0041}"), r#""\u202e\udb40\udc41""#);
        assert_eq!(line("Grüße, 世界 🎉 é"), "\"Grüße, 世界 🎉 é\"");
    }

    #[test]
    fn a_separator_cannot_be_forged() {
        assert_eq!(line("a | ERROR | b"), r#""a \u007c ERROR \u007c b""#);
        assert_eq!(line("| a || b |"), r#""| a || b |""#);
        assert_eq!(line(" | | "), r#"" \u007c \u007c ""#);
        let mut json = Vec::new();
        push_quoted::<false>("a | b", &mut json);
        assert_eq!(json, b"\"a | b\"");
    }

    #[test]
    fn words_that_could_be_something_else_are_quoted() {
        for text in [
            "null", "true", "false", "1", "-1", "+5", "007", "1.", ".5", "1e5", "2E-3",
        ] {
            assert!(!is_bare_text(text), "{text}");
        }
        for text in [
            "0x10",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "10.0.0.1",
            "2026-06-12",
            "NaN",
            "1.5s",
        ] {
            assert!(is_bare_text(text), "{text}");
        }
        for text in ["", "a b", "a=b", "é", "a|b", "\"", "a;b"] {
            assert!(!is_bare_text(text), "{text}");
        }
    }
}
