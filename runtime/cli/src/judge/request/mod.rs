//! What is known of one request, record by record and in little memory, and how it ended.

use storyline::{Level, RecordBuf};

use super::facts::Fact;
use super::hop::{Answer, Hop};
use super::outcome::Outcome;

/// The most processes that are told apart within one request.
const HOPS: usize = 32;

/// What is known of one request. Feed it the records in the order of time.
#[derive(Clone, Debug)]
pub struct Judge {
    hops: Vec<Hop>,
    first: i64,
    last: i64,
    events: u64,
    errors: u64,
    has_panic: bool,
    is_cancelled: bool,
    responses: u32,
}

impl Judge {
    /// Begins with a first record's timestamp.
    pub fn new(nanos: i64) -> Self {
        Self {
            hops: Vec::new(),
            first: nanos,
            last: nanos,
            events: 0,
            errors: 0,
            has_panic: false,
            is_cancelled: false,
            responses: 0,
        }
    }

    /// Takes in one record; `process` is the number of the process that wrote it.
    pub fn see(&mut self, record: &RecordBuf, fact: &Fact<'_>, process: u32) {
        let at = record.timestamp.as_nanos();
        self.first = self.first.min(at);
        self.last = self.last.max(at);
        self.events += 1;
        self.errors += u64::from(record.level >= Level::Error);
        self.has_panic |= fact.is_panic();
        self.is_cancelled |= matches!(fact, Fact::RequestCancelled { .. });
        let place = self.hops.iter().position(|hop| hop.process == process);
        let hop = match place {
            Some(place) => &mut self.hops[place],
            None if self.hops.len() < HOPS => {
                self.hops.push(Hop::new(process, at));
                let last = self.hops.len() - 1;
                &mut self.hops[last]
            }
            None => return,
        };
        hop.see(record, fact, &mut self.responses);
    }

    /// Takes in that a process has died, and when it had last logged, if that is known. True when the request
    /// was cut off there.
    pub fn die(&mut self, process: u32, last: Option<i64>) -> bool {
        let hop = self.hops.iter_mut().find(|hop| hop.process == process);
        hop.is_some_and(|hop| {
            hop.die(last);
            hop.is_cut_off
        })
    }

    /// Whether a record begins another request of the same id: one is received where all that had this one
    /// are done with it, or where it is the service that answers that is done. In the millisecond of the end it is a
    /// service behind, whose file is read later.
    pub fn is_followed_by(&self, fact: &Fact<'_>, process: u32, at: i64) -> bool {
        let Some(edge) = self.outermost().filter(|_| matches!(fact, Fact::Request)) else {
            return false;
        };
        let mut open = self
            .hops
            .iter()
            .filter(|hop| hop.received.is_some() && !hop.is_over(at));
        // What is still at work behind a service that has answered is no reason to mix its requests.
        let is_behind = |hop: &Hop| {
            let ms = |it: &Hop| it.received.map(|at| at.div_euclid(1_000_000));
            ms(hop) > ms(edge)
        };
        open.all(|hop| process == edge.process && hop.process != process && is_behind(hop))
    }

    /// How many requests the answering service had at one time under this id: more than one cannot be told
    /// apart.
    pub fn at_once(&self) -> u32 {
        self.outermost().map_or(1, |hop| hop.at_once + 1)
    }

    /// How it ended, see [`Outcome`].
    pub fn outcome(&self) -> Outcome {
        if let Some(answer) = self.answer() {
            return match answer.status {
                Some(500..) if self.has_panic => Outcome::Panicked,
                Some(500..) => Outcome::Failed,
                Some(400..) => Outcome::Refused,
                _ => Outcome::Ok,
            };
        }
        if self.has_panic {
            Outcome::Panicked
        } else if self.hops.iter().any(|hop| hop.is_cut_off) {
            Outcome::Died
        } else if self.is_cancelled {
            Outcome::Cancelled
        } else if self.errors > 0 {
            Outcome::Failed
        } else if self.hops.iter().any(|hop| hop.received.is_some()) {
            Outcome::Unfinished
        } else {
            Outcome::Ok
        }
    }

    /// The status that the request was answered with.
    pub fn status(&self) -> Option<u16> {
        self.answer()?.status
    }

    /// How long it took: as the answering service says, else from the first record to the last.
    pub fn ms(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "shown with three decimals")]
        let between = self.last.saturating_sub(self.first) as f64 / 1e6;
        self.answer().and_then(|it| it.ms).unwrap_or(between)
    }

    /// The first record's time, in nanoseconds since 1970.
    pub fn first(&self) -> i64 {
        self.first
    }

    /// The last record's time, in nanoseconds since 1970.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// How many records there are.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many of them are ERROR or CRITICAL.
    pub fn errors(&self) -> u64 {
        self.errors
    }

    /// The numbers of the processes, in the order of their first records.
    pub fn processes(&self) -> impl Iterator<Item = u32> {
        self.hops.iter().map(|hop| hop.process)
    }

    /// The number of the process that answers, see [`Outcome`].
    pub fn edge(&self) -> Option<u32> {
        self.outermost().map(|hop| hop.process)
    }

    fn outermost(&self) -> Option<&Hop> {
        // Two services often receive a request within one millisecond, and files rarely say more. The
        // outer one is then the one that had it longer.
        let received = self.hops.iter().filter_map(|hop| {
            let at = hop.received?;
            #[expect(clippy::cast_precision_loss, reason = "compared with milliseconds")]
            let between = hop.last.saturating_sub(at) as f64 / 1e6;
            let span = if hop.longest > 0.0 {
                hop.longest
            } else {
                between
            };
            Some((at.div_euclid(1_000_000), span, hop))
        });
        let first = received.min_by(|(left, left_span, _), (right, right_span, _)| {
            left.cmp(right).then(right_span.total_cmp(left_span))
        });
        first.map(|(_, _, hop)| hop)
    }

    fn answer(&self) -> Option<Answer> {
        if let Some(edge) = self.outermost() {
            return edge.response;
        }
        let answers = self.hops.iter().filter_map(|hop| hop.response);
        answers.max_by_key(|answer| answer.nth)
    }
}

#[cfg(test)]
mod tests;
