//! One value as text. The line and JSON differ only in quoting: text that is one safe word stands bare
//! in a line. The table in the room's documentation says what each type becomes.

use std::io::Write as _;

use super::escape::{is_bare, is_bare_text, is_plain, push_escaped, push_quoted};
use super::page::End;
use super::structure;
use super::{number, time};
use crate::value::Value;
use crate::wire::{Common, peek_common};

/// Writes a value.
#[inline]
pub(crate) fn push_value<const LINE: bool>(value: Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::None => out.extend_from_slice(b"null"),
        Value::Bool(it) => out.extend_from_slice(if it { b"true" } else { b"false" }),
        Value::Int(it) => out.extend_from_slice(itoa::Buffer::new().format(it).as_bytes()),
        Value::UInt(it) => out.extend_from_slice(itoa::Buffer::new().format(it).as_bytes()),
        Value::Str(it) => push_text::<LINE>(it, out),
        Value::Float(it) => number::with_float(it, |text| push_float::<LINE>(text, out)),
        Value::Float32(it) => number::with_float32(it, |text| push_float::<LINE>(text, out)),
        Value::Millis(it) if it.is_finite() => number::push_millis(it, out),
        Value::Millis(it) => number::with_float(it, |text| push_float::<LINE>(text, out)),
        other => push_rare::<LINE>(other, out),
    }
}

/// The value in front, if it can be written as it stands on the wire, and what comes after it.
#[inline(always)]
pub(super) fn peek_simple<const LINE: bool>(values: &[u8]) -> Option<(Common<'_>, &[u8])> {
    peek_common(values).filter(|(value, _)| match value {
        Common::UInt(_) | Common::Int(_) => true,
        Common::Text(text) if LINE => is_bare(text),
        Common::Text(text) => is_plain(text),
    })
}

/// Writes what [`peek_simple`] has found.
#[inline(always)]
pub(super) fn push_simple<const LINE: bool>(value: Common<'_>, end: &mut End<'_>) {
    match value {
        Common::UInt(it) => end.number(it),
        Common::Int(it) => {
            if it < 0 {
                end.byte(b'-');
            }
            end.number(it.unsigned_abs());
        }
        Common::Text(text) if LINE => end.text(text),
        Common::Text(text) => {
            end.byte(b'"');
            end.text(text);
            end.byte(b'"');
        }
    }
}

fn push_rare<const LINE: bool>(value: Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::BigInt(it) => {
            let fits = i64::try_from(it).is_ok() || u64::try_from(it).is_ok();
            push_big::<LINE>(it, fits, out);
        }
        Value::BigUInt(it) => push_big::<LINE>(it, u64::try_from(it).is_ok(), out),
        Value::Char(it) => push_text::<LINE>(it.encode_utf8(&mut [0; 4]), out),
        Value::Cut { text, original_len } => push_cut::<LINE>(text, original_len, out),
        Value::Duration(it) => push_plain::<LINE>(out, |out| number::push_duration(it, out)),
        Value::Time(it) => push_plain::<LINE>(out, |out| time::push_moment(it, out)),
        Value::Ip(it) => push_plain::<LINE>(out, |out| {
            // Writing into memory cannot fail.
            let _ = write!(out, "{it}");
        }),
        Value::Json(it) if structure::push_json::<LINE>(it, out) => {}
        Value::Json(it) => push_text::<LINE>(it, out),
        _ => {}
    }
}

/// Text: bare in a line where it can be, else a JSON string.
#[inline]
pub(crate) fn push_text<const LINE: bool>(text: &str, out: &mut Vec<u8>) {
    if LINE && is_bare_text(text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_quoted::<LINE>(text, out);
    }
}

#[inline]
fn push_float<const LINE: bool>(text: &str, out: &mut Vec<u8>) {
    // What is no number has no number's text in JSON; it begins with another letter.
    if LINE || !text.ends_with(['N', 'f']) {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_quoted::<LINE>(text, out);
    }
}

/// Integers beyond 64 bits are text: most readers of JSON would round them without a word.
fn push_big<const LINE: bool>(number: impl itoa::Integer, fits: bool, out: &mut Vec<u8>) {
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(number);
    if fits {
        out.extend_from_slice(text.as_bytes());
    } else {
        push_quoted::<LINE>(text, out);
    }
}

fn push_cut<const LINE: bool>(text: &str, original_len: u64, out: &mut Vec<u8>) {
    out.push(b'"');
    push_escaped::<LINE>(text, out);
    push_cut_mark(original_len, out);
    out.push(b'"');
}

/// What stands after text that was cut.
pub(crate) fn push_cut_mark(original_len: u64, out: &mut Vec<u8>) {
    let _ = write!(out, "…(cut from {original_len} bytes)");
}

/// Text of safe characters only, that no reader takes for a number.
fn push_plain<const LINE: bool>(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    if LINE {
        write(out);
    } else {
        out.push(b'"');
        write(out);
        out.push(b'"');
    }
}
