//! One flat JSON object a line.

use super::Format;
use super::body::Body;
use super::escape::{is_plain, push_quoted};
use super::head::Head;
use super::page::{End, Page};
use super::time::Precision;
use crate::record::Record;

/// Writes records as JSON, one object a line.
///
/// ```text
/// {"timestamp":"2026-06-12T02:07:07.418Z","level":"ERROR","service":"payment-service","pid":12345,"request_id":"abc123","event":"gateway_timeout","provider":"stripe","duration_ms":3000.214,"code.module":"shop","code.file":"src/main.rs","code.line":7,"thread.name":"main"}
/// ```
///
/// The fields stand between `event` and `code.module`; no key comes twice. What a record does not have,
/// such as a request id, has no key.
///
/// ```
/// use storyline::format::{Format, Json};
///
/// let text = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500";
/// let record = storyline::parse::parse(text)?;
/// let mut out = Vec::new();
/// Json::default().format(&record.as_record(), &mut out);
/// let json = String::from_utf8_lossy(&out);
/// assert!(json.contains(r#""pid":7,"event":"order_paid","amount":500}"#));
/// assert_eq!(storyline::parse::parse(&json)?, record);
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Debug, Default)]
pub struct Json {
    head: Head<false>,
    body: Body<false>,
}

impl Json {
    /// How fine the timestamp is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.head = Head::new(precision);
        self
    }
}

impl Format for Json {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let mut page = Page::from(core::mem::take(out));
        self.write(record, &mut page);
        *out = page.into();
    }

    fn write(&mut self, record: &Record<'_>, page: &mut Page) {
        let mut end = page.end();
        self.head.push(record, &mut end);
        for (key, part) in [
            (&b",\"request_id\":"[..], record.request_id),
            (b",\"trace_id\":", record.trace_id),
            (b",\"span_id\":", record.span_id),
        ] {
            if let Some(text) = part {
                end.text(key);
                push_short(text, &mut end);
            }
        }
        self.body.push(record, &mut end);
        if let Some(thread) = record.thread {
            end.text(b",\"thread.name\":");
            push_short(thread, &mut end);
        }
        end.text(b"}\n");
        let len = end.position();
        page.set_len(len);
    }

    fn label(&self) -> String {
        format!("json:{}", self.head.precision().digits())
    }
}

/// Quoted text of which nothing is escaped, most of the time.
#[inline(always)]
fn push_short(text: &str, end: &mut End<'_>) {
    if is_plain(text.as_bytes()) {
        end.byte(b'"');
        end.text(text.as_bytes());
        end.byte(b'"');
    } else {
        end.direct(|out| push_quoted::<false>(text, out));
    }
}
