//! From the records of a request to what they mean: when, in which service, how often, how it ended
//! and why.

use super::collect::{Collected, Told};
use super::counts::Counts;
use super::paths::{Path, follow};
use super::tries::Tries;
use super::why::reasons;
use crate::input::{Odd, Tally};
use crate::judge::{Exchanges, Fact, Judge, Missing, Outcome, Processes, whole};

/// The requests of one id, mostly one, told.
#[derive(Debug)]
pub struct Story {
    /// The request id.
    pub id: String,
    /// The W3C trace id, when a record has it.
    pub trace_id: Option<String>,
    /// How it ended; of several the worst.
    pub outcome: Outcome,
    /// The status it was answered with.
    pub status: Option<u16>,
    /// How each ended, where there are several of this id.
    pub exchanges: Vec<Exchange>,
    /// When it began, in nanoseconds since 1970. A first record that ends a measured time moves
    /// the beginning before itself.
    pub start: i64,
    /// When its last record was written, in nanoseconds since 1970.
    pub end: i64,
    /// How long it took, in milliseconds: as the answering service says, else, and where there are several,
    /// from start to end.
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

/// One of several requests of an id.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Exchange {
    /// How it ended.
    pub outcome: Outcome,
    /// The status it was answered with.
    pub status: Option<u16>,
    /// How long it took, in milliseconds: as the answering service says, else from its first record to its last.
    #[serde(rename = "duration_ms")]
    pub ms: f64,
    /// How many the answering service had at one time: more than one are judged as one.
    pub at_once: u32,
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

impl Story {
    pub(super) fn read(id: &str, mut found: Collected) -> Self {
        let mut processes = Processes::default();
        settle_ties(&mut found.told, &mut processes);
        let mut judge = Exchanges::new(found.told[0].record.timestamp.as_nanos());
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
        let (why, finally) = reasons(&mut events, judge.outcome(), judge.worst().edge());
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
        let worst = judge.worst();
        Self {
            id: id.to_owned(),
            trace_id: traced,
            outcome: worst.outcome(),
            status: worst.status(),
            start,
            end: judge.last(),
            ms: judge.only_answer_ms().unwrap_or(between),
            exchanges: exchanges(&judge),
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

/// How each ended, where the id stands for more than one request.
fn exchanges(all: &Exchanges) -> Vec<Exchange> {
    let all = all.iter().map(|it| Exchange {
        outcome: it.outcome(),
        status: it.status(),
        ms: it.ms(),
        at_once: it.at_once(),
    });
    let all: Vec<_> = all.collect();
    if all.len() > 1 || all.iter().any(|it| it.at_once > 1) {
        all
    } else {
        Vec::new()
    }
}

/// Puts the records of equal time in the order that must have been: those of a service that answers
/// first where it receives the request, last where it answers. All others stay as the files have
/// them. The first such service gets the first number.
fn settle_ties(told: &mut [Told], processes: &mut Processes) {
    let mut judge = Exchanges::new(told[0].record.timestamp.as_nanos());
    let mut numbers = Processes::default();
    for it in told.iter().filter(|it| !it.is_beside) {
        let process = numbers.number(&it.record.service, it.record.pid);
        judge.see(&it.record, &Fact::of(&it.record), process);
    }
    let edges = judge.iter().filter_map(Judge::edge);
    let edges: Vec<_> = edges.map(|edge| numbers.name(edge)).collect();
    let is_edge =
        |it: &Told| edges.contains(&(it.record.service.as_str(), it.record.pid)) && !it.is_beside;
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
    if let Some((service, pid)) = edges.first() {
        processes.number(service, *pid);
    }
}

/// Milliseconds to nanoseconds.
pub(super) fn nanos(ms: f64) -> i64 {
    i64::try_from(crate::show::rounded(ms * 1e6)).unwrap_or(i64::MAX)
}
