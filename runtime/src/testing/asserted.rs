//! The second half of an assertion: which fields the logged records must have.

use core::ops::Deref;

use super::Captured;
use crate::format::push_value;
use crate::level::Level;
use crate::record::RecordBuf;
use crate::value::{Capture, ValueBuf};
use crate::wire::{Encode, Out, decode_value};

/// The records that an assertion found; it derefs to the first of them.
///
/// Each further condition keeps the records that meet it, and panics when none does.
///
/// ```
/// use storyline::Level;
///
/// let logged = storyline::testing::capture(|| {
///     let _request = storyline::request_scope("req-42");
///     storyline::error!("charge_failed", attempt = 1, reason = "no answer within 400 ms");
///     storyline::error!("charge_failed", attempt = 2, reason = "card declined");
/// });
/// let second = logged.assert_logged("charge_failed").with("attempt", 2);
/// second.at(Level::Error).containing("reason", "declined").in_request("req-42").without("amount");
/// assert_eq!(logged.assert_logged("charge_failed").having("reason").records().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Logged<'a> {
    all: &'a Captured,
    found: Vec<&'a RecordBuf>,
}

#[expect(
    clippy::return_self_not_must_use,
    reason = "a condition has done its work when it returns"
)]
impl<'a> Logged<'a> {
    pub(super) fn new(all: &'a Captured, found: Vec<&'a RecordBuf>) -> Self {
        Self { all, found }
    }

    /// The field has this value. Anything that can be logged can be compared; values are equal
    /// when a log would give back the same for them: integers of any type, a character and a text.
    ///
    /// # Panics
    ///
    /// When none of the records has it.
    #[track_caller]
    pub fn with(self, key: &str, value: impl Capture) -> Self {
        let expected = as_logged(&value);
        let mut shown = Vec::new();
        push_value::<true>(expected.as_value(), &mut shown);
        let shown = String::from_utf8_lossy(&shown);
        self.keep(&format!("`{key}` is {shown}"), &|record| {
            record
                .field(key)
                .is_some_and(|it| it.normalised() == expected)
        })
    }

    /// The text of the field contains this.
    ///
    /// # Panics
    ///
    /// When none of the records has such a field.
    #[track_caller]
    pub fn containing(self, key: &str, part: &str) -> Self {
        let shown = format!("the text of `{key}` contains {part:?}");
        self.keep(&shown, &|record| match record.field(key) {
            Some(ValueBuf::Str(text) | ValueBuf::Cut { text, .. } | ValueBuf::Json(text)) => {
                text.contains(part)
            }
            _ => false,
        })
    }

    /// There is such a field, whatever its value.
    ///
    /// # Panics
    ///
    /// When none of the records has it.
    #[track_caller]
    pub fn having(self, key: &str) -> Self {
        self.keep(&format!("there is a field `{key}`"), &|record| {
            record.field(key).is_some()
        })
    }

    /// There is no such field.
    ///
    /// # Panics
    ///
    /// When all of the records have it.
    #[track_caller]
    pub fn without(self, key: &str) -> Self {
        self.keep(&format!("there is no field `{key}`"), &|record| {
            record.field(key).is_none()
        })
    }

    /// The record has this level.
    ///
    /// # Panics
    ///
    /// When none of the records has it.
    #[track_caller]
    pub fn at(self, level: Level) -> Self {
        self.keep(&format!("the level is {level}"), &|record| {
            record.level == level
        })
    }

    /// The record belongs to this request.
    ///
    /// # Panics
    ///
    /// When none of the records does.
    #[track_caller]
    pub fn in_request(self, id: &str) -> Self {
        self.keep(&format!("the request is {id:?}"), &|record| {
            record.request_id.as_deref() == Some(id)
        })
    }

    /// The records that met all conditions so far, in order; never empty.
    pub fn records(&self) -> &[&'a RecordBuf] {
        &self.found
    }

    #[track_caller]
    fn keep(mut self, condition: &str, holds: &dyn Fn(&RecordBuf) -> bool) -> Self {
        let event = self.found.first().map_or("", |it| it.event.as_str());
        let kept: Vec<_> = self.found.iter().copied().filter(|it| holds(it)).collect();
        assert!(
            !kept.is_empty(),
            "no `{event}` where {condition}; {}",
            self.all.what_was_there()
        );
        self.found = kept;
        self
    }
}

impl Deref for Logged<'_> {
    type Target = RecordBuf;

    fn deref(&self) -> &RecordBuf {
        self.found[0]
    }
}

/// The value as a log would give it back.
fn as_logged(value: &impl Capture) -> ValueBuf {
    let value = value.capture();
    let mut bytes = vec![0; value.size(usize::MAX)];
    value.encode(usize::MAX, &mut Out::new(&mut bytes));
    decode_value(&mut bytes.as_slice(), 0.0)
        .flatten()
        .map_or(ValueBuf::None, |it| ValueBuf::from(it).normalised())
}
