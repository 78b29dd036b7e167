//! A story for a program: one JSON object.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;
use storyline::format::{Format, Json, Precision};

use super::Counts;
use super::read::{Exchange, Story};
use crate::input::{Odd, OddReason, Tally};
use crate::judge::{Missing, Outcome};
use crate::show::Moment;

#[derive(Serialize)]
struct Document<'a> {
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<&'a str>,
    outcome: Outcome,
    status: Option<u16>,
    /// How each ended, where there are several of this id.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    exchanges: &'a [Exchange],
    start: String,
    end: String,
    duration_ms: f64,
    why: Option<&'a str>,
    at_last: Option<&'a str>,
    services: Vec<Service<'a>>,
    records: Vec<Event<'a>>,
    state_paths: Vec<Path<'a>>,
    counts: Counts,
    odd_before: Vec<Raw<'a>>,
    left_out: u64,
    missing: &'a Missing,
    input: Tally,
}

#[derive(Serialize)]
struct Service<'a> {
    #[serde(rename = "service")]
    name: &'a str,
    pid: u32,
    records: u64,
}

#[derive(Serialize)]
struct Event<'a> {
    at_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<u64>,
    #[serde(skip_serializing_if = "is_false")]
    first_error: bool,
    /// It is of no request, and falls into the time of this one.
    #[serde(skip_serializing_if = "is_false")]
    of_no_request: bool,
    /// The line has no end; the record's last part may be missing.
    #[serde(skip_serializing_if = "is_false")]
    unended: bool,
    record: Box<RawValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    odd_lines: Vec<Raw<'a>>,
}

#[derive(Serialize)]
struct Raw<'a> {
    line: u64,
    bytes: u64,
    reason: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Path<'a> {
    machine: &'a str,
    start: &'a str,
    end: &'a str,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    to: &'a str,
    after_ms: Option<f64>,
    #[serde(skip_serializing_if = "is_false")]
    illegal: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(it: &bool) -> bool {
    !it
}

impl Story {
    /// Writes the story as one JSON object: the same facts, and every record as it is in a JSON file.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut records = Vec::with_capacity(self.events.len());
        for event in &self.events {
            let mut text = Vec::new();
            let precision = precision(event.told.record.timestamp.as_nanos());
            let mut format = Json::default().precision(precision);
            format.format(&event.told.record.as_record(), &mut text);
            let text = String::from_utf8(text).map_err(io::Error::other)?;
            #[expect(
                clippy::cast_precision_loss,
                reason = "a relative time is far below 2^53"
            )]
            let at_ms = event.at as f64 / 1e6;
            records.push(Event {
                at_ms,
                attempt: event.attempt,
                first_error: event.is_first_error,
                of_no_request: event.told.is_beside,
                unended: !event.told.is_ended,
                record: RawValue::from_string(text.trim_end().to_owned())?,
                odd_lines: event.told.odd.iter().map(raw).collect(),
            });
        }
        let services = self
            .processes
            .iter()
            .filter(|(_, _, records)| *records > 0)
            .map(|(service, pid, records)| Service {
                name: service,
                pid: *pid,
                records: *records,
            });
        let paths = self.paths.iter().map(|path| Path {
            machine: &path.machine,
            start: &path.start,
            end: path.state(),
            steps: path
                .steps
                .iter()
                .map(|step| Step {
                    to: &step.to,
                    after_ms: step.after_ms,
                    illegal: step.is_illegal,
                })
                .collect(),
        });
        let document = Document {
            request_id: &self.id,
            trace_id: self.trace_id.as_deref(),
            outcome: self.outcome,
            status: self.status,
            exchanges: &self.exchanges,
            start: Moment(self.start).rfc3339(),
            end: Moment(self.end).rfc3339(),
            duration_ms: self.ms,
            why: self.why.as_deref(),
            at_last: self.finally.as_deref(),
            services: services.collect(),
            records,
            state_paths: paths.collect(),
            counts: self.counts,
            odd_before: self.before.iter().map(raw).collect(),
            left_out: self.left_out,
            missing: &self.missing,
            input: self.tally,
        };
        crate::json::write(&document, out)
    }
}

/// The digits that a timestamp needs: no more than the file had.
fn precision(nanos: i64) -> Precision {
    match nanos {
        it if it % 1_000_000_000 == 0 => Precision::Seconds,
        it if it % 1_000_000 == 0 => Precision::Milliseconds,
        it if it % 1_000 == 0 => Precision::Microseconds,
        _ => Precision::Nanoseconds,
    }
}

fn raw(odd: &Odd) -> Raw<'_> {
    Raw {
        line: odd.line,
        bytes: odd.whole_len,
        reason: match odd.reason {
            OddReason::NotARecord => "not_a_record",
            OddReason::Truncated => "truncated",
            OddReason::TooLong => "too_long",
        },
        text: &odd.text,
    }
}
