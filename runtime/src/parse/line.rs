//! Lines, as `format::Line` writes them.

use std::borrow::Cow;

use super::keys::Keys;
use super::scan::{Cursor, structure, value_of_word};
use super::{ParseError, level, quoted, time};
use crate::format::{RESERVED, is_word_byte};
use crate::record::RecordBuf;
use crate::value::ValueBuf;

/// Reads one line without its end.
pub(super) fn read(text: &str) -> Result<RecordBuf, ParseError> {
    let mut cursor = Cursor::new(text);
    let word = cursor.take_until(|it| it == ' ');
    let timestamp = time::read(word).map_err(|what| cursor.error_at(0, what))?;
    separator(&mut cursor)?;
    let at = cursor.at();
    let word = cursor.take_until(|it| it == ' ');
    let level = level(word).map_err(|what| cursor.error_at(at, what))?;
    separator(&mut cursor)?;
    let service = part(&mut cursor, "a service")?.into_owned();
    separator(&mut cursor)?;
    let at = cursor.at();
    if !cursor.take("pid=") {
        return Err(cursor.error("expected `pid=`"));
    }
    let pid = cursor
        .take_until(|it| it == ' ')
        .parse()
        .map_err(|_| cursor.error_at(at, "expected a process id after `pid=`"))?;
    separator(&mut cursor)?;
    if !cursor.take("req=") {
        return Err(cursor.error("expected `req=`"));
    }
    let quoted = cursor.peek() == Some(b'"');
    let request_id = part(&mut cursor, "a request id, or `-` for none")?;
    let request_id = (quoted || request_id != "-").then(|| request_id.into_owned());
    separator(&mut cursor)?;
    let event = part(&mut cursor, "an event")?.into_owned();
    let fields = if cursor.is_at_end() {
        Vec::new()
    } else {
        separator(&mut cursor)?;
        fields(&mut cursor)?
    };
    Ok(RecordBuf {
        timestamp,
        level,
        service,
        pid,
        request_id,
        trace_id: None,
        span_id: None,
        event,
        location: None,
        thread: None,
        fields,
    })
}

fn separator(cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
    if cursor.take(" | ") {
        Ok(())
    } else {
        Err(cursor.error("expected ` | `"))
    }
}

/// A part or a key: a bare word or a text in quotes.
fn part<'a>(cursor: &mut Cursor<'a>, what: &'static str) -> Result<Cow<'a, str>, ParseError> {
    if cursor.peek() == Some(b'"') {
        return cursor.string();
    }
    let word = word(cursor);
    if word.is_empty() {
        Err(cursor.error(format!("expected {what}")))
    } else {
        Ok(Cow::Borrowed(word))
    }
}

fn word<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    cursor.take_until(|it| !u8::try_from(it).is_ok_and(is_word_byte))
}

fn fields(cursor: &mut Cursor<'_>) -> Result<Vec<(String, ValueBuf)>, ParseError> {
    let mut fields: Vec<(String, ValueBuf)> = Vec::new();
    let mut keys = Keys::default();
    loop {
        let at = cursor.at();
        let key = part(cursor, "a key")?;
        if RESERVED.contains(&key.as_ref()) {
            return Err(
                cursor.error_at(at, format!("{} cannot be the key of a field", quoted(&key)))
            );
        }
        if !keys.add(key.clone()) {
            return Err(cursor.error_at(at, format!("the key {} comes twice", quoted(&key))));
        }
        if !cursor.take("=") {
            return Err(cursor.error("expected `=` after a key"));
        }
        fields.push((key.into_owned(), value(cursor)?));
        if cursor.is_at_end() {
            return Ok(fields);
        }
        if !cursor.take(" ") {
            return Err(cursor.error("expected a space after a value"));
        }
    }
}

fn value(cursor: &mut Cursor<'_>) -> Result<ValueBuf, ParseError> {
    match cursor.peek() {
        Some(b'"') => Ok(ValueBuf::Str(cursor.string()?.into_owned())),
        Some(b'{' | b'[') => structure(cursor),
        _ => {
            let word = word(cursor);
            if word.is_empty() {
                return Err(cursor.error("expected a value; any other text than letters, digits and -_.:/+@, stands in quotes"));
            }
            Ok(value_of_word(word).unwrap_or_else(|| ValueBuf::Str(word.to_owned())))
        }
    }
}
