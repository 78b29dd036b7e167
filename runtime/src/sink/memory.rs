//! Records kept in memory, for tests and for a service that shows its own log.

use core::fmt;
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Batch, Sink, WriteError};
use crate::format::Format;
use crate::record::{Record, RecordBuf};

/// A handle to records kept in memory. Clones show the same records.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// let guard = storyline::setup("payment-service").sink(sink::memory(&memory)).start()?;
/// storyline::info!("payment_initiated", user_id = 7821);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert!(memory.lines()[0].ends_with("payment_initiated | user_id=7821"));
/// assert_eq!(memory.records()[0].event, "payment_initiated");
///
/// let taken = memory.take();
/// assert_eq!(taken[0].record.level, storyline::Level::Info);
/// assert!(memory.lines().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Memory {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    /// The newest records, oldest first.
    written: VecDeque<(String, RecordBuf)>,
    /// Formatted but not yet written, in the order of the batch.
    formatted: VecDeque<RecordBuf>,
    most: Option<usize>,
}

/// A record in memory as it was written. Given by [`Memory::take`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Written {
    /// The text, without its newline.
    pub line: String,
    /// The typed record.
    pub record: RecordBuf,
}

impl Memory {
    /// Keeps every record until [`clear`](Self::clear).
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the newest `records` only; older ones are forgotten, and count as written.
    ///
    /// ```
    /// use storyline::sink::{self, Memory};
    ///
    /// let memory = Memory::newest(1);
    /// let guard = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
    /// storyline::info!("order_created");
    /// storyline::info!("order_paid");
    /// guard.flush(std::time::Duration::from_secs(1))?;
    /// assert_eq!(memory.records().len(), 1);
    /// assert_eq!(memory.records()[0].event, "order_paid");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn newest(records: usize) -> Self {
        let memory = Self::default();
        memory.lock().most = Some(records);
        memory
    }

    /// The text of each record, without its newline, in the order they were written.
    pub fn lines(&self) -> Vec<String> {
        self.lock()
            .written
            .iter()
            .map(|(line, _)| line.clone())
            .collect()
    }

    /// The records with their typed fields, in the order they were written.
    pub fn records(&self) -> Vec<RecordBuf> {
        self.lock()
            .written
            .iter()
            .map(|(_, record)| record.clone())
            .collect()
    }

    /// Takes everything out: text and record together.
    pub fn take(&self) -> Vec<Written> {
        self.lock()
            .written
            .drain(..)
            .map(|(line, record)| Written { line, record })
            .collect()
    }

    /// Forgets everything that was written so far.
    pub fn clear(&self) {
        self.lock().written.clear();
    }

    pub(super) fn keeping_records(&self, format: Box<dyn Format>) -> Box<dyn Format> {
        Box::new(Keep {
            format,
            kept: Arc::clone(&self.kept),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic while it was held cannot have left a half-made entry behind.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("records", &self.lock().written.len())
            .finish()
    }
}

impl Sink for Memory {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        let mut kept = self.lock();
        for text in batch.records() {
            let text = String::from_utf8_lossy(text.strip_suffix(b"\n").unwrap_or(text));
            if let Some(record) = kept.formatted.pop_front() {
                kept.written.push_back((text.into_owned(), record));
            }
        }
        if let Some(most) = kept.most {
            let surplus = kept.written.len().saturating_sub(most);
            kept.written.drain(..surplus);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Formats as another format does, and keeps the record beside its text.
struct Keep {
    format: Box<dyn Format>,
    kept: Arc<Mutex<Kept>>,
}

impl Format for Keep {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        // The text first: a format that panics leaves no record without a text behind.
        self.format.format(record, out);
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .formatted
            .push_back(record.to_owned());
    }
}
