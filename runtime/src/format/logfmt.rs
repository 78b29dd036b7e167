//! logfmt as Grafana, Loki and go-logfmt read it: `key=value` pairs, text quoted where it must be.

use super::Format;
use super::escape::push_quoted;
use super::hidden::is_hidden;
use super::names::Names;
use super::time::{Clock, Precision};
use super::value::push_value;
use crate::level::Level;
use crate::record::Record;
use crate::value::Value;

/// Writes records as logfmt, with the keys and the order of [`Json`](super::Json).
///
/// ```text
/// timestamp=2026-06-12T02:07:07.418Z level=error service=payment-service pid=12345 request_id=abc123 event=gateway_timeout provider=stripe duration_ms=3000.214
/// ```
///
/// logfmt has no types and no quotes around keys: a reader finds text only, and what a key cannot hold
/// (space, `=`, `"`, what is hidden) becomes `_`. For a text that reads back whole take
/// [`Line`](super::Line) or [`Json`](super::Json).
///
/// ```
/// use storyline::format::{Format, Logfmt};
///
/// let text = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500";
/// let record = storyline::parse::parse(text)?;
/// let mut out = Vec::new();
/// Logfmt::default().format(&record.as_record(), &mut out);
/// let expected = "timestamp=2026-06-12T02:07:07.418Z level=info service=shop pid=7 event=order_paid amount=500\n";
/// assert_eq!(out, expected.as_bytes());
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Debug, Default)]
pub struct Logfmt {
    clock: Clock,
    names: Names,
    /// The record's keys, when not all of them can stand as they are.
    keys: Vec<String>,
}

impl Logfmt {
    /// How fine the timestamp is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.clock = Clock::new(precision);
        self
    }
}

impl Format for Logfmt {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"timestamp=");
        let time = self.clock.text(record.timestamp);
        out.extend_from_slice(time);
        out.extend_from_slice(level(record.level));
        push_part(b" service=", record.service, out);
        out.extend_from_slice(b" pid=");
        out.extend_from_slice(itoa::Buffer::new().format(record.pid).as_bytes());
        for (key, part) in [
            (&b" request_id="[..], record.request_id),
            (b" trace_id=", record.trace_id),
            (b" span_id=", record.span_id),
            (b" event=", Some(record.event)),
        ] {
            if let Some(text) = part {
                push_part(key, text, out);
            }
        }
        self.push_fields(record, out);
        if let Some(at) = record.location {
            push_part(b" code.module=", at.module, out);
            push_part(b" code.file=", at.file, out);
            out.extend_from_slice(b" code.line=");
            out.extend_from_slice(itoa::Buffer::new().format(at.line).as_bytes());
        }
        if let Some(thread) = record.thread {
            push_part(b" thread.name=", thread, out);
        }
        out.push(b'\n');
    }

    fn label(&self) -> String {
        format!("logfmt:{}", self.clock.precision().digits())
    }
}

impl Logfmt {
    fn push_fields(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let message = record.message.map(|text| ("msg", Value::Str(text)));
        let fields = || record.fields().chain(message);
        self.names.begin();
        if fields().all(|(key, _)| is_plain(key)) {
            for (key, value) in fields() {
                let key = self.names.next(key, record);
                push_field(key, value, out);
            }
            return;
        }
        self.keys.clear();
        self.keys.extend(fields().map(|(key, _)| tamed(key)));
        for (key, (_, value)) in self.keys.iter().zip(fields()) {
            let key = self.names.next(key, &self.keys);
            push_field(key, value, out);
        }
    }
}

fn push_field(key: &str, value: Value<'_>, out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(key.as_bytes());
    out.push(b'=');
    match value {
        Value::Str(text) | Value::Json(text) => push_text(text, out),
        Value::Char(it) => push_text(it.encode_utf8(&mut [0; 4]), out),
        other => push_value::<true>(other, out),
    }
}

fn push_part(key: &[u8], text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(key);
    push_text(text, out);
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    if is_plain(text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_quoted::<false>(text, out);
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_plain_char)
}

fn is_plain_char(it: char) -> bool {
    it > ' ' && !matches!(it, '=' | '"' | '\\') && !is_hidden(it)
}

fn tamed(key: &str) -> String {
    if key.is_empty() {
        return "_".to_owned();
    }
    key.chars()
        .map(|it| if is_plain_char(it) { it } else { '_' })
        .collect()
}

const fn level(level: Level) -> &'static [u8] {
    match level {
        Level::Trace => b" level=trace",
        Level::Debug => b" level=debug",
        Level::Info => b" level=info",
        Level::Warning => b" level=warning",
        Level::Error => b" level=error",
        Level::Critical => b" level=critical",
    }
}
