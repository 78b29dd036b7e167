//! Structures: JSON text inside a record. Text from outside is read completely before it is believed,
//! and written again in one form: no white space, strings escaped by our own rules.

use super::escape::push_quoted;
use crate::parse::{Cursor, ParseError};

/// How deep arrays and objects may nest. Deeper text is no structure but text.
pub(crate) const MAX_DEPTH: u32 = 128;

/// Writes JSON text in its one form, or nothing and `false` when it is not valid.
pub(crate) fn push_json<const LINE: bool>(text: &str, out: &mut Vec<u8>) -> bool {
    let start = out.len();
    let mut cursor = Cursor::new(text);
    cursor.skip_space();
    let done = push_next::<LINE>(&mut cursor, out);
    cursor.skip_space();
    let valid = done.is_ok() && cursor.is_at_end();
    if !valid {
        out.truncate(start);
    }
    valid
}

/// Reads one JSON value and writes it in its one form.
///
/// # Errors
///
/// When the text is no JSON value; `out` may then hold a part of it.
pub(crate) fn push_next<const LINE: bool>(
    cursor: &mut Cursor<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ParseError> {
    // One bit for each open level: set for an object.
    let mut open = 0_u128;
    let mut depth = 0_u32;
    loop {
        // A value begins here.
        match cursor.peek() {
            Some(bracket @ (b'{' | b'[')) => {
                if depth == MAX_DEPTH {
                    return Err(cursor.error("a structure nests deeper than 128"));
                }
                cursor.advance(1);
                out.push(bracket);
                let object = bracket == b'{';
                open = open << 1 | u128::from(object);
                depth += 1;
                cursor.skip_space();
                if cursor.peek() != Some(closing(open)) {
                    if object {
                        push_key::<LINE>(cursor, out)?;
                    }
                    continue;
                }
            }
            Some(b'"') => push_quoted::<LINE>(&cursor.string()?, out),
            _ => out.extend_from_slice(cursor.scalar()?.as_bytes()),
        }
        // A value has ended here, or a structure is still empty.
        loop {
            if depth == 0 {
                return Ok(());
            }
            cursor.skip_space();
            match cursor.peek() {
                Some(b',') if !out.ends_with(b"{") && !out.ends_with(b"[") => {
                    cursor.advance(1);
                    out.push(b',');
                    cursor.skip_space();
                    if open & 1 == 1 {
                        push_key::<LINE>(cursor, out)?;
                    }
                    break;
                }
                Some(byte) if byte == closing(open) => {
                    cursor.advance(1);
                    out.push(byte);
                    open >>= 1;
                    depth -= 1;
                }
                _ if open & 1 == 1 => return Err(cursor.error("expected `,` or `}`")),
                _ => return Err(cursor.error("expected `,` or `]`")),
            }
        }
    }
}

const fn closing(open: u128) -> u8 {
    if open & 1 == 1 { b'}' } else { b']' }
}

fn push_key<const LINE: bool>(
    cursor: &mut Cursor<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ParseError> {
    if cursor.peek() != Some(b'"') {
        return Err(cursor.error("expected a key in quotes"));
    }
    push_quoted::<LINE>(&cursor.string()?, out);
    cursor.skip_space();
    if cursor.peek() != Some(b':') {
        return Err(cursor.error("expected `:` after a key"));
    }
    cursor.advance(1);
    out.push(b':');
    cursor.skip_space();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> Option<String> {
        let mut out = b"x".to_vec();
        let valid = push_json::<true>(text, &mut out);
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(
            valid || out == "x",
            "nothing is left of what is not valid: {out}"
        );
        valid.then(|| out[1..].to_owned())
    }

    #[test]
    fn writes_one_form() {
        for (text, form) in [
            (
                r#" { "a" : [ 1 , 2.50, -0e1 ] , "b" : { } , "c":[ ] } "#,
                r#"{"a":[1,2.50,-0e1],"b":{},"c":[]}"#,
            ),
            (
                r#"["\u0041\/\u001b", "\ud83c\udf89"]"#,
                r#"["A/\u001b","🎉"]"#,
            ),
            ("[\"\u{202e} | x\"]", r#"["\u202e \u007c x"]"#),
            (
                r#"[" \u007c ", [[]], null, true, false]"#,
                r#"[" \u007c ",[[]],null,true,false]"#,
            ),
            ("5", "5"),
            (r#""a""#, r#""a""#),
        ] {
            assert_eq!(rewritten(text).as_deref(), Some(form), "{text}");
            assert_eq!(rewritten(form).as_deref(), Some(form), "{form}");
        }
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in [
            "",
            " ",
            "{",
            "[",
            "]",
            "[,]",
            "[,1]",
            "[1,]",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            "{1:2}",
            "[1}",
            r#"{"a":1]"#,
            "[1] 2",
            "01",
            "1.",
            "+1",
            ".5",
            "1e",
            "nul",
            "nullx",
            "NaN",
            "\"a",
            "\"\\x\"",
            r#""\ud800""#,
            r#""\udc00x""#,
            r#""\u12g4""#,
            "\"\n\"",
            "[1 2]",
            "é",
            "'a'",
        ] {
            assert_eq!(rewritten(text), None, "{text}");
        }
    }

    #[test]
    fn nests_to_a_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(rewritten(&nested(128)).is_some());
        assert!(rewritten(&nested(129)).is_none());
        assert!(rewritten(&"[".repeat(1_000_000)).is_none());
        assert!(rewritten(&"{\"a\":".repeat(1_000_000)).is_none());
    }
}
