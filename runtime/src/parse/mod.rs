//! Text back into records: our own lines and JSON objects, of every precision. Cold and total: any
//! text gives a record or an error that says what is wrong and where, never a panic.

mod json;
mod keys;
mod line;
mod scan;
mod time;

use core::fmt;
use std::borrow::Cow;

pub(crate) use scan::{Cursor, value_of_word};

use crate::error::debug_is_display;
use crate::format::push_escaped;
use crate::level::Level;
use crate::record::RecordBuf;

/// Reads one record, a JSON object or a line, whichever it is. One end of line is allowed, `\n` or
/// `\r\n`.
///
/// What a record reads back as is what [`RecordBuf::normalised`] gives, less what a line leaves out and
/// what the timestamp's precision cuts off.
///
/// ```
/// let line = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500";
/// let record = storyline::parse::parse(line)?;
/// assert_eq!(record.event, "order_paid");
/// assert_eq!(record.field("amount"), Some(&storyline::ValueBuf::Int(500)));
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
///
/// # Errors
///
/// When the text is not exactly one record.
pub fn parse(text: &str) -> Result<RecordBuf, ParseError> {
    // White space as JSON has it; a line begins with none.
    if text
        .trim_start_matches([' ', '\t', '\n', '\r'])
        .starts_with('{')
    {
        parse_json(text)
    } else {
        parse_line(text)
    }
}

/// Reads one record from a line.
///
/// ```
/// let line = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=abc123 | order_paid | amount=500";
/// let record = storyline::parse::parse_line(line)?;
/// assert_eq!((record.service.as_str(), record.pid), ("shop", 7));
/// assert_eq!(record.request_id.as_deref(), Some("abc123"));
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
///
/// # Errors
///
/// When the text is not exactly one line of the form that [`Line`](crate::format::Line) writes.
pub fn parse_line(text: &str) -> Result<RecordBuf, ParseError> {
    line::read(without_end(text))
}

/// Reads one record from a flat JSON object; the order of its keys does not matter.
///
/// ```
/// let json = r#"{"event":"order_paid","timestamp":"2026-06-12T02:07:07Z","level":"INFO","service":"shop","pid":7}"#;
/// let record = storyline::parse::parse_json(json)?;
/// assert_eq!(record.event, "order_paid");
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
///
/// # Errors
///
/// When the text is not exactly one object, lacks `timestamp`, `level`, `service`, `pid` or `event`,
/// or says something twice.
pub fn parse_json(text: &str) -> Result<RecordBuf, ParseError> {
    json::read(without_end(text))
}

fn without_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// Reads the name of a level.
fn level(text: &str) -> Result<Level, String> {
    let known = Level::LIST;
    text.parse()
        .map_err(|_| format!("{} is not a level; write one of {known}", quoted(text)))
}

/// The beginning of a text that is quoted in an error, made harmless as the formats do it.
fn quoted(text: &str) -> String {
    const MOST: usize = 32;
    let end = text.char_indices().nth(MOST).map(|(at, _)| at);
    let start = &text[..end.unwrap_or(text.len())];
    let more = if end.is_some() { "..." } else { "" };
    let mut shown = Vec::new();
    push_escaped::<false>(start, &mut shown);
    format!("`{}{more}`", String::from_utf8_lossy(&shown))
}

/// The text is no record: what is wrong, and where.
///
/// ```
/// let line = "2026-06-12T02:07:07.418Z | LOUD | shop | pid=7 | req=- | order_paid";
/// let error = storyline::parse::parse(line).unwrap_err();
/// assert_eq!(error.column(), 28);
/// assert!(error.to_string().starts_with("column 28: `LOUD` is not a level"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ParseError {
    column: usize,
    what: Cow<'static, str>,
}

impl ParseError {
    /// Where the mistake is: the number of the character, from one.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.what)
    }
}

debug_is_display!(ParseError);

impl std::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::is_hidden;

    #[test]
    fn an_object_is_seen_behind_any_white_space() {
        let json = r#"{"timestamp":"2026-06-12T02:07:07Z","level":"INFO","service":"a","pid":1,"event":"b"}"#;
        for space in ["", " ", "\t", "\n", "\r", "\r\n \t"] {
            let text = format!("{space}{json}");
            assert_eq!(parse(&text), parse_json(&text), "{text:?}");
            assert!(parse(&text).is_ok(), "{text:?}");
        }
    }

    /// Found by fuzzing: what `escape_debug` leaves as it is includes fillers, and variation selectors
    /// after a letter.
    #[test]
    fn an_error_hides_nothing_of_what_it_quotes() {
        for hidden in ('\u{0}'..=char::MAX).filter(|it| is_hidden(*it)) {
            for text in [
                format!("2026-06-12T02:07:07Z | I{hidden} | a | pid=1 | req=- | b"),
                format!("{{\"level\":\"I{hidden}\"}}"),
                format!("{{\"a{hidden}\":1,\"a{hidden}\":2}}"),
            ] {
                // A control character inside of a text is refused for itself.
                let error = parse(&text).expect_err("no record").to_string();
                assert!(!error.contains(is_hidden), "{error:?}");
            }
        }
        let error = parse("{\"level\":\"a\\u3164\\ufe0f\\\"b\"}").expect_err("no level");
        assert!(
            error
                .to_string()
                .starts_with(r#"column 10: `a\u3164\ufe0f\"b` is not a level"#),
            "{error}"
        );
    }
}
