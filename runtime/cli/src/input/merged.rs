//! Several inputs as one stream of records, in the order of time, in bounded memory.
//!
//! One record per input is held. Each input keeps its own order; among the inputs the earliest
//! head goes first, and the input named first where they are equal. An input that is itself out of
//! order (two files put together, a clock that was set back) stays so.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Read;

use storyline::RecordBuf;

use super::copies::{Copies, Verdict, WINDOW};
use super::entries::{Entries, Entry, Shape};
use super::source::Source;
use super::tally::Tally;
use crate::error::Error;

/// The records of several inputs; lines that are none are counted and passed over.
#[derive(Debug)]
pub struct Merged {
    inputs: Vec<Input>,
    heap: BinaryHeap<Reverse<(i64, usize)>>,
    copies: Option<Copies>,
    count: usize,
    copied: u64,
}

#[derive(Debug)]
struct Input {
    entries: Entries<Box<dyn Read>>,
    head: Option<(RecordBuf, Shape)>,
}

impl Merged {
    /// Reads `sources` once. With `keep_copies` a record that stands in two of them comes twice.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when one cannot be read.
    pub fn new(sources: Vec<Source>, keep_copies: bool) -> Result<Self, Error> {
        let mut entries = Vec::with_capacity(sources.len());
        for source in sources {
            entries.push(source.into_entries()?);
        }
        Self::of(entries, keep_copies)
    }

    /// The same from readings already begun.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when one cannot be read.
    pub fn of(entries: Vec<Entries<Box<dyn Read>>>, keep_copies: bool) -> Result<Self, Error> {
        let inputs = entries.into_iter().map(|entries| Input {
            entries,
            head: None,
        });
        let mut merged = Self {
            inputs: inputs.collect(),
            heap: BinaryHeap::new(),
            copies: (!keep_copies).then(|| Copies::within(WINDOW)),
            count: 0,
            copied: 0,
        };
        for at in 0..merged.inputs.len() {
            merged.refill(at)?;
        }
        Ok(merged)
    }

    /// The next record, `None` when all inputs are at their end.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when one cannot be read on.
    pub fn read_record(&mut self) -> Result<Option<RecordBuf>, Error> {
        while let Some(Reverse((_, at))) = self.heap.pop() {
            let head = self.inputs[at].head.take();
            self.refill(at)?;
            let Some((record, shape)) = head else {
                continue;
            };
            let grain = self.grain_nanos();
            if let Some(copies) = &mut self.copies
                && let Verdict::CopyOf(_) = copies.judge(&record, (at, shape), grain, self.count)
            {
                self.copied += 1;
                continue;
            }
            self.count += 1;
            return Ok(Some(record));
        }
        Ok(None)
    }

    /// What was counted so far, over all inputs.
    pub fn tally(&self) -> Tally {
        let mut sum = Tally::default();
        for input in &self.inputs {
            sum += input.entries.tally();
        }
        sum.copies = self.copied;
        sum
    }

    fn grain_nanos(&self) -> i64 {
        let grains = self.inputs.iter().map(|it| it.entries.grain_nanos());
        grains.max().unwrap_or(1)
    }

    fn refill(&mut self, at: usize) -> Result<(), Error> {
        let input = &mut self.inputs[at];
        while let Some(entry) = input.entries.read_entry(|_| true)? {
            if let Entry::Record(record) = entry {
                self.heap.push(Reverse((record.timestamp.as_nanos(), at)));
                input.head = Some((record, input.entries.shape()));
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(ms: u32, event: &str) -> String {
        format!("2026-06-12T02:07:07.{ms:03}Z | INFO | pay | pid=1 | req=r | {event} | n=1\n")
    }

    fn merged(inputs: &[String]) -> (Vec<String>, Tally) {
        let entries = inputs.iter().map(|text| {
            let reader: Box<dyn Read> = Box::new(std::io::Cursor::new(text.clone()));
            Entries::new("test".to_owned(), reader)
        });
        let mut merged = Merged::of(entries.collect(), false).expect("readable");
        let mut events = Vec::new();
        while let Some(record) = merged.read_record().expect("readable") {
            events.push(record.event);
        }
        (events, merged.tally())
    }

    #[test]
    fn the_earliest_goes_first_and_the_first_named_wins_a_tie() {
        let first = line(1, "a1") + &line(5, "a5") + "junk\n" + &line(5, "a5b");
        let second = line(2, "b2") + &line(5, "b5");
        let (events, tally) = merged(&[first, second]);
        assert_eq!(events, ["a1", "b2", "a5", "a5b", "b5"]);
        assert_eq!((tally.records, tally.not_records, tally.copies), (5, 1, 0));
    }

    #[test]
    fn copies_come_once() {
        let both = line(1, "a") + &line(2, "b");
        let (events, tally) = merged(&[both.clone(), both]);
        assert_eq!(events, ["a", "b"]);
        assert_eq!(tally.copies, 2);
    }
}
