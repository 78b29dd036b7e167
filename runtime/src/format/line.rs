//! The default text: one line with six fixed parts and the fields.

use super::Format;
use super::body::Body;
use super::escape::{is_word, push_quoted};
use super::head::Head;
use super::page::Page;
use super::time::Precision;
use crate::record::Record;

/// Writes records as lines.
///
/// ```text
/// 2026-06-12T02:07:07.418Z | ERROR | payment-service | pid=12345 | req=abc123 | gateway_timeout | provider=stripe duration_ms=3000.214
/// ```
///
/// ` | ` stands nowhere but between the parts, and a record is always exactly one line. Trace, span,
/// location and thread have no place in a line; JSON has them.
///
/// ```
/// use storyline::format::{Format, Line, Precision};
///
/// let text = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500\n";
/// let record = storyline::parse::parse(text)?;
/// let mut out = Vec::new();
/// Line::default().format(&record.as_record(), &mut out);
/// assert_eq!(out, text.as_bytes());
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Debug, Default)]
pub struct Line {
    head: Head<true>,
    body: Body<true>,
}

impl Line {
    /// How fine the timestamp is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.head = Head::new(precision);
        self
    }
}

impl Format for Line {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let mut page = Page::from(core::mem::take(out));
        self.write(record, &mut page);
        *out = page.into();
    }

    fn write(&mut self, record: &Record<'_>, page: &mut Page) {
        let mut end = page.end();
        self.head.push(record, &mut end);
        match record.request_id {
            None => end.byte(b'-'),
            Some("-") => end.text(b"\"-\""),
            Some(id) if is_word(id) => end.text(id.as_bytes()),
            Some(id) => end.direct(|out| push_quoted::<true>(id, out)),
        }
        self.body.push(record, &mut end);
        end.byte(b'\n');
        let len = end.position();
        page.set_len(len);
    }

    fn label(&self) -> String {
        format!("line:{}", self.head.precision().digits())
    }
}

/// A part or a key: bare when it is one safe word, else quoted.
#[inline]
pub(super) fn push_word(text: &str, out: &mut Vec<u8>) {
    if is_word(text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_quoted::<true>(text, out);
    }
}
