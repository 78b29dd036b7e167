//! Text from a log to text for a terminal.

use std::borrow::Cow;
use std::fmt::Write;

use storyline::format::is_hidden;
use unicode_width::UnicodeWidthChar;

/// The text with everything escaped that could move a cursor, change a colour, turn a line around or
/// hide: control characters, bidirectional and zero-width ones, tags, line and paragraph separators.
/// Written as JSON writes them, `\u001b`.
///
/// ```
/// assert_eq!(storyline_cli::show::clean("\u{1b}[31mred"), r"\u001b[31mred");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_hidden) else {
        return Cow::Borrowed(text);
    };
    let (plain, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(plain);
    for character in rest.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(character) => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// How many columns of a terminal a text takes.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(char_columns).sum()
}

pub(super) fn char_columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scalar_value_gets_a_control_through() {
        for scalar in '\0'..=char::MAX {
            let text = scalar.to_string();
            let shown = clean(&text);
            assert!(
                !shown.chars().any(|it| it.is_control() || is_hidden(it)),
                "{scalar:?}"
            );
            assert!(shown == text || shown.starts_with('\\'), "{scalar:?}");
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(columns("abc"), 3);
        assert_eq!(columns("日本"), 4);
    }
}
