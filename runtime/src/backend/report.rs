//! The records that the runtime writes about itself. They are made behind the rings, so that a report
//! about a full ring does not need room in one.

use std::path::PathBuf;

use crate::level::Level;
use crate::record::{Fields, Location, Record, Timestamp};
use crate::samples::SUMMARY;
use crate::site::Meta;
use crate::value::ValueBuf;

/// This process, as its reports name it.
#[derive(Debug)]
pub(super) struct Author {
    pub(super) service: String,
    pub(super) pid: u32,
}

impl Author {
    pub(super) fn at(&self, timestamp: Timestamp) -> Voice<'_> {
        Voice {
            service: &self.service,
            pid: self.pid,
            timestamp,
        }
    }
}

/// Who reports, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice<'a> {
    pub(super) service: &'a str,
    pub(super) pid: u32,
    pub(super) timestamp: Timestamp,
}

const THREAD: &str = "storyline";

impl<'a> Voice<'a> {
    fn record(self, level: Level, event: &'a str, fields: &'a [(String, ValueBuf)]) -> Record<'a> {
        Record {
            timestamp: self.timestamp,
            level,
            service: self.service,
            pid: self.pid,
            request_id: None,
            trace_id: None,
            span_id: None,
            event,
            message: None,
            location: None,
            thread: Some(THREAD),
            fields: Fields::Owned(fields),
        }
    }
}

/// `records_dropped`: so many records are missing from that sink's log.
pub(super) fn dropped<R>(
    voice: Voice<'_>,
    sink: &str,
    reason: &str,
    count: u64,
    then: impl FnOnce(&Record<'_>) -> R,
) -> R {
    let fields = [
        ("sink".to_owned(), ValueBuf::Str(sink.to_owned())),
        ("reason".to_owned(), ValueBuf::Str(reason.to_owned())),
        ("count".to_owned(), ValueBuf::UInt(count)),
    ];
    then(&voice.record(Level::Warning, "records_dropped", &fields))
}

/// A WARNING with one reason: `sync_failed` (a disk has not kept what was written).
pub(super) fn problem<R>(
    voice: Voice<'_>,
    event: &str,
    reason: &str,
    then: impl FnOnce(&Record<'_>) -> R,
) -> R {
    let fields = [("reason".to_owned(), ValueBuf::Str(reason.to_owned()))];
    then(&voice.record(Level::Warning, event, &fields))
}

/// A WARNING about the recorder. What a log file may lack is told there whatever its level is, as its own
/// losses are; elsewhere as the warning it is.
#[derive(Debug)]
pub(crate) struct Notice {
    pub(crate) event: &'static str,
    pub(crate) fields: Vec<(String, ValueBuf)>,
    /// Log files in which it stands already.
    pub(crate) told_in: Vec<PathBuf>,
}

impl Notice {
    /// One with texts for fields.
    pub(crate) fn of_texts<const N: usize>(
        event: &'static str,
        fields: [(&str, String); N],
    ) -> Self {
        let fields = fields.map(|(key, text)| (key.to_owned(), ValueBuf::Str(text)));
        Self {
            event,
            fields: fields.into(),
            told_in: Vec::new(),
        }
    }

    /// What is logged from now on, or some of it, would not outlive the process.
    pub(crate) fn unavailable(reason: String) -> Self {
        Self::of_texts("recorder_unavailable", [("reason", reason)])
    }

    pub(super) fn record<'a>(&'a self, voice: Voice<'a>) -> Record<'a> {
        voice.record(Level::Warning, self.event, &self.fields)
    }
}

/// A record of a site whose option held so many calls back.
pub(super) fn suppressed<R>(
    voice: Voice<'_>,
    meta: &'static Meta,
    level: Level,
    count: u64,
    then: impl FnOnce(&Record<'_>) -> R,
) -> R {
    let fields = vec![("suppressed".to_owned(), ValueBuf::UInt(count))];
    let event = meta.events.first().copied().unwrap_or("suppressed");
    of_site(voice, meta, level, event, fields, then)
}

/// `timing_summary`: how long the calls of a site took.
pub(super) fn timing_summary<R>(
    voice: Voice<'_>,
    meta: &'static Meta,
    fields: Vec<(String, ValueBuf)>,
    then: impl FnOnce(&Record<'_>) -> R,
) -> R {
    of_site(voice, meta, SUMMARY, "timing_summary", fields, then)
}

/// A record that stands for a site: its constants, then these fields.
fn of_site<R>(
    voice: Voice<'_>,
    meta: &'static Meta,
    level: Level,
    event: &str,
    own: Vec<(String, ValueBuf)>,
    then: impl FnOnce(&Record<'_>) -> R,
) -> R {
    let constants = meta.constants.iter();
    let mut fields: Vec<_> = constants
        .map(|&(key, text)| (key.to_owned(), ValueBuf::Str(text.to_owned())))
        .collect();
    fields.extend(own);
    let mut record = voice.record(level, event, &fields);
    record.location = Some(Location {
        module: meta.module,
        file: meta.file,
        line: meta.line,
    });
    then(&record)
}
