//! The values of fields, as a number, a time or a text.

use std::borrow::Cow;

use storyline::ValueBuf;

/// A timestamp as a record has it at its front.
pub(super) fn moment(text: &str) -> Option<i64> {
    let record = storyline::parse::parse_line(&format!("{text} | INFO | x | pid=1 | req=- | x"));
    Some(record.ok()?.timestamp.as_nanos())
}

/// A value as a number.
pub fn number(value: &ValueBuf) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "for showing and for percentiles"
    )]
    match value {
        ValueBuf::Int(it) => Some(*it as f64),
        ValueBuf::UInt(it) => Some(*it as f64),
        ValueBuf::BigInt(it) => Some(*it as f64),
        ValueBuf::BigUInt(it) => Some(*it as f64),
        ValueBuf::Float(it) | ValueBuf::Millis(it) => Some(*it),
        ValueBuf::Float32(it) => Some(f64::from(*it)),
        _ => None,
    }
}

/// A value as a whole number that is not negative.
pub fn whole(value: &ValueBuf) -> Option<u64> {
    match value {
        ValueBuf::Int(it) => u64::try_from(*it).ok(),
        ValueBuf::UInt(it) => Some(*it),
        _ => None,
    }
}

/// A value as text; not yet safe for a terminal.
pub fn text(value: &ValueBuf) -> Cow<'_, str> {
    match value {
        ValueBuf::Str(it) | ValueBuf::Json(it) => Cow::Borrowed(it),
        ValueBuf::Cut { text, .. } => Cow::Borrowed(text),
        ValueBuf::None => Cow::Borrowed("null"),
        ValueBuf::Bool(it) => Cow::Borrowed(if *it { "true" } else { "false" }),
        ValueBuf::Int(it) => Cow::Owned(it.to_string()),
        ValueBuf::UInt(it) => Cow::Owned(it.to_string()),
        ValueBuf::BigInt(it) | ValueBuf::Time(it) => Cow::Owned(it.to_string()),
        ValueBuf::BigUInt(it) => Cow::Owned(it.to_string()),
        // As the log has it: always with a point or an exponent, and few zeros.
        ValueBuf::Float(it) | ValueBuf::Millis(it) => Cow::Owned(format!("{it:?}")),
        ValueBuf::Float32(it) => Cow::Owned(format!("{it:?}")),
        ValueBuf::Char(it) => Cow::Owned(it.to_string()),
        ValueBuf::Ip(it) => Cow::Owned(it.to_string()),
        ValueBuf::Duration(it) => Cow::Owned(format!("{it:?}")),
        other => Cow::Owned(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_reads_as_in_the_log() {
        for (value, expected) in [(1.0, "1.0"), (0.5, "0.5"), (0.0, "0.0"), (1e300, "1e300")] {
            assert_eq!(text(&ValueBuf::Float(value)), expected);
        }
        assert_eq!(text(&ValueBuf::Float32(2.0)), "2.0");
    }
}
