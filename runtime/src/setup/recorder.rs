//! Before anything is logged: what dead processes have left is written, and this process begins to record.

use std::path::PathBuf;
use std::sync::Arc;

use crate::emit::emit;
use crate::flight::{self, Found, Log, Recorder, Session};
use crate::level::Level;
use crate::site::{Meta, Site};
use crate::sink::Parts;
use crate::value::capture;

static DIED: Site = Site::new(&Meta {
    events: &["process_died"],
    keys: &["died_pid", "died_service", "records", "damaged"],
    constants: &[],
    template: &[],
    target: "storyline",
    module: module_path!(),
    file: file!(),
    line: line!(),
    gate: None,
});

static UNAVAILABLE: Site = Site::new(&Meta {
    events: &["recorder_unavailable", "recovery_incomplete"],
    keys: &["reason"],
    constants: &[],
    template: &[],
    target: "storyline",
    module: module_path!(),
    file: file!(),
    line: line!(),
    gate: None,
});

/// What happened; told once logging works.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    found: Vec<Found>,
    problems: Vec<String>,
    pub(super) unavailable: Option<String>,
}

impl Recovered {
    pub(super) fn report(&self) {
        for found in &self.found {
            if DIED.wants(Level::Warning) {
                let values = (
                    capture(&found.pid),
                    (
                        capture(&found.service),
                        (capture(&found.written), (capture(&found.damaged), ())),
                    ),
                );
                emit(&DIED, Level::Warning, 0, values);
            }
        }
        for reason in &self.problems {
            warn(1, reason);
        }
        if let Some(reason) = &self.unavailable {
            warn(0, reason);
        }
    }
}

fn warn(event: u8, reason: &String) {
    if UNAVAILABLE.wants(Level::Warning) {
        emit(&UNAVAILABLE, Level::Warning, event, (capture(reason), ()));
    }
}

/// What is needed to begin to record, at set-up and in the child of a fork.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) recorder: Recorder,
    pub(super) service: String,
    pub(super) ring_bytes: usize,
}

/// Writes what dead processes have left for the log files among these sinks.
pub(super) fn recover(plan: &Plan, parts: &mut [Parts]) -> Recovered {
    let mut recovered = Recovered::default();
    let logs: Vec<Log> = parts.iter_mut().filter_map(log_of).collect();
    for place in places(&plan.recorder, &logs) {
        let problems = &mut recovered.problems;
        match flight::recover(&place, |log, run| find(parts, log, run), problems) {
            Ok(found) => recovered.found.extend(found),
            Err(error) => problems.push(error.to_string()),
        }
    }
    recovered
}

impl Plan {
    /// Begins to record for the log files among these sinks, if there are any.
    ///
    /// # Errors
    ///
    /// Says why no place can be recorded in.
    pub(super) fn begin(
        &self,
        parts: &mut dyn Iterator<Item = &mut Parts>,
    ) -> Result<Option<Arc<Session>>, String> {
        let (files, logs): (Vec<_>, Vec<_>) = parts
            .filter_map(|parts| {
                let log = log_of(parts)?;
                Some((parts, log))
            })
            .unzip();
        if logs.is_empty() || self.recorder.is_off() {
            return Ok(None);
        }
        let session = Session::begin(&self.recorder, &self.service, logs, self.ring_bytes)?;
        for (log, parts) in files.into_iter().enumerate() {
            if let Some(file) = parts.sink.as_file() {
                file.set_journal((log < flight::MAX_LOGS).then(|| session.journal(log)));
            }
        }
        Ok(Some(Arc::new(session)))
    }
}

/// Where an earlier process may have recorded: in the places of this one, and beside each log.
fn places(recorder: &Recorder, logs: &[Log]) -> Vec<PathBuf> {
    let usual = Recorder::default();
    let mut places: Vec<PathBuf> = Vec::new();
    for log in logs {
        let all = recorder.places(&log.path).into_iter();
        for place in all.chain(usual.places(&log.path)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// A sink as the recorder knows it; none for what keeps nothing.
fn log_of(parts: &mut Parts) -> Option<Log> {
    let level = parts.level.map_or(0, Level::number);
    let format = parts.format.label();
    let file = parts.sink.as_file().filter(|file| file.is_regular())?;
    Some(Log {
        path: file.path().to_owned(),
        level,
        format,
    })
}

fn find(parts: &mut [Parts], log: &Log, run: &mut dyn FnMut(&mut Parts)) -> bool {
    for parts in parts {
        let file = parts.sink.as_file().filter(|file| file.is_regular());
        if file.is_some_and(|file| file.path() == log.path) {
            run(parts);
            return true;
        }
    }
    false
}
