//! Flat JSON objects, as `format::Json` writes them.

use std::borrow::Cow;

use super::keys::Keys;
use super::scan::{Cursor, structure, value_of_word};
use super::{ParseError, level, quoted, time};
use crate::format::RESERVED;
use crate::level::Level;
use crate::record::{LocationBuf, RecordBuf, Timestamp};
use crate::value::ValueBuf;

/// What has been read so far.
#[derive(Default)]
struct Parts {
    timestamp: Option<Timestamp>,
    level: Option<Level>,
    service: Option<String>,
    pid: Option<u32>,
    request_id: Option<String>,
    trace_id: Option<String>,
    span_id: Option<String>,
    event: Option<String>,
    module: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    thread: Option<String>,
    fields: Vec<(String, ValueBuf)>,
}

/// Reads one object without the end of its line.
pub(super) fn read(text: &str) -> Result<RecordBuf, ParseError> {
    let mut cursor = Cursor::new(text);
    cursor.skip_space();
    if !cursor.take("{") {
        return Err(cursor.error("expected `{`"));
    }
    let mut parts = Parts::default();
    let mut keys = Keys::default();
    cursor.skip_space();
    if !cursor.take("}") {
        loop {
            cursor.skip_space();
            let at = cursor.at();
            let key = cursor.string()?;
            if !keys.add(key.clone()) {
                return Err(cursor.error_at(at, format!("the key {} comes twice", quoted(&key))));
            }
            cursor.skip_space();
            if !cursor.take(":") {
                return Err(cursor.error("expected `:` after a key"));
            }
            cursor.skip_space();
            parts.read(key, &mut cursor)?;
            cursor.skip_space();
            if cursor.take("}") {
                break;
            }
            if !cursor.take(",") {
                return Err(cursor.error("expected `,` or `}`"));
            }
        }
    }
    cursor.skip_space();
    if !cursor.is_at_end() {
        return Err(cursor.error("something follows the record"));
    }
    parts.finish(&cursor)
}

impl Parts {
    /// Reads the value of `key`.
    fn read(&mut self, key: Cow<'_, str>, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        let at = cursor.at();
        // A number beyond all types is a text as well, but not the text of a part.
        let is_quoted = cursor.peek() == Some(b'"');
        let value = match cursor.peek() {
            Some(b'"') => ValueBuf::Str(cursor.string()?.into_owned()),
            Some(b'{' | b'[') => structure(cursor)?,
            _ => value_of_word(cursor.scalar()?).unwrap_or(ValueBuf::None),
        };
        if !RESERVED.contains(&key.as_ref()) {
            self.fields.push((key.into_owned(), value));
            return Ok(());
        }
        if value == ValueBuf::None {
            // Other writers say `null` for what a record does not have.
            return Ok(());
        }
        let number = || match &value {
            ValueBuf::Int(it) => u32::try_from(*it).ok(),
            _ => None,
        };
        let done = match key.as_ref() {
            "pid" => number().map(|it| self.pid = Some(it)),
            "code.line" => number().map(|it| self.line = Some(it)),
            _ => match value {
                ValueBuf::Str(text) if is_quoted => {
                    self.read_text(&key, text)
                        .map_err(|what| cursor.error_at(at, what))?;
                    Some(())
                }
                _ => None,
            },
        };
        done.ok_or_else(|| {
            let kind = if matches!(key.as_ref(), "pid" | "code.line") {
                "a number of 32 bits"
            } else {
                "a text"
            };
            cursor.error_at(at, format!("`{key}` must be {kind}"))
        })
    }

    fn read_text(&mut self, key: &str, text: String) -> Result<(), String> {
        let place = match key {
            "timestamp" => {
                self.timestamp = Some(time::read(&text)?);
                return Ok(());
            }
            "level" => {
                let level = level(&text)?;
                self.level = Some(level);
                return Ok(());
            }
            "service" => &mut self.service,
            "request_id" => &mut self.request_id,
            "trace_id" => &mut self.trace_id,
            "span_id" => &mut self.span_id,
            "event" => &mut self.event,
            "code.module" => &mut self.module,
            "code.file" => &mut self.file,
            _ => &mut self.thread,
        };
        *place = Some(text);
        Ok(())
    }

    fn finish(self, cursor: &Cursor<'_>) -> Result<RecordBuf, ParseError> {
        let missing = |key: &str| cursor.error(format!("`{key}` is missing"));
        let is_somewhere = self.module.is_some() || self.file.is_some() || self.line.is_some();
        Ok(RecordBuf {
            timestamp: self.timestamp.ok_or_else(|| missing("timestamp"))?,
            level: self.level.ok_or_else(|| missing("level"))?,
            service: self.service.ok_or_else(|| missing("service"))?,
            pid: self.pid.ok_or_else(|| missing("pid"))?,
            request_id: self.request_id,
            trace_id: self.trace_id,
            span_id: self.span_id,
            event: self.event.ok_or_else(|| missing("event"))?,
            location: is_somewhere.then(|| LocationBuf {
                module: self.module.unwrap_or_default(),
                file: self.file.unwrap_or_default(),
                line: self.line.unwrap_or_default(),
            }),
            thread: self.thread,
            fields: self.fields,
        })
    }
}
