//! What a record is after it was written and read back: text knows fewer types than a program.

use super::owned::ValueBuf;
use crate::format::{Names, push_cut_mark, push_json, push_value};
use crate::parse::value_of_word;
use crate::record::RecordBuf;

impl ValueBuf {
    /// The value that a line or a JSON object gives back for this one; the table in
    /// [`format`](crate::format) says which.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let text = |value: crate::value::Value<'_>| {
            let mut out = Vec::new();
            push_value::<true>(value, &mut out);
            String::from_utf8(out).unwrap_or_default()
        };
        match self {
            Self::None | Self::Bool(_) | Self::Int(_) | Self::Str(_) => self.clone(),
            Self::UInt(it) => i64::try_from(*it).map_or(Self::UInt(*it), Self::Int),
            Self::BigInt(it) => match (i64::try_from(*it), u64::try_from(*it)) {
                (Ok(it), _) => Self::Int(it),
                (_, Ok(it)) => Self::UInt(it),
                _ => Self::Str(it.to_string()),
            },
            Self::BigUInt(it) => match u64::try_from(*it) {
                Ok(it) => Self::UInt(it).normalised(),
                Err(_) => Self::Str(it.to_string()),
            },
            Self::Char(it) => Self::Str(it.to_string()),
            Self::Cut { text, original_len } => {
                let mut whole = text.clone().into_bytes();
                push_cut_mark(*original_len, &mut whole);
                Self::Str(String::from_utf8(whole).unwrap_or_default())
            }
            Self::Float(_) | Self::Float32(_) | Self::Millis(_) => {
                let text = text(self.as_value());
                value_of_word(&text).unwrap_or(Self::Str(text))
            }
            Self::Duration(_) | Self::Ip(_) | Self::Time(_) => Self::Str(text(self.as_value())),
            Self::Json(it) => of_json(it),
        }
    }
}

/// Structures have one form; other JSON is the value it stands for, and what is no JSON is text.
fn of_json(text: &str) -> ValueBuf {
    let mut out = Vec::new();
    if !push_json::<false>(text, &mut out) {
        return ValueBuf::Str(text.to_owned());
    }
    let form = String::from_utf8(out).unwrap_or_default();
    if form.starts_with(['{', '[']) {
        return ValueBuf::Json(form);
    }
    if let Some(value) = value_of_word(&form) {
        return value;
    }
    let mut cursor = crate::parse::Cursor::new(&form);
    cursor
        .string()
        .map_or(ValueBuf::None, |text| ValueBuf::Str(text.into_owned()))
}

impl RecordBuf {
    /// The record that JSON of nanosecond precision gives back for this one: values as
    /// [`ValueBuf::normalised`], and every field with a name of its own. A line leaves out the trace,
    /// the location and the thread as well.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let mut names = Names::default();
        let fields = self
            .fields
            .iter()
            .map(|(key, value)| (names.next(key, self).to_owned(), value.normalised()))
            .collect();
        Self {
            fields,
            ..self.clone()
        }
    }
}
