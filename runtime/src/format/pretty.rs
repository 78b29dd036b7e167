//! Lines for a person at a terminal. Nobody parses them; still one record is one line, and no value
//! gets a byte through that a terminal would obey.

use super::Format;
use super::escape::push_shown;
use super::line::push_word;
use super::names::Names;
use super::time::{Clock, Precision};
use super::value::push_value;
use crate::level::Level;
use crate::record::Record;
use crate::value::Value;

/// Writes records for a terminal: time of day in UTC, level, event, message, fields, request id.
///
/// ```text
/// 02:07:07.418 ERROR    gateway_timeout provider=stripe duration_ms=3000.214 req=abc123
/// ```
///
/// Service, process, trace, location and thread are left out: whoever looks at a terminal knows them
/// or has a file. Colours are off until they are asked for.
///
/// ```
/// use storyline::format::{Format, Pretty};
///
/// let text = "2026-06-12T02:07:07.418Z | INFO | shop | pid=7 | req=- | order_paid | amount=500";
/// let record = storyline::parse::parse(text)?;
/// let mut out = Vec::new();
/// Pretty::default().format(&record.as_record(), &mut out);
/// assert_eq!(out, b"02:07:07.418 INFO     order_paid amount=500\n");
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Debug, Default)]
pub struct Pretty {
    clock: Clock,
    names: Names,
    colour: bool,
}

const OFF: &[u8] = b"\x1b[0m";
const BOLD: &[u8] = b"\x1b[1m";
const DIM: &[u8] = b"\x1b[2m";
const RED: &[u8] = b"\x1b[31m";
const MAGENTA: &[u8] = b"\x1b[35m";
const CYAN: &[u8] = b"\x1b[36m";

/// The day and the letter after it; the zone is the last character.
const DATE: usize = 11;

impl Pretty {
    /// Whether to use colours; not when not said. Ask the terminal and `NO_COLOR` first.
    #[must_use]
    pub fn colour(mut self, on: bool) -> Self {
        self.colour = on;
        self
    }

    /// How fine the time is; milliseconds when not said.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        self.clock = Clock::new(precision);
        self
    }

    fn styled(&self, style: &[u8], out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
        if self.colour && !style.is_empty() {
            out.extend_from_slice(style);
            write(out);
            out.extend_from_slice(OFF);
        } else {
            write(out);
        }
    }

    fn push_field(&self, key: &str, value: Value<'_>, out: &mut Vec<u8>) {
        out.push(b' ');
        self.styled(DIM, out, |out| {
            push_word(key, out);
            out.push(b'=');
        });
        let style = if key == "error" { RED } else { style_of(value) };
        self.styled(style, out, |out| push_value::<true>(value, out));
    }
}

impl Format for Pretty {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        if self.colour {
            out.extend_from_slice(DIM);
        }
        let time = self.clock.text(record.timestamp);
        out.extend_from_slice(&time[DATE..time.len() - 1]);
        if self.colour {
            out.extend_from_slice(OFF);
        }
        out.push(b' ');
        let (style, name) = level(record.level);
        self.styled(style, out, |out| out.extend_from_slice(name));
        self.styled(BOLD, out, |out| push_word(record.event, out));
        if let Some(message) = record.message {
            out.push(b' ');
            push_shown(message, out);
        }
        let mut names = core::mem::take(&mut self.names);
        names.begin();
        for (key, value) in record.fields() {
            let key = names.next(key, record);
            self.push_field(key, value, out);
        }
        self.names = names;
        if let Some(id) = record.request_id {
            out.push(b' ');
            self.styled(DIM, out, |out| {
                out.extend_from_slice(b"req=");
                push_word(id, out);
            });
        }
        out.push(b'\n');
    }
}

/// The level as wide as the widest one, and its colour.
const fn level(level: Level) -> (&'static [u8], &'static [u8]) {
    match level {
        Level::Trace => (DIM, b"TRACE    "),
        Level::Debug => (b"\x1b[34m", b"DEBUG    "),
        Level::Info => (b"\x1b[32m", b"INFO     "),
        Level::Warning => (b"\x1b[33m", b"WARNING  "),
        Level::Error => (RED, b"ERROR    "),
        Level::Critical => (b"\x1b[1;31m", b"CRITICAL "),
    }
}

/// Numbers and spans of time, words of the language, structures; text stays as it is.
const fn style_of(value: Value<'_>) -> &'static [u8] {
    match value {
        Value::None | Value::Bool(_) => MAGENTA,
        Value::Str(_) | Value::Cut { .. } | Value::Char(_) => b"",
        Value::Json(_) => DIM,
        _ => CYAN,
    }
}
