//! What was read, counted.

use std::ops::AddAssign;

use serde::Serialize;

use crate::error::Error;
use crate::show::plural;

/// Counts of one or more inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Lines, empty ones included.
    pub lines: u64,
    /// Bytes.
    pub bytes: u64,
    /// Lines that were read as records. A command that skips lines unread does not count them here.
    pub records: u64,
    /// Lines that do not parse.
    pub not_records: u64,
    /// Last lines without an end that do not parse.
    pub truncated: u64,
    /// Lines longer than a line may be.
    pub too_long: u64,
    /// Last lines without an end that do parse: their last value may be cut short.
    pub unended: u64,
    /// Records that another input had already, see [`Copies`](super::Copies).
    pub copies: u64,
}

impl Tally {
    /// All lines that are no records.
    pub fn odd(&self) -> u64 {
        self.not_records + self.truncated + self.too_long
    }

    /// Whether there was any record; `names` are the inputs'. A file of something else must not pass
    /// for a quiet service.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there was none.
    pub fn expect_records(&self, names: &[String]) -> Result<(), Error> {
        if self.records > 0 {
            return Ok(());
        }
        let names = names.join(", ");
        Err(Error::NotFound(if self.lines == 0 {
            format!("no lines in {names}")
        } else {
            let lines = plural(self.lines, "line", "lines");
            format!(
                "none of {lines} in {names} is a storyline record; compressed? try \
                 `zcat ... |`. Something in front of each record? Cut it off"
            )
        }))
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes += other.bytes;
        self.records += other.records;
        self.not_records += other.not_records;
        self.truncated += other.truncated;
        self.too_long += other.too_long;
        self.unended += other.unended;
        self.copies += other.copies;
    }
}
