//! Statistics for a program: one JSON object.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::count::Stats;
use super::render::SHARES;
use crate::input::Tally;
use crate::judge::{Missing, Quantiles};
use crate::show::Moment;

#[derive(Serialize)]
struct Document<'a> {
    first: Option<String>,
    last: Option<String>,
    timed: Vec<Timed<'a>>,
    /// Only where there is any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    summed: Vec<Sums<'a>>,
    requests: Vec<Handled<'a>>,
    transitions: Vec<Edge<'a>>,
    levels: BTreeMap<&'static str, u64>,
    events: Vec<Event<'a>>,
    suppressed: u64,
    without_request: u64,
    missing: &'a Missing,
    input: Tally,
}

#[derive(Serialize)]
struct Times {
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
    max_ms: Option<f64>,
    /// Whether the percentiles are exact or from a histogram.
    exact: bool,
}

#[derive(Serialize)]
struct Timed<'a> {
    service: &'a str,
    name: &'a str,
    dependency: Option<&'a str>,
    count: u64,
    errors: u64,
    /// `null` where `summed` knows of calls that have no record.
    error_rate: Option<f64>,
    slow: u64,
    outcomes: &'a BTreeMap<String, u64>,
    #[serde(flatten)]
    times: Times,
}

#[derive(Serialize)]
struct Sums<'a> {
    service: &'a str,
    name: &'a str,
    intervals: u64,
    count: u64,
    errors: u64,
    error_rate: f64,
    cancelled: u64,
    missed: u64,
    worst_p50_ms: Option<f64>,
    worst_p95_ms: Option<f64>,
    worst_p99_ms: Option<f64>,
    max_ms: Option<f64>,
}

#[derive(Serialize)]
struct Handled<'a> {
    service: &'a str,
    received: u64,
    sent: u64,
    status_2xx: u64,
    status_3xx: u64,
    status_4xx: u64,
    status_5xx: u64,
    status_other: u64,
    cancelled: u64,
    panicked: u64,
    failed: u64,
    failed_rate: f64,
    #[serde(flatten)]
    times: Times,
}

#[derive(Serialize)]
struct Edge<'a> {
    machine: &'a str,
    from: &'a str,
    to: &'a str,
    illegal: bool,
    count: u64,
    median_in_state_ms: Option<f64>,
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "event")]
    name: &'a str,
    count: u64,
    errors: u64,
}

impl Stats {
    /// Writes everything as one JSON object.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let timed = self.calls.iter().map(|((service, name), it)| Timed {
            service,
            name,
            dependency: it.dependency.as_deref(),
            count: it.count(),
            errors: it.errors(),
            error_rate: self
                .failed_of(service, name, it)
                .map(|failed| rate(failed, it.count())),
            slow: it.slow,
            outcomes: &it.outcomes,
            times: times(&it.took),
        });
        let summed = self.summed.iter().map(|((service, name), it)| {
            let [worst_p50_ms, worst_p95_ms, worst_p99_ms, max_ms] = it.worst;
            Sums {
                service,
                name,
                intervals: it.intervals,
                count: it.calls,
                errors: it.errors,
                error_rate: rate(it.errors, it.calls),
                cancelled: it.cancelled,
                missed: it.missed,
                worst_p50_ms,
                worst_p95_ms,
                worst_p99_ms,
                max_ms,
            }
        });
        let requests = self.answers.iter().map(|(service, it)| Handled {
            service,
            received: it.received,
            sent: it.sent(),
            status_2xx: it.classes[2],
            status_3xx: it.classes[3],
            status_4xx: it.classes[4],
            status_5xx: it.classes[5],
            status_other: it.classes[0] + it.classes[1],
            cancelled: it.cancelled,
            panicked: it.panicked,
            failed: it.unserved(),
            failed_rate: rate(it.unserved(), it.judged()),
            times: times(&it.took),
        });
        let edges = self.transitions.iter();
        let transitions = edges.map(|((machine, from, to, illegal), (count, before))| Edge {
            machine,
            from,
            to,
            illegal: *illegal,
            count: *count,
            median_in_state_ms: before.at([0.5])[0],
        });
        let events = self.events.iter().map(|(event, (count, errors))| Event {
            name: event,
            count: *count,
            errors: *errors,
        });
        let document = Document {
            first: self.span.map(|(first, _)| Moment(first).rfc3339()),
            last: self.span.map(|(_, last)| Moment(last).rfc3339()),
            timed: timed.collect(),
            summed: summed.collect(),
            requests: requests.collect(),
            transitions: transitions.collect(),
            levels: self
                .levels
                .iter()
                .map(|(level, count)| (level.name(), *count))
                .collect(),
            events: events.collect(),
            suppressed: self.suppressed,
            without_request: self.without_request,
            missing: &self.missing,
            input: self.tally,
        };
        crate::json::write(&document, out)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn rate(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn times(took: &Quantiles) -> Times {
    let [p50_ms, p95_ms, p99_ms] = took.at(SHARES);
    Times {
        p50_ms,
        p95_ms,
        p99_ms,
        max_ms: took.max_ms(),
        exact: took.is_exact(),
    }
}
