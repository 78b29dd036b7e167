//! Counts a stream of records, in memory bounded by the number of different names: beyond
//! 1,000 of one kind, the rest share the name `(others)`.

use std::collections::BTreeMap;

use storyline::{Level, RecordBuf};

use super::summed::Summed;
use crate::error::Error;
use crate::input::{Merged, Source, Tally};
use crate::judge::{self, Fact, Missing, Quantiles};

/// How many different names of one kind are told apart.
pub(crate) const NAMES: usize = 1000;

/// The name of all beyond that.
const OTHERS: &str = "(others)";

/// Everything counted.
#[derive(Debug, Default)]
pub struct Stats {
    /// Timed calls by service and name.
    pub calls: BTreeMap<(String, String), Calls>,
    /// What timed functions tell of all their calls, by service and name.
    pub summed: BTreeMap<(String, String), Summed>,
    /// Requests by the service that answered.
    pub answers: BTreeMap<String, Answers>,
    /// Records by level.
    pub levels: BTreeMap<Level, u64>,
    /// Records by event, with how many of them are ERROR or CRITICAL.
    pub events: BTreeMap<String, (u64, u64)>,
    /// Transitions by machine, from, to and whether they were refused, with the time spent in the
    /// state before.
    pub transitions: BTreeMap<(String, String, String, bool), (u64, Quantiles)>,
    /// The first and the last timestamp.
    pub span: Option<(i64, i64)>,
    /// Calls that an option of their site held back, as the field `suppressed` tells.
    pub suppressed: u64,
    /// Records of no request.
    pub without_request: u64,
    /// What is missing, as the records say.
    pub missing: Missing,
    /// What was read.
    pub tally: Tally,
}

/// The timed calls of one name.
#[derive(Debug, Default)]
pub struct Calls {
    /// The external service that is called.
    pub dependency: Option<String>,
    /// How long they took, whatever the outcome.
    pub took: Quantiles,
    /// How they ended.
    pub outcomes: BTreeMap<String, u64>,
    /// How many carry `slow=true`.
    pub slow: u64,
}

impl Calls {
    /// How many there are.
    pub fn count(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// How many ended so.
    pub fn ended(&self, outcome: &str) -> u64 {
        self.outcomes.get(outcome).copied().unwrap_or(0)
    }

    /// Errors and panics.
    pub fn errors(&self) -> u64 {
        self.ended("err") + self.ended("panic")
    }
}

/// How one service answered its requests.
#[derive(Debug, Default)]
pub struct Answers {
    /// `request_received`
    pub received: u64,
    /// `response_sent` by the hundreds of its status; the first is for those without one.
    pub classes: [u64; 6],
    /// `request_cancelled`
    pub cancelled: u64,
    /// `request_panicked`
    pub panicked: u64,
    /// `request_failed`: an error instead of a response.
    pub failed: u64,
    /// How long the requests took, those that were cancelled, failed or panicked included.
    pub took: Quantiles,
}

impl Answers {
    /// Responses.
    pub fn sent(&self) -> u64 {
        self.classes.iter().sum()
    }

    /// Requests that the service did not serve: answered 500 and above, failed or panicked.
    pub fn unserved(&self) -> u64 {
        self.classes[5] + self.failed + self.panicked
    }

    /// What [`unserved`](Self::unserved) is a part of: the requests received, but for those whose
    /// client went away. A log that begins in the middle may have fewer of them than ended.
    pub fn judged(&self) -> u64 {
        let received = self.received.saturating_sub(self.cancelled);
        received.max(self.sent() + self.failed + self.panicked)
    }
}

impl Stats {
    /// How many of the calls failed; nothing where a summary has counted more calls than have a record: of
    /// `level = DEBUG` and `only(err)` those alone have one that went wrong, and no share comes of them.
    pub(super) fn failed_of(&self, service: &str, name: &str, calls: &Calls) -> Option<u64> {
        let key = (service.to_owned(), name.to_owned());
        let counted = self.summed.get(&key).map_or(0, |it| it.calls);
        (counted <= calls.count()).then(|| calls.errors())
    }

    /// Reads `sources` once.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when a source cannot be read.
    pub fn of(sources: Vec<Source>, keep_copies: bool) -> Result<Self, Error> {
        let mut merged = Merged::new(sources, keep_copies)?;
        let mut stats = Self::default();
        while let Some(record) = merged.read_record()? {
            stats.see(&record);
        }
        stats.tally = merged.tally();
        Ok(stats)
    }

    fn see(&mut self, record: &RecordBuf) {
        let at = record.timestamp.as_nanos();
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        self.without_request += u64::from(record.request_id.is_none());
        self.missing.see(record);
        let held_back = record.field("suppressed").and_then(crate::judge::whole);
        self.suppressed = self.suppressed.saturating_add(held_back.unwrap_or(0));
        let is_error = record.level >= Level::Error;
        *self.levels.entry(record.level).or_insert(0) += 1;
        let event = capped(&mut self.events, record.event.clone(), || OTHERS.to_owned());
        event.0 += 1;
        event.1 += u64::from(is_error);
        if record.event == "timing_summary"
            && let Some(name) = record.field("name")
        {
            let key = (record.service.clone(), judge::text(name).into_owned());
            let others = || (OTHERS.to_owned(), OTHERS.to_owned());
            capped(&mut self.summed, key, others).see(record);
        }
        let fact = Fact::of(record);
        match &fact {
            Fact::Call {
                name,
                dependency,
                outcome,
                ..
            } => {
                let key = (record.service.clone(), name.clone().into_owned());
                let calls = capped(&mut self.calls, key, || {
                    (OTHERS.to_owned(), OTHERS.to_owned())
                });
                if calls.dependency.is_none() {
                    calls.dependency = dependency.as_deref().map(str::to_owned);
                }
                let outcome = capped(&mut calls.outcomes, outcome.clone().into_owned(), || {
                    OTHERS.to_owned()
                });
                *outcome += 1;
                let is_slow = record.field("slow") == Some(&storyline::ValueBuf::Bool(true));
                calls.slow += u64::from(is_slow);
                calls.took.add_ms(fact.ms().unwrap_or(f64::NAN));
            }
            Fact::Request => self.answers(record).received += 1,
            Fact::Response { status, .. } => {
                let class = status.map_or(0, |it| usize::from(it / 100));
                let answers = self.answers(record);
                answers.classes[if class < 6 { class } else { 0 }] += 1;
                answers.took.add_ms(fact.ms().unwrap_or(f64::NAN));
            }
            // A request that hung until its client went away, or ended without a response, took time,
            // too: without it a service that hangs would look healthy.
            Fact::RequestCancelled { .. }
            | Fact::RequestFailed { .. }
            | Fact::Panic { ms: Some(_) } => {
                let answers = self.answers(record);
                match &fact {
                    Fact::RequestCancelled { .. } => answers.cancelled += 1,
                    Fact::RequestFailed { .. } => answers.failed += 1,
                    _ => answers.panicked += 1,
                }
                answers.took.add_ms(fact.ms().unwrap_or(f64::NAN));
            }
            Fact::Transition {
                machine,
                from,
                to,
                in_state_ms,
                is_illegal,
            } => {
                let own = |it: &std::borrow::Cow<'_, str>| it.clone().into_owned();
                let key = (own(machine), own(from), own(to), *is_illegal);
                let edge = capped(&mut self.transitions, key, || {
                    (OTHERS.to_owned(), String::new(), String::new(), false)
                });
                edge.0 += 1;
                edge.1.add_ms(in_state_ms.unwrap_or(f64::NAN));
            }
            _ => {}
        }
    }

    fn answers(&mut self, record: &RecordBuf) -> &mut Answers {
        capped(&mut self.answers, record.service.clone(), || {
            OTHERS.to_owned()
        })
    }
}

/// The entry of a key, or of the others when there are too many keys.
fn capped<K: Ord, V: Default>(
    map: &mut BTreeMap<K, V>,
    key: K,
    others: impl FnOnce() -> K,
) -> &mut V {
    let is_full = map.len() >= NAMES && !map.contains_key(&key);
    map.entry(if is_full { others() } else { key }).or_default()
}
