//! What a sink is given and what it answers.

use core::fmt;
use std::io;

use crate::error::debug_is_display;

use super::Origin;

/// Formatted records, one after the other. Each ends with a newline when the format is a line format.
///
/// ```
/// use std::io;
/// use std::sync::{Arc, Mutex};
/// use storyline::sink::{self, Batch, Sink, WriteError};
///
/// /// Keeps whole records, 100 bytes of them.
/// #[derive(Clone, Default)]
/// struct Small(Arc<Mutex<Vec<u8>>>);
///
/// impl Sink for Small {
///     fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
///         let mut kept = self.0.lock().unwrap();
///         let whole = batch.whole_records(100 - kept.len());
///         kept.extend_from_slice(&batch.bytes()[..batch.start_of(whole)]);
///         if whole == batch.lines() {
///             Ok(())
///         } else {
///             Err(WriteError::new(whole, io::ErrorKind::StorageFull.into()))
///         }
///     }
///
///     fn flush(&mut self) -> io::Result<()> {
///         Ok(())
///     }
/// }
///
/// let small = Small::default();
/// let guard = storyline::setup("shop").sink(sink::custom("small", small.clone())).start()?;
/// storyline::info!("order_created");
/// storyline::info!("order_paid");
/// guard.flush(std::time::Duration::from_secs(1))?;
///
/// assert!(small.0.lock().unwrap().ends_with(b"order_created\n"));
/// let counters = storyline::counters();
/// let lost = counters.sink("small").map(|sink| sink.dropped.as_slice());
/// assert_eq!(lost, Some(&[(storyline::Reason::DiskFull, 1)][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    bytes: &'a [u8],
    /// Where each record ends within the bytes; the last one is their length.
    ends: &'a [usize],
    /// Where each record came from.
    origins: &'a [Origin],
    /// The highest level among the records; zero when nobody has said.
    highest: u8,
}

impl<'a> Batch<'a> {
    pub(crate) fn of(bytes: &'a [u8], ends: &'a [usize], origins: &'a [Origin]) -> Self {
        Self {
            bytes,
            ends,
            origins,
            highest: 0,
        }
    }

    /// The same batch, of which the highest level is known.
    pub(crate) fn with_highest(self, highest: u8) -> Self {
        Self { highest, ..self }
    }

    /// The highest level among the records; zero when nobody has said.
    pub(crate) fn highest(&self) -> u8 {
        self.highest
    }

    /// Where each record came from, for who takes a note of it.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin> + 'a {
        self.origins.iter().copied()
    }

    /// All bytes: what a sink with one stream writes at once.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How many records there are; of a line format, as many lines. The runtime's own reports are among
    /// them.
    pub fn lines(&self) -> usize {
        self.ends.len()
    }

    /// The records one by one.
    pub fn records(&self) -> Records<'a> {
        Records {
            batch: *self,
            next: 0,
        }
    }

    /// How many whole records the first `len` bytes hold: what [`WriteError`] is to say.
    pub fn whole_records(&self, len: usize) -> usize {
        self.ends.partition_point(|&end| end <= len)
    }

    /// The byte at which the record with this index starts, counted from zero; for an index after the
    /// last record, the length of all bytes.
    pub fn start_of(&self, record: usize) -> usize {
        match record.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).map_or(self.bytes.len(), |&end| end),
        }
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("records", &self.lines())
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// The records of a [`Batch`], in order.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    batch: Batch<'a>,
    next: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let &end = self.batch.ends.get(self.next)?;
        let start = self.batch.start_of(self.next);
        self.next += 1;
        self.batch.bytes.get(start..end)
    }
}

/// A batch was not written, or not all of it. The kind of the error decides what becomes of the rest
/// (see [`Sink::write`](super::Sink::write)) and under which [`Reason`](crate::Reason) it is counted.
///
/// ```
/// use std::io;
/// use storyline::sink::WriteError;
///
/// let error = WriteError::new(2, io::Error::other("no answer"));
/// assert_eq!(error.to_string(), "failed after 2 records: no answer");
/// ```
#[non_exhaustive]
pub struct WriteError {
    /// Whole records that were written before it went wrong.
    pub written: usize,
    /// What went wrong.
    pub source: io::Error,
}

impl WriteError {
    /// `written` whole records, then this.
    pub fn new(written: usize, source: io::Error) -> Self {
        Self { written, source }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed after {} records: {}", self.written, self.source)
    }
}

debug_is_display!(WriteError);

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_whole_records_and_finds_their_starts() {
        let batch = Batch::of(b"a\nbcd\ne\n", &[2, 6, 8], &[]);
        assert_eq!(batch.lines(), 3);
        assert_eq!(
            batch.records().collect::<Vec<_>>(),
            [&b"a\n"[..], b"bcd\n", b"e\n"]
        );
        assert_eq!(
            [0, 1, 2, 5, 6, 7, 8].map(|len| batch.whole_records(len)),
            [0, 0, 1, 1, 2, 2, 3]
        );
        assert_eq!([0, 1, 2, 3].map(|at| batch.start_of(at)), [0, 2, 6, 8]);
    }
}
