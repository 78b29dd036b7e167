//! Formatted records that wait for their sink.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::{Batch, Origin};
use crate::format::{Format, Page};
use crate::record::Record;

/// Records one after the other, with where each ends and came from.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    bytes: Page,
    ends: Vec<usize>,
    origins: Vec<Origin>,
}

impl Collected {
    /// None yet, and room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Page::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Bytes of all records.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    pub(crate) fn records(&self) -> usize {
        self.ends.len()
    }

    /// Those that are nobody's records.
    pub(crate) fn notices(&self) -> usize {
        self.origins
            .iter()
            .filter(|it| **it == Origin::NOTICE)
            .count()
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One record after the others.
    ///
    /// # Errors
    ///
    /// What the format, which may be the user's own, has panicked with; nothing is left of the record then.
    #[inline]
    pub(crate) fn append(
        &mut self,
        format: &mut dyn Format,
        record: &Record<'_>,
        origin: Origin,
    ) -> thread::Result<()> {
        let start = self.bytes.len();
        let bytes = &mut self.bytes;
        let outcome = catch_unwind(AssertUnwindSafe(|| format.write(record, bytes)));
        if outcome.is_err() {
            self.bytes.truncate(start);
            return outcome;
        }
        self.ends.push(self.bytes.len());
        self.origins.push(origin);
        Ok(())
    }

    /// What the sink is given.
    pub(crate) fn as_batch(&self) -> Batch<'_> {
        Batch::of(self.bytes.as_bytes(), &self.ends, &self.origins)
    }

    /// The first `written` records have arrived.
    pub(crate) fn settle(&mut self, written: usize) {
        let bytes = match written.checked_sub(1) {
            None => return,
            Some(last) => self.ends[last],
        };
        self.bytes.remove_front(bytes);
        self.ends.drain(..written);
        self.origins.drain(..written);
        self.ends.iter_mut().for_each(|end| *end -= bytes);
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.truncate(0);
        self.ends.clear();
        self.origins.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level;
    use crate::record::{Fields, Timestamp};

    /// Writes the event alone, and panics where there is none.
    struct Event;

    impl Format for Event {
        fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
            out.extend_from_slice(record.event.as_bytes());
            assert!(!record.event.is_empty());
        }
    }

    fn append(collected: &mut Collected, event: &str) -> bool {
        let record = Record {
            timestamp: Timestamp::from_nanos(0),
            level: Level::Info,
            service: "x",
            pid: 1,
            request_id: None,
            trace_id: None,
            span_id: None,
            event,
            message: None,
            location: None,
            thread: None,
            fields: Fields::Owned(&[]),
        };
        collected
            .append(&mut Event, &record, Origin::REPORT)
            .is_ok()
    }

    fn records(collected: &Collected) -> Vec<&[u8]> {
        collected.as_batch().records().collect()
    }

    #[test]
    fn what_arrived_goes_and_what_could_not_be_formatted_never_comes() {
        let mut collected = Collected::default();
        assert!(append(&mut collected, "a"));
        assert!(!append(&mut collected, ""));
        assert!(append(&mut collected, "bcd"));
        assert!(append(&mut collected, "ef"));
        assert_eq!(records(&collected), [&b"a"[..], b"bcd", b"ef"]);
        assert_eq!((collected.records(), collected.len()), (3, 6));

        collected.settle(0);
        collected.settle(2);
        assert!(append(&mut collected, "g"));
        assert_eq!(records(&collected), [&b"ef"[..], b"g"]);
        assert_eq!(collected.as_batch().origins().count(), 2);

        collected.clear();
        assert!(collected.is_empty());
    }
}
