//! The last net against secrets in logs: what looks like one in the values of a record is left out of the text
//! that one sink writes. On the background thread, of sinks that ask for it; never calls hot. What a recorder's
//! file holds is as it was logged.
//!
//! Values are looked at and not lines, so that the text is well-formed whatever the format. Nothing here reads a
//! byte more than a few times, whatever the text, and a record in which nothing is found is neither copied nor
//! changed.

mod card;
mod digits;
mod find;
mod keys;
mod replace;
#[cfg(test)]
mod tests;

use core::fmt;

use crate::format::{self, Format, Page};
use crate::record::{Fields, Record};
use crate::value::{Value, ValueBuf};
use find::Kind;
use replace::replaced;

/// What the label of a format says when its records pass the scrubber first.
const SUFFIX: &str = "+scrubbed";

/// Another format, which is given records without what looks like a secret.
pub struct Scrubbed(Box<dyn Format>);

impl fmt::Debug for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scrubbed").field(&self.0.label()).finish()
    }
}

impl Scrubbed {
    /// Scrubs what this format is given.
    pub fn new(format: impl Format + 'static) -> Self {
        Self::boxed(Box::new(format))
    }

    pub(crate) fn boxed(format: Box<dyn Format>) -> Self {
        Self(format)
    }
}

impl Format for Scrubbed {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        match Clean::of(record) {
            None => self.0.format(record, out),
            Some(clean) => self.0.format(&clean.as_record(record), out),
        }
    }

    fn write(&mut self, record: &Record<'_>, page: &mut Page) {
        match Clean::of(record) {
            None => self.0.write(record, page),
            Some(clean) => self.0.write(&clean.as_record(record), page),
        }
    }

    fn label(&self) -> String {
        self.0.label() + SUFFIX
    }
}

/// The format that a [`label`](Format::label) stands for, with its scrubber.
pub(crate) fn of_label(label: &str) -> Box<dyn Format> {
    match label.strip_suffix(SUFFIX) {
        Some(inner) => Box::new(Scrubbed::boxed(format::of_label(inner))),
        None => format::of_label(label),
    }
}

/// What differs in a record without what was found.
struct Clean {
    request_id: Option<String>,
    message: Option<String>,
    fields: Vec<(String, ValueBuf)>,
}

impl Clean {
    /// `None` where nothing was found.
    fn of(record: &Record<'_>) -> Option<Self> {
        let holds = |text: Option<&str>| text.is_some_and(find::holds);
        let found = holds(record.request_id)
            || holds(record.message)
            || record.fields().any(|(_, value)| holds_secret(value));
        found.then(|| Self {
            request_id: record.request_id.map(|it| replaced(it, false)),
            message: record.message.map(|it| replaced(it, false)),
            fields: record
                .fields()
                .map(|(key, value)| (key.to_owned(), clean(value)))
                .collect(),
        })
    }

    fn as_record<'a>(&'a self, record: &Record<'a>) -> Record<'a> {
        Record {
            request_id: self.request_id.as_deref(),
            message: self.message.as_deref(),
            fields: Fields::Owned(&self.fields),
            ..*record
        }
    }
}

fn holds_secret(value: Value<'_>) -> bool {
    match value {
        Value::Str(text) | Value::Cut { text, .. } => find::holds(text),
        Value::Json(text) => find::in_json(text).next().is_some(),
        _ => whole_number(value).is_some_and(card::is_card_number),
    }
}

fn clean(value: Value<'_>) -> ValueBuf {
    match value {
        Value::Str(text) => ValueBuf::Str(replaced(text, false)),
        Value::Json(text) => ValueBuf::Json(replaced(text, true)),
        Value::Cut { text, original_len } => ValueBuf::Cut {
            text: replaced(text, false),
            original_len,
        },
        _ if holds_secret(value) => ValueBuf::Str(Kind::Card.mark().to_owned()),
        _ => value.into(),
    }
}

/// The size of an integer; a float is none.
fn whole_number(value: Value<'_>) -> Option<u64> {
    match value {
        Value::Int(it) => Some(it.unsigned_abs()),
        Value::UInt(it) => Some(it),
        Value::BigInt(it) => u64::try_from(it.unsigned_abs()).ok(),
        Value::BigUInt(it) => u64::try_from(it).ok(),
        _ => None,
    }
}
