//! Where this process records what it logs, at set-up and in the child of a fork.

use std::sync::Arc;

use crate::backend::Notice;
use crate::flight::{self, Log, Recorder, Session};
use crate::sink::Parts;

/// What is needed to begin to record, at set-up and in the child of a fork.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) recorder: Recorder,
    pub(super) service: String,
    pub(super) ring_bytes: usize,
}

impl Plan {
    /// Begins to record for the log files among these sinks, if there are any; `notices` takes why no place can
    /// be recorded in, or not the first.
    pub(super) fn begin(
        &self,
        parts: &mut dyn Iterator<Item = &mut Parts>,
        notices: &mut Vec<Notice>,
    ) -> Option<Arc<Session>> {
        let (files, logs): (Vec<_>, Vec<_>) = parts
            .filter_map(|parts| {
                let log = log_of(parts)?;
                Some((parts, log))
            })
            .unzip();
        if logs.is_empty() || self.recorder.is_off() {
            return None;
        }
        let begun = Session::begin(&self.recorder, &self.service, logs, self.ring_bytes);
        let session = begun
            .map_err(|reason| notices.push(Notice::unavailable(reason)))
            .ok()?;
        if let Some((place, reason)) = session.moved() {
            let place = place.display().to_string();
            let fields = [("place", place), ("reason", reason.to_owned())];
            notices.push(Notice::of_texts("recorder_moved", fields));
        }
        for (log, parts) in files.into_iter().enumerate() {
            if let Some(file) = parts.sink.as_file() {
                file.set_journal((log < flight::MAX_LOGS).then(|| session.journal(log)));
            }
        }
        Some(Arc::new(session))
    }
}

/// A sink as the recorder knows it; none for what keeps nothing.
pub(super) fn log_of(parts: &mut Parts) -> Option<Log> {
    let level = parts.threshold();
    let format = parts.format.label();
    let file = parts.sink.as_file().filter(|file| file.is_regular())?;
    Some(Log {
        path: file.path().to_owned(),
        level,
        format,
        mode: file.mode(),
    })
}
