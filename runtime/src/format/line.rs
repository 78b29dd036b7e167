//! The default text: one line with six fixed parts and the fields.

use super::Format;
use super::escape::{is_word, push_quoted};
use super::names::Names;
use super::time::{Clock, Precision};
use super::value::{push_text, push_value};
use crate::level::Level;
use crate::record::Record;

/// Writes records as lines.
///
/// ```text
/// 2026-06-12T02:07:07.418Z | ERROR | payment-service | pid=12345 | req=abc123 | gateway_timeout | provider=stripe duration_ms=3000.214
/// ```
///
/// ` | ` stands nowhere but between the parts, and a record is always exactly one line.
#[derive(Debug, Default)]
pub struct Line {
    clock: Clock,
    names: Names,
    origin: Origin,
}

impl Line {
    /// How fine the timestamp is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.clock = Clock::new(precision);
        self
    }
}

impl Format for Line {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        self.clock.push(record.timestamp, out);
        out.extend_from_slice(between(record.level));
        self.origin.push(record.service, record.pid, out);
        match record.request_id {
            None => out.push(b'-'),
            Some("-") => out.extend_from_slice(b"\"-\""),
            Some(id) => push_word(id, out),
        }
        out.extend_from_slice(b" | ");
        push_word(record.event, out);
        self.names.begin();
        let mut before: &[u8] = b" | ";
        for (key, value) in record.fields() {
            out.extend_from_slice(before);
            push_word(
                self.names.next(key, || record.fields().map(|(key, _)| key)),
                out,
            );
            out.push(b'=');
            push_value::<true>(value, out);
            before = b" ";
        }
        if let Some(message) = record.message {
            out.extend_from_slice(before);
            push_word(
                self.names
                    .next("msg", || record.fields().map(|(key, _)| key)),
                out,
            );
            out.push(b'=');
            push_text::<true>(message, out);
        }
        out.push(b'\n');
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

/// The level between its separators.
const fn between(level: Level) -> &'static [u8] {
    match level {
        Level::Trace => b" | TRACE | ",
        Level::Debug => b" | DEBUG | ",
        Level::Info => b" | INFO | ",
        Level::Warning => b" | WARNING | ",
        Level::Error => b" | ERROR | ",
        Level::Critical => b" | CRITICAL | ",
    }
}

/// Service and process as text; they hardly ever change, so the text is kept.
#[derive(Debug, Default)]
struct Origin {
    service: String,
    pid: u32,
    text: Vec<u8>,
}

impl Origin {
    #[inline]
    fn push(&mut self, service: &str, pid: u32, out: &mut Vec<u8>) {
        if self.text.is_empty() || self.pid != pid || self.service != service {
            self.render(service, pid);
        }
        out.extend_from_slice(&self.text);
    }

    #[cold]
    fn render(&mut self, service: &str, pid: u32) {
        self.service.clear();
        self.service.push_str(service);
        self.pid = pid;
        self.text.clear();
        push_word(service, &mut self.text);
        self.text.extend_from_slice(b" | pid=");
        self.text
            .extend_from_slice(itoa::Buffer::new().format(pid).as_bytes());
        self.text.extend_from_slice(b" | req=");
    }
}
