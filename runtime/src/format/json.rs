//! One flat JSON object a line.

use super::Format;
use super::body::Body;
use super::escape::push_quoted;
use super::head::Head;
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
        self.head.push(record, out);
        if let Some(id) = record.request_id {
            out.extend_from_slice(b",\"request_id\":");
            push_quoted::<false>(id, out);
        }
        if let Some(id) = record.trace_id {
            out.extend_from_slice(b",\"trace_id\":");
            push_quoted::<false>(id, out);
        }
        if let Some(id) = record.span_id {
            out.extend_from_slice(b",\"span_id\":");
            push_quoted::<false>(id, out);
        }
        self.body.push(record, out);
        if let Some(thread) = record.thread {
            out.extend_from_slice(b",\"thread.name\":");
            push_quoted::<false>(thread, out);
        }
        out.extend_from_slice(b"}\n");
    }

    fn label(&self) -> String {
        format!("json:{}", self.head.precision().digits())
    }
}
