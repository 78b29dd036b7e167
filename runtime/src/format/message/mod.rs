//! The text of a template: its pieces with the values of the record's fields in the holes, set as
//! Rust's own `format!` sets them. Escaping is left to whoever writes the text.

use std::io::Write as _;

use super::{number, time};
use crate::template::{Align, Piece, Radix, Spec};
use crate::value::Value;

/// Puts the text together. `keys` are the site's, which the holes number; a hole whose field is absent
/// stays empty.
pub(crate) fn render<'a, I>(pieces: &[Piece], keys: &[&str], fields: I, out: &mut String)
where
    I: IntoIterator<Item = (&'a str, Value<'a>)> + Copy,
{
    let mut text = core::mem::take(out).into_bytes();
    for piece in pieces {
        match *piece {
            Piece::Text(part) => text.extend_from_slice(part.as_bytes()),
            Piece::Hole(index, spec) => {
                let key = keys.get(usize::from(index));
                let value = key.and_then(|key| fields.into_iter().find(|(name, _)| name == key));
                if let Some((_, value)) = value {
                    push_hole(value, spec, &mut text);
                }
            }
        }
    }
    // Whole characters went in, so this only hands the buffer back.
    *out = String::from_utf8(text).unwrap_or_default();
}

fn push_hole(value: Value<'_>, spec: Spec, out: &mut Vec<u8>) {
    let start = out.len();
    let head = push_body(value, spec, out);
    if spec.width == 0 {
        return;
    }
    let end = out.len();
    let body = String::from_utf8_lossy(&out[start..end]);
    let missing = usize::from(spec.width).saturating_sub(body.chars().count());
    if missing == 0 {
        return;
    }
    // The body is written again after its padding, then its first copy is taken away.
    match head {
        Some(head) if spec.zero => {
            out.extend_from_within(start..start + head);
            out.resize(out.len() + missing, b'0');
            out.extend_from_within(start + head..end);
        }
        _ => {
            let left = match spec.align {
                Align::Right => missing,
                Align::Center => missing / 2,
                Align::Default if is_number(value) => missing,
                Align::Left | Align::Default => 0,
            };
            let mut fill = [0; 4];
            let fill = spec.fill.encode_utf8(&mut fill).as_bytes();
            (0..left).for_each(|_| out.extend_from_slice(fill));
            out.extend_from_within(start..end);
            (left..missing).for_each(|_| out.extend_from_slice(fill));
        }
    }
    out.drain(start..end);
}

const fn is_number(value: Value<'_>) -> bool {
    matches!(
        value,
        Value::Int(_)
            | Value::UInt(_)
            | Value::BigInt(_)
            | Value::BigUInt(_)
            | Value::Float(_)
            | Value::Float32(_)
            | Value::Millis(_)
            | Value::Duration(_)
    )
}

/// Writes the value without its padding. For what zeros may fill: how many bytes of sign and prefix
/// stand before them.
fn push_body(value: Value<'_>, spec: Spec, out: &mut Vec<u8>) -> Option<usize> {
    match value {
        Value::Int(it) => Some(push_integer(it < 0, it.unsigned_abs().into(), spec, out)),
        Value::UInt(it) => Some(push_integer(false, it.into(), spec, out)),
        Value::BigInt(it) => Some(push_integer(it < 0, it.unsigned_abs(), spec, out)),
        Value::BigUInt(it) => Some(push_integer(false, it, spec, out)),
        Value::Float(it) => Some(push_float(it, spec, out, |out| {
            number::with_float(it, |text| out.extend_from_slice(text.as_bytes()));
        })),
        Value::Float32(it) => Some(push_float(it.into(), spec, out, |out| {
            number::with_float32(it, |text| out.extend_from_slice(text.as_bytes()));
        })),
        Value::Millis(it) => Some(push_float(it, spec, out, |out| {
            number::push_millis(it, out);
        })),
        Value::Duration(it) => {
            let head = push_float(it.as_secs_f64(), spec, out, |out| {
                number::push_seconds(it, out);
            });
            out.push(b's');
            Some(head)
        }
        other => {
            push_text(other, spec.precision.map(usize::from), out);
            None
        }
    }
}

fn push_text(value: Value<'_>, most: Option<usize>, out: &mut Vec<u8>) {
    let start = out.len();
    // Writing into memory cannot fail.
    let _ = match value {
        Value::None => write!(out, "null"),
        Value::Bool(it) => write!(out, "{it}"),
        Value::Char(it) => write!(out, "{it}"),
        Value::Str(it) | Value::Json(it) | Value::Cut { text: it, .. } => write!(out, "{it}"),
        Value::Ip(it) => write!(out, "{it}"),
        Value::Time(it) => {
            time::push_moment(it, out);
            Ok(())
        }
        _ => Ok(()),
    };
    if let Some(most) = most {
        let text = String::from_utf8_lossy(&out[start..]);
        let len = text.char_indices().nth(most).map(|(at, _)| at);
        if let Some(len) = len {
            out.truncate(start + len);
        }
    }
    if let Value::Cut { original_len, .. } = value {
        super::push_cut_mark(original_len, out);
    }
}

/// Sign, prefix, digits. A negative number keeps its sign in every form: its width in bits is not
/// known any more, so there is no complement to show.
fn push_integer(negative: bool, size: u128, spec: Spec, out: &mut Vec<u8>) -> usize {
    let start = out.len();
    if negative {
        out.push(b'-');
    } else if spec.plus {
        out.push(b'+');
    }
    if spec.alternate {
        out.extend_from_slice(match spec.radix {
            Radix::LowerHex | Radix::UpperHex => b"0x",
            Radix::Octal => b"0o",
            Radix::Binary => b"0b",
            Radix::Decimal | Radix::LowerExp => b"",
        });
    }
    let head = out.len() - start;
    let _ = match spec.radix {
        Radix::Decimal => write!(out, "{size}"),
        Radix::LowerHex => write!(out, "{size:x}"),
        Radix::UpperHex => write!(out, "{size:X}"),
        Radix::Octal => write!(out, "{size:o}"),
        Radix::Binary => write!(out, "{size:b}"),
        Radix::LowerExp => match spec.precision {
            Some(digits) => write!(out, "{size:.*e}", usize::from(digits)),
            None => write!(out, "{size:e}"),
        },
    };
    head
}

/// A float by its specification; `plain` writes it when there is none.
fn push_float(
    float: f64,
    spec: Spec,
    out: &mut Vec<u8>,
    plain: impl FnOnce(&mut Vec<u8>),
) -> usize {
    let signed = spec.plus && !float.is_nan() && !float.is_sign_negative();
    if signed {
        out.push(b'+');
    }
    let precision = spec.precision.map(usize::from);
    let _ = match (spec.radix, precision) {
        (Radix::LowerExp, Some(digits)) => write!(out, "{float:.digits$e}"),
        (Radix::LowerExp, None) => write!(out, "{float:e}"),
        (_, Some(digits)) => write!(out, "{float:.digits$}"),
        (_, None) => {
            plain(out);
            Ok(())
        }
    };
    usize::from(signed || float.is_sign_negative())
}

#[cfg(test)]
mod tests;
