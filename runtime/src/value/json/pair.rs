//! A tuple of two may be a name and its value, as headers are, and so may be members of a structure, such as `name` and
//! `value`. The first is looked at on its way out, so that nothing is allocated for those that are none.

use core::fmt::{self, Write};

/// No name of a field is longer.
const LONGEST: usize = 64;

/// What is next in an array.
pub(super) enum Pair {
    /// No part of a pair.
    None,
    /// The first of two.
    Name,
    /// The second, whose name the first may be.
    Value(Name),
}

/// A short text in JSON.
pub(super) struct Name {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Name {
    /// Without its quotes.
    pub(super) fn as_str(&self) -> &str {
        let written = self.bytes.get(..self.len).unwrap_or_default();
        core::str::from_utf8(written)
            .unwrap_or_default()
            .trim_matches('"')
    }
}

/// Writes on, and keeps a copy of what is short.
pub(super) struct Copying<'a> {
    out: &'a mut dyn Write,
    name: Name,
}

impl<'a> Copying<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        let name = Name {
            bytes: [0; LONGEST],
            len: 0,
        };
        Self { out, name }
    }

    /// What is next after this one: text may be a name.
    pub(super) fn pair(self) -> Pair {
        if self.name.bytes[0] == b'"' && self.name.len <= LONGEST {
            Pair::Value(self.name)
        } else {
            Pair::None
        }
    }
}

impl Write for Copying<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let start = self.name.len;
        let end = start.saturating_add(text.len());
        if let Some(place) = self.name.bytes.get_mut(start..end) {
            place.copy_from_slice(text.as_bytes());
        }
        self.name.len = end;
        self.out.write_str(text)
    }
}
