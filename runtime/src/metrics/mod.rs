//! Durations and counts of calls, handed to whatever recorder the facade `metrics` has (feature `metrics`).
//! Cold: the background thread calls it between two batches, without a lock of ours, so a recorder may log.
//!
//! | name | kind | labels |
//! | --- | --- | --- |
//! | `function_duration_seconds` | histogram | `name`, `module`, `outcome`, and `dependency` where there is one |
//! | `function_calls_total` | counter | the same |
//! | `function_missed_total` | counter | the same without `outcome` |

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use ::metrics::{Key, Label, Level, Metadata, Recorder, Unit, with_recorder};

use crate::calls::Ended;
use crate::panic::discard;
use crate::site::Meta;

const DURATION: &str = "function_duration_seconds";
const CALLS: &str = "function_calls_total";
const MISSED: &str = "function_missed_total";

/// What is measured is handed on after so long at the latest.
pub(crate) const LATEST: Option<Duration> = Some(Duration::from_secs(1));

/// A recorder may be installed at any time, so it is told again what the names mean.
const DESCRIBE_AGAIN: Duration = Duration::from_secs(10);

static METADATA: Metadata<'static> =
    Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

/// One call.
#[derive(Clone, Copy, Debug)]
struct Call {
    site: u32,
    ended: Ended,
    nanos: u64,
    meta: &'static Meta,
}

/// Collects calls of a batch and hands them on.
#[derive(Debug, Default)]
pub(crate) struct Exporter {
    calls: Vec<Call>,
    missed: Vec<(&'static Meta, u64)>,
    described: Option<Instant>,
}

impl Exporter {
    /// One call more.
    pub(crate) fn add(&mut self, site: u32, meta: &'static Meta, ended: Ended, nanos: u64) {
        self.calls.push(Call {
            site,
            ended,
            nanos,
            meta,
        });
    }

    /// Calls whose duration is not known.
    pub(crate) fn add_missed(&mut self, meta: &'static Meta, missed: u64) {
        if missed > 0 {
            self.missed.push((meta, missed));
        }
    }

    /// What is not handed on yet is nobody's.
    pub(crate) fn forget(&mut self) {
        self.calls.clear();
        self.missed.clear();
    }

    /// Hands everything to the recorder. One that panics loses what it was given.
    pub(crate) fn export(&mut self) {
        if self.calls.is_empty() && self.missed.is_empty() {
            return;
        }
        self.calls.sort_by_key(|call| (call.site, call.ended as u8));
        let now = Instant::now();
        let is_known = self.described.is_some_and(|at| now < at + DESCRIBE_AGAIN);
        if !is_known {
            self.described = Some(now);
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            with_recorder(|recorder| {
                if !is_known {
                    describe(recorder);
                }
                let is_one = |a: &Call, b: &Call| a.site == b.site && a.ended == b.ended;
                for calls in self.calls.chunk_by(is_one) {
                    hand_on(recorder, calls);
                }
                for (meta, missed) in &self.missed {
                    let key = Key::from_parts(MISSED, labels(meta, None));
                    recorder
                        .register_counter(&key, &METADATA)
                        .increment(*missed);
                }
            });
        }));
        if let Err(panic) = outcome {
            discard(panic);
        }
        self.forget();
    }
}

fn describe(recorder: &dyn Recorder) {
    recorder.describe_histogram(
        DURATION.into(),
        Some(Unit::Seconds),
        "How long calls took, by outcome.".into(),
    );
    recorder.describe_counter(CALLS.into(), None, "Calls that ended, by outcome.".into());
    recorder.describe_counter(
        MISSED.into(),
        None,
        "Calls that ended when there was no room to say so.".into(),
    );
}

/// The handles are asked for anew: a recorder may come late, or forget what nobody has used for a while.
fn hand_on(recorder: &dyn Recorder, calls: &[Call]) {
    let Some(first) = calls.first() else {
        return;
    };
    let labels = labels(first.meta, Some(first.ended));
    let key = Key::from_parts(DURATION, labels.clone());
    let histogram = recorder.register_histogram(&key, &METADATA);
    for call in calls {
        histogram.record(Duration::from_nanos(call.nanos));
    }
    let key = Key::from_parts(CALLS, labels);
    let counter = recorder.register_counter(&key, &METADATA);
    counter.increment(calls.len() as u64);
}

fn labels(meta: &'static Meta, ended: Option<Ended>) -> Vec<Label> {
    // `name`, and `dependency` where there is one.
    let constants = meta.constants.iter();
    let mut labels: Vec<_> = constants
        .map(|&(key, text)| Label::from_static_parts(key, text))
        .collect();
    labels.push(Label::from_static_parts("module", meta.module));
    if let Some(ended) = ended {
        labels.push(Label::from_static_parts("outcome", ended.name()));
    }
    labels
}
