//! One flat JSON object a line.

use super::Format;
use super::escape::push_quoted;
use super::names::Names;
use super::time::{Clock, Precision};
use super::value::push_value;
use crate::level::Level;
use crate::record::Record;

/// Writes records as JSON, one object a line.
///
/// ```text
/// {"timestamp":"2026-06-12T02:07:07.418Z","level":"ERROR","service":"payment-service","pid":12345,"request_id":"abc123","event":"gateway_timeout","provider":"stripe","duration_ms":3000.214,"code.module":"shop","code.file":"src/main.rs","code.line":7,"thread.name":"main"}
/// ```
///
/// The fields stand between `event` and `code.module`; no key comes twice.
#[derive(Debug, Default)]
pub struct Json {
    clock: Clock,
    names: Names,
    origin: Origin,
}

impl Json {
    /// How fine the timestamp is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.clock = Clock::new(precision);
        self
    }
}

impl Format for Json {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"timestamp\":\"");
        self.clock.push(record.timestamp, out);
        out.extend_from_slice(level(record.level));
        self.origin.push(record.service, record.pid, out);
        for (key, part) in [
            (&b",\"request_id\":"[..], record.request_id),
            (b",\"trace_id\":", record.trace_id),
            (b",\"span_id\":", record.span_id),
            (b",\"event\":", Some(record.event)),
        ] {
            if let Some(text) = part {
                out.extend_from_slice(key);
                push_quoted::<false>(text, out);
            }
        }
        self.names.begin();
        for (key, value) in record.fields() {
            out.push(b',');
            push_quoted::<false>(
                self.names.next(key, || record.fields().map(|(key, _)| key)),
                out,
            );
            out.push(b':');
            push_value::<false>(value, out);
        }
        if let Some(message) = record.message {
            out.push(b',');
            push_quoted::<false>(
                self.names
                    .next("msg", || record.fields().map(|(key, _)| key)),
                out,
            );
            out.push(b':');
            push_quoted::<false>(message, out);
        }
        if let Some(at) = record.location {
            out.extend_from_slice(b",\"code.module\":");
            push_quoted::<false>(at.module, out);
            out.extend_from_slice(b",\"code.file\":");
            push_quoted::<false>(at.file, out);
            out.extend_from_slice(b",\"code.line\":");
            out.extend_from_slice(itoa::Buffer::new().format(at.line).as_bytes());
        }
        if let Some(thread) = record.thread {
            out.extend_from_slice(b",\"thread.name\":");
            push_quoted::<false>(thread, out);
        }
        out.extend_from_slice(b"}\n");
    }
}

/// The end of the timestamp, the level, and the key of the service.
const fn level(level: Level) -> &'static [u8] {
    match level {
        Level::Trace => b"\",\"level\":\"TRACE\",\"service\":",
        Level::Debug => b"\",\"level\":\"DEBUG\",\"service\":",
        Level::Info => b"\",\"level\":\"INFO\",\"service\":",
        Level::Warning => b"\",\"level\":\"WARNING\",\"service\":",
        Level::Error => b"\",\"level\":\"ERROR\",\"service\":",
        Level::Critical => b"\",\"level\":\"CRITICAL\",\"service\":",
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
        push_quoted::<false>(service, &mut self.text);
        self.text.extend_from_slice(b",\"pid\":");
        self.text
            .extend_from_slice(itoa::Buffer::new().format(pid).as_bytes());
    }
}
