//! From the records of a request to what they mean: when, in which service, how often, how it ended
//! and why.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use storyline::Level;

use super::collect::{Collected, Told};
use super::paths::{Path, follow};
use super::why::reasons;
use crate::input::{Odd, Tally};
use crate::judge::{Fact, Judge, Missing, Outcome, Processes, whole};

/// One request, told.
#[derive(Debug)]
pub struct Story {
    /// The request id.
    pub id: String,
    /// The W3C trace id, when a record has it.
    pub trace_id: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// The status it was answered with.
    pub status: Option<u16>,
    /// When it began, in nanoseconds since 1970. A first record that ends a measured time moves
    /// the beginning before itself.
    pub start: i64,
    /// When its last record was written, in nanoseconds since 1970.
    pub end: i64,
    /// How long it took, in milliseconds: as the answering service says, else from start to end.
    pub ms: f64,
    /// Why it did not go well, in one sentence, from the first error.
    pub why: Option<String>,
    /// The last error in one sentence, when it says something else.
    pub finally: Option<String>,
    /// The processes that took part, in the order of their first records, with record counts.
    pub processes: Vec<(String, u32, u64)>,
    /// What happened, in the order of time.
    pub events: Vec<Event>,
    /// Lines that are no records and name the request before any record does.
    pub before: Vec<Odd>,
    /// The ways of the state machines.
    pub paths: Vec<Path>,
    /// Sums.
    pub counts: Counts,
    /// What is missing, as the records say.
    pub missing: Missing,
    /// What was read.
    pub tally: Tally,
    /// Records and lines beyond the limit.
    pub left_out: u64,
    /// How many inputs there were.
    pub sources: usize,
}

/// One record in its story.
#[derive(Debug)]
pub struct Event {
    /// The record and what comes after it.
    pub told: Told,
    /// Nanoseconds since the start.
    pub at: i64,
    /// Milliseconds that ended here.
    pub ms: Option<f64>,
    /// The place of its process in [`Story::processes`].
    pub process: usize,
    /// Which try it is, from two on.
    pub attempt: Option<u64>,
    /// Whether it is the first error.
    pub is_first_error: bool,
}

/// Sums over a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// CRITICAL records.
    pub critical: u64,
    /// ERROR records.
    pub errors: u64,
    /// WARNING records.
    pub warnings: u64,
    /// Timed calls.
    pub calls: u64,
    /// Timed calls that gave an error or panicked.
    pub failed_calls: u64,
    /// Retries: the different attempts that records of one process announce; without any, the calls
    /// that were tried again most often.
    pub retries: u64,
    /// State transitions.
    pub transitions: u64,
    /// Transitions that were refused.
    pub illegal_transitions: u64,
    /// Records of no request that are told beside those of the request.
    pub beside: u64,
    /// Lines that are no records.
    pub odd_lines: u64,
}

impl Story {
    pub(super) fn read(id: &str, mut found: Collected) -> Self {
        let mut processes = Processes::default();
        let edge = settle_ties(&mut found.told, &mut processes);
        let mut judge = Judge::new(found.told[0].record.timestamp.as_nanos());
        let mut paths = Vec::new();
        let mut counts = Counts::default();
        let mut tries = Tries::default();
        let mut begin = judge.first();
        let own = found.told.iter().filter(|it| !it.is_beside);
        let end = own.map(|it| it.record.timestamp.as_nanos()).max();
        let mut events = Vec::with_capacity(found.told.len());
        for told in found.told {
            let record = &told.record;
            let fact = Fact::of(record);
            let process = processes.number(&record.service, record.pid);
            let at = record.timestamp.as_nanos();
            if told.is_beside {
                let mut process = process;
                if let Fact::Died { service, pid, last } = fact {
                    process = processes.number(&service, pid);
                    // A death long after a request that ended in good order is none of its story.
                    if !judge.die(process, last) && Some(at) > end {
                        continue;
                    }
                }
                counts.beside += 1;
                events.push(Event {
                    at,
                    ms: None,
                    process: process as usize,
                    attempt: None,
                    is_first_error: false,
                    told,
                });
                continue;
            }
            judge.see(record, &fact, process);
            follow(&mut paths, &fact, at);
            counts.see(&told, &fact);
            let own = record.field("attempt").and_then(whole);
            let attempt = tries.see(process, &fact, own);
            let ms = fact.ms();
            begin = begin.min(at.saturating_sub(nanos(ms.unwrap_or(0.0))));
            events.push(Event {
                at,
                ms,
                process: process as usize,
                attempt,
                is_first_error: false,
                told,
            });
        }
        // Timestamps are cut to milliseconds, durations are not: that difference is no beginning.
        let start = if judge.first() - begin <= 2_000_000 {
            judge.first()
        } else {
            begin
        };
        for event in &mut events {
            event.at = event.at.saturating_sub(start);
        }
        counts.odd_lines += found.before.len() as u64;
        counts.retries = tries.count();
        let (why, finally) = reasons(&mut events, judge.outcome(), edge);
        let mut processes: Vec<_> = processes
            .iter()
            .map(|(service, pid)| (service.to_owned(), pid, 0))
            .collect();
        for event in events.iter().filter(|it| !it.told.is_beside) {
            if let Some((_, _, records)) = processes.get_mut(event.process) {
                *records += 1;
            }
        }
        let traced = events.iter().find_map(|it| it.told.record.trace_id.clone());
        #[expect(clippy::cast_precision_loss, reason = "shown with three decimals")]
        let between = judge.last().saturating_sub(start) as f64 / 1e6;
        Self {
            id: id.to_owned(),
            trace_id: traced,
            outcome: judge.outcome(),
            status: judge.status(),
            start,
            end: judge.last(),
            ms: if judge.status().is_some() {
                judge.ms()
            } else {
                between
            },
            why,
            finally,
            processes,
            events,
            before: found.before,
            paths,
            counts,
            missing: found.missing,
            tally: found.tally,
            left_out: found.left_out,
            sources: found.sources,
        }
    }
}

/// Puts the records of equal time in the order that must have been: those of the service that answers
/// first where it receives the request, last where it answers. All others stay as the files have
/// them. Gives the number of that process.
fn settle_ties(told: &mut [Told], processes: &mut Processes) -> Option<u32> {
    let mut judge = Judge::new(told[0].record.timestamp.as_nanos());
    let mut numbers = Processes::default();
    for it in told.iter().filter(|it| !it.is_beside) {
        let process = numbers.number(&it.record.service, it.record.pid);
        judge.see(&it.record, &Fact::of(&it.record), process);
    }
    let edge = numbers.name(judge.edge()?);
    let is_edge = |it: &Told| (it.record.service.as_str(), it.record.pid) == edge && !it.is_beside;
    for group in told.chunk_by_mut(|left, right| left.record.timestamp == right.record.timestamp) {
        let has = |wanted: fn(&Fact<'_>) -> bool| {
            group
                .iter()
                .any(|it| is_edge(it) && wanted(&Fact::of(&it.record)))
        };
        if has(|fact| matches!(fact, Fact::Request)) {
            group.sort_by_key(|it| !is_edge(it));
        } else if has(|fact| matches!(fact, Fact::Response { .. } | Fact::RequestCancelled { .. }))
        {
            group.sort_by_key(is_edge);
        }
    }
    let (service, pid) = edge;
    Some(processes.number(service, pid))
}

/// Milliseconds to nanoseconds.
pub(super) fn nanos(ms: f64) -> i64 {
    i64::try_from(crate::show::rounded(ms * 1e6)).unwrap_or(i64::MAX)
}

impl Counts {
    fn see(&mut self, told: &Told, fact: &Fact<'_>) {
        self.records += 1;
        self.odd_lines += told.odd.len() as u64;
        match told.record.level {
            Level::Critical => self.critical += 1,
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            _ => {}
        }
        match fact {
            Fact::Call { .. } => {
                self.calls += 1;
                self.failed_calls += u64::from(fact.is_failed_call());
            }
            Fact::Transition { is_illegal, .. } => {
                self.transitions += u64::from(!is_illegal);
                self.illegal_transitions += u64::from(*is_illegal);
            }
            _ => {}
        }
    }
}

/// Numbers the tries: a call of the same name in the same process is a retry when the one before
/// did not go well. Calls in a loop that go well are no retries. What a record says of itself comes
/// first.
#[derive(Default)]
struct Tries {
    calls: HashMap<(u32, String), Tried>,
    /// By process and attempt: one retry may be announced by several records.
    announced: HashSet<(u32, u64)>,
    /// Announced without an attempt.
    unnumbered: u64,
}

struct Tried {
    tries: u64,
    went_well: bool,
    again: u64,
}

impl Tries {
    fn see(&mut self, process: u32, fact: &Fact<'_>, own: Option<u64>) -> Option<u64> {
        match fact {
            Fact::Retry {
                attempt: Some(attempt),
            } => {
                self.announced.insert((process, *attempt));
                Some(*attempt)
            }
            Fact::Retry { attempt: None } => {
                self.unnumbered += 1;
                None
            }
            Fact::Call { name, outcome, .. } => {
                let key = (process, name.clone().into_owned());
                let call = self.calls.entry(key).or_insert(Tried {
                    tries: 0,
                    went_well: true,
                    again: 0,
                });
                if call.went_well {
                    call.tries = 1;
                } else {
                    call.tries += 1;
                    call.again += 1;
                }
                call.went_well = !matches!(&**outcome, "err" | "panic" | "cancelled");
                Some(own.unwrap_or(call.tries)).filter(|it| *it > 1)
            }
            _ => None,
        }
    }

    /// One retry is often seen in several places: announced, and in the calls within the call.
    fn count(&self) -> u64 {
        match self.announced.len() as u64 + self.unnumbered {
            0 => self
                .calls
                .values()
                .map(|call| call.again)
                .max()
                .unwrap_or(0),
            announced => announced,
        }
    }
}

#[cfg(test)]
mod tests {
    use storyline::ValueBuf;

    use super::*;
    use crate::testing::record;

    fn attempts(records: &[(&str, Option<u64>)]) -> (Vec<Option<u64>>, u64) {
        let mut tries = Tries::default();
        let see = |(event, attempt): &(&str, Option<u64>)| {
            let name = [("name", ValueBuf::Str("charge".to_owned()))];
            let mut record = record(0, event, &name);
            if let Some(attempt) = attempt {
                let field = ("attempt".to_owned(), ValueBuf::UInt(*attempt));
                record.fields.push(field);
            }
            tries.see(1, &Fact::of(&record), *attempt)
        };
        let numbers = records.iter().map(see).collect();
        (numbers, tries.count())
    }

    #[test]
    fn a_retry_that_two_records_announce_is_one() {
        let (_, retries) = attempts(&[
            ("payment_retry", Some(2)),
            ("gateway_retry", Some(2)),
            ("payment_retry", Some(3)),
            ("gateway_retry", Some(3)),
        ]);
        assert_eq!(retries, 2);
        assert_eq!(attempts(&[("retrying", None), ("retrying", None)]).1, 2);
    }

    #[test]
    fn a_call_is_numbered_as_its_record_says() {
        // The second call of the name in the log, but the third attempt.
        let (numbers, retries) = attempts(&[
            ("function_failed", Some(1)),
            ("function_failed", Some(3)),
            ("function_failed", None),
        ]);
        assert_eq!(numbers, [None, Some(3), Some(3)]);
        assert_eq!(retries, 2);
    }
}
