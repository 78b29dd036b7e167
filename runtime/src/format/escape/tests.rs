//! What is escaped, what is quoted, and what stands as it is.

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
