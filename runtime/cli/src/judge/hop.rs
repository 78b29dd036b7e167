//! What is known of a request in one process.

use storyline::{RecordBuf, ValueBuf};

use super::facts::Fact;

#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    pub(super) process: u32,
    pub(super) received: Option<i64>,
    pub(super) response: Option<Answer>,
    /// The longest that its records say the request took there, in milliseconds.
    pub(super) longest: f64,
    pub(super) last: i64,
    /// The process died while it had the request.
    pub(super) is_cut_off: bool,
    /// When the layer last said that a request was over, unless another was received since.
    over: Option<i64>,
    /// How many requests were received while one was not over.
    pub(super) at_once: u32,
    /// Something final was logged.
    is_done: bool,
    /// The last record was not yet written when the process died.
    is_recovered: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub(super) status: Option<u16>,
    pub(super) ms: Option<f64>,
    pub(super) nth: u32,
}

impl Hop {
    pub(super) fn new(process: u32, at: i64) -> Self {
        Self {
            process,
            received: None,
            response: None,
            longest: 0.0,
            last: at,
            is_cut_off: false,
            over: None,
            at_once: 0,
            is_done: false,
            is_recovered: false,
        }
    }

    /// Takes in a record of this process; `responses` counts those of the request.
    pub(super) fn see(&mut self, record: &RecordBuf, fact: &Fact<'_>, responses: &mut u32) {
        let at = record.timestamp.as_nanos();
        self.last = self.last.max(at);
        self.is_recovered = record.field("recovered") == Some(&ValueBuf::Bool(true));
        match fact {
            Fact::Request => {
                self.at_once += u32::from(self.received.is_some() && self.over.is_none());
                self.over = None;
                self.received = Some(self.received.map_or(at, |before| before.min(at)));
                self.is_done = false;
                self.is_cut_off = false;
            }
            Fact::Response { status, .. } => {
                *responses += 1;
                self.response = Some(Answer {
                    status: *status,
                    ms: fact.ms(),
                    nth: *responses,
                });
                self.end(at, fact);
            }
            Fact::RequestCancelled { .. } | Fact::RequestFailed { .. } | Fact::Panic { .. } => {
                self.end(at, fact);
            }
            _ => {}
        }
    }

    fn end(&mut self, at: i64, fact: &Fact<'_>) {
        self.longest = self.longest.max(fact.ms().unwrap_or(0.0));
        // A panic that the hook tells of may be another thread's, whose request goes on.
        if !matches!(fact, Fact::Panic { ms: None }) {
            self.over = Some(at);
        }
        self.is_done = true;
    }

    /// Whether what it received was over before the millisecond of `at`: files rarely say more.
    pub(super) fn is_over(&self, at: i64) -> bool {
        let is_before = |over: i64| over.div_euclid(1_000_000) < at.div_euclid(1_000_000);
        self.is_cut_off || self.over.is_some_and(is_before)
    }

    /// Takes in that the process has died, and when it had last logged.
    pub(super) fn die(&mut self, last: Option<i64>) {
        let ms = |nanos: i64| nanos.div_euclid(1_000_000);
        // Work outside of HTTP says nowhere that it is done. What was logged at the very end was not.
        let was_at_work = self.received.is_some()
            || self.is_recovered
            || last.is_some_and(|last| ms(self.last) >= ms(last));
        self.is_cut_off |= was_at_work && !self.is_done;
    }
}
