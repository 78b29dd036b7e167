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
mod tests {
    use storyline::ValueBuf;

    use super::*;
    use crate::testing::record;

    /// `(process, event, status)`, one a millisecond.
    fn judged(records: &[(u32, &str, u64)]) -> Judge {
        let mut judge = Judge::new(0);
        for (at, (process, event, status)) in (0_i64..).zip(records) {
            let fields: &[_] = match *event {
                "response_sent" => &[("status", ValueBuf::UInt(*status))],
                "function_failed" => &[("outcome", ValueBuf::Str("err".to_owned()))],
                _ => &[],
            };
            let mut record = record(at * 1_000_000, event, fields);
            record.level = match *event {
                "panic" => Level::Critical,
                "function_failed" => Level::Error,
                _ => Level::Info,
            };
            judge.see(&record, &Fact::of(&record), *process);
        }
        judge
    }

    #[test]
    fn the_outermost_service_answers() {
        let ok_after_a_retry = [
            (0, "request_received", 0),
            (1, "request_received", 0),
            (1, "response_sent", 503),
            (0, "function_failed", 0),
            (1, "request_received", 0),
            (1, "response_sent", 200),
            (0, "response_sent", 201),
        ];
        let judge = judged(&ok_after_a_retry);
        assert_eq!(judge.outcome(), Outcome::Ok);
        assert_eq!((judge.status(), judge.errors()), (Some(201), 1));
        assert_eq!(judged(&ok_after_a_retry[..6]).outcome(), Outcome::Failed);
        assert_eq!(
            judged(&ok_after_a_retry[..3]).outcome(),
            Outcome::Unfinished
        );
    }

    #[test]
    fn received_in_the_same_millisecond_the_longer_one_is_the_outer_one() {
        let mut judge = Judge::new(0);
        for (process, event, status, ms) in [
            (1, "request_received", 0, 0.0),
            (0, "request_received", 0, 0.0),
            (1, "response_sent", 503, 40.0),
            (0, "response_sent", 504, 41.5),
        ] {
            let fields = [
                ("status", ValueBuf::UInt(status)),
                ("duration_ms", ValueBuf::Float(ms)),
            ];
            let record = record(0, event, &fields);
            judge.see(&record, &Fact::of(&record), process);
        }
        assert_eq!((judge.edge(), judge.status()), (Some(0), Some(504)));
    }

    #[test]
    fn without_a_request_the_last_response_answers() {
        let records = [(1, "response_sent", 500), (0, "response_sent", 404)];
        assert_eq!(judged(&records).outcome(), Outcome::Refused);
    }

    #[test]
    fn panics_cancellations_and_the_rest() {
        let of = |records: &[(u32, &str, u64)]| judged(records).outcome();
        let received = (0, "request_received", 0);
        assert_eq!(of(&[received, (0, "panic", 0)]), Outcome::Panicked);
        assert_eq!(
            of(&[received, (0, "panic", 0), (0, "response_sent", 500)]),
            Outcome::Panicked
        );
        assert_eq!(
            of(&[received, (0, "panic", 0), (0, "response_sent", 200)]),
            Outcome::Ok
        );
        assert_eq!(
            of(&[
                received,
                (0, "function_failed", 0),
                (0, "request_cancelled", 0)
            ]),
            Outcome::Cancelled
        );
        assert_eq!(of(&[(0, "function_failed", 0)]), Outcome::Failed);
        assert_eq!(of(&[(0, "job_done", 0)]), Outcome::Ok);
    }

    #[test]
    fn who_had_the_request_when_it_died_cut_it_off() {
        let received = (0, "request_received", 0);
        let died = |records: &[(u32, &str, u64)], process, last| {
            let mut judge = judged(records);
            let is_cut_off = judge.die(process, last);
            assert_eq!(is_cut_off, judge.outcome() == Outcome::Died, "{records:?}");
            judge.outcome()
        };
        assert_eq!(died(&[received, (0, "step", 0)], 0, None), Outcome::Died);
        assert_eq!(
            died(&[received, (0, "step", 0)], 1, None),
            Outcome::Unfinished
        );
        let failed = [received, (0, "function_failed", 0)];
        assert_eq!(died(&failed, 0, None), Outcome::Died);
        let answered = [received, (0, "response_sent", 200)];
        assert_eq!(died(&answered, 0, None), Outcome::Ok);
        let gone = [received, (0, "request_cancelled", 0)];
        assert_eq!(died(&gone, 0, None), Outcome::Cancelled);
        // Work outside of HTTP: the second record was made at one millisecond.
        let job = [(0, "job_begun", 0), (0, "step", 0)];
        assert_eq!(died(&job, 0, None), Outcome::Ok);
        assert_eq!(died(&job, 0, Some(1_900_000)), Outcome::Died);
        assert_eq!(died(&job, 0, Some(2_000_000)), Outcome::Ok);
    }

    #[test]
    fn a_job_whose_last_record_was_recovered_was_at_work() {
        let mut judge = Judge::new(0);
        let record = record(0, "step", &[("recovered", ValueBuf::Bool(true))]);
        judge.see(&record, &Fact::of(&record), 0);
        assert!(judge.die(0, None));
    }
}
