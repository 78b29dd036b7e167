//! What one sink was given and took: read record by record, so that nothing is believed of the counters.

use std::collections::BTreeMap;

use storyline::ValueBuf;
use storyline::parse::parse;

/// What one sink took.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// All records.
    pub(crate) records: u64,
    /// Of those, records of the schedule's threads.
    pub(crate) steps: u64,
    /// Of those, what options have held back, told at the end.
    pub(crate) held: u64,
    /// What `records_dropped` told: by sink and reason.
    pub(crate) told: BTreeMap<(String, String), u64>,
    /// How many such records there were.
    pub(crate) reports: u64,
    /// The last number of each thread.
    last: BTreeMap<u64, u64>,
    /// What should not be there.
    pub(crate) faults: Vec<String>,
}

impl Seen {
    /// Reads all lines of a file.
    pub(crate) fn hear_all(&mut self, text: &str) {
        if !text.is_empty() && !text.ends_with('\n') {
            self.faults.push("the text ends inside a line".to_owned());
        }
        for line in text.lines() {
            self.hear(line);
        }
    }

    /// Reads one record.
    pub(crate) fn hear(&mut self, text: &str) {
        self.records += 1;
        let record = match parse(text) {
            Ok(record) => record,
            Err(error) => return self.fault(format!("no record: {error}: {text}")),
        };
        let number = |key: &str| match record.field(key) {
            Some(ValueBuf::Int(it)) => u64::try_from(*it).ok(),
            Some(ValueBuf::UInt(it)) => Some(*it),
            _ => None,
        };
        let words = |key: &str| match record.field(key) {
            Some(ValueBuf::Str(text)) => text.clone(),
            _ => String::new(),
        };
        match record.event.as_str() {
            "step" => match (number("thread"), number("seq")) {
                (Some(thread), Some(seq)) => self.hear_step(thread, seq),
                (None, None) if number("suppressed").is_some() => self.held += 1,
                _ => self.fault(format!("no number: {text}")),
            },
            "records_dropped" => {
                self.reports += 1;
                let key = (words("sink"), words("reason"));
                *self.told.entry(key).or_default() += number("count").unwrap_or(0);
            }
            other => self.fault(format!("nobody logged `{other}`: {text}")),
        }
    }

    fn hear_step(&mut self, thread: u64, seq: u64) {
        self.steps += 1;
        let last = self.last.insert(thread, seq).unwrap_or(0);
        if seq <= last {
            self.fault(format!("thread {thread}: number {seq} behind {last}"));
        }
    }

    fn fault(&mut self, what: String) {
        if self.faults.len() < 5 {
            self.faults.push(what);
        }
    }
}
