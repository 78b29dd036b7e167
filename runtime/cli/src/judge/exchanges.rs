//! Requests of one id, one after the other: a client that tries again under the id of its first try, or asks
//! one service and then another.

use storyline::RecordBuf;

use super::facts::Fact;
use super::outcome::Outcome;
use super::request::Judge;

/// What is known of all requests of one id. Feed it the records in the order of time.
#[derive(Clone, Debug)]
pub struct Exchanges {
    earlier: Vec<Judge>,
    newest: Judge,
}

impl Exchanges {
    /// Begins with a first record's timestamp.
    pub fn new(nanos: i64) -> Self {
        Self {
            earlier: Vec::new(),
            newest: Judge::new(nanos),
        }
    }

    /// Takes in one record; `process` is the number of the process that wrote it.
    pub fn see(&mut self, record: &RecordBuf, fact: &Fact<'_>, process: u32) {
        let at = record.timestamp.as_nanos();
        if self.newest.is_followed_by(fact, process, at) {
            let next = Judge::new(at);
            self.earlier.push(std::mem::replace(&mut self.newest, next));
        }
        self.newest.see(record, fact, process);
    }

    /// Takes in that a process has died, see [`Judge::die`].
    pub fn die(&mut self, process: u32, last: Option<i64>) -> bool {
        self.newest.die(process, last)
    }

    /// Each by itself, the oldest first; never none.
    pub fn iter(&self) -> impl Iterator<Item = &Judge> {
        self.earlier.iter().chain([&self.newest])
    }

    /// The one that ended worst; of several the first.
    pub fn worst(&self) -> &Judge {
        let mut worst = self.earlier.first().unwrap_or(&self.newest);
        for it in self.iter() {
            if it.outcome() < worst.outcome() {
                worst = it;
            }
        }
        worst
    }

    /// How the worst of them ended.
    pub fn outcome(&self) -> Outcome {
        self.worst().outcome()
    }

    /// How long the answer took in milliseconds, where there is one request and it was answered.
    pub fn only_answer_ms(&self) -> Option<f64> {
        let is_answered = self.earlier.is_empty() && self.newest.status().is_some();
        is_answered.then(|| self.newest.ms())
    }

    /// The first record's time, in nanoseconds since 1970.
    pub fn first(&self) -> i64 {
        self.iter().map(Judge::first).min().unwrap_or_default()
    }

    /// The last record's time, in nanoseconds since 1970.
    pub fn last(&self) -> i64 {
        self.iter().map(Judge::last).max().unwrap_or_default()
    }
}
