//! The records of a dead process, put into order and into its log file.

use std::collections::HashMap;
use std::io;

use super::frames::Frame;
use super::identity::{Log, Process};
use super::sites::{Described, UNKNOWN};
use crate::assemble::{self, assemble};
use crate::clock::Calibration;
use crate::level::Level;
use crate::merge::{Merge, Stream};
use crate::record::RecordBuf;
use crate::sink::{Batch, Origin, Parts};
use crate::value::ValueBuf;
use crate::wire::Header;

/// Records go into the file in batches of so many.
const BATCH_RECORDS: usize = 1024;

/// What is left of one ring.
pub(super) struct Source<'a> {
    pub(super) ring: u32,
    pub(super) thread: &'a str,
    pub(super) frames: &'a [Frame<'a>],
}

impl Stream for Source<'_> {
    fn head(&mut self) -> Option<u64> {
        let frame = self.frames.first()?;
        Some(Header::ticks(frame.payload).unwrap_or(0))
    }
}

/// All of it, for one log.
pub(super) struct Replay<'a> {
    process: &'a Process,
    log: &'a Log,
    sites: &'a HashMap<u32, Described>,
    calibration: Calibration,
    sources: Vec<Source<'a>>,
    message: String,
}

#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    origins: Vec<Origin>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        process: &'a Process,
        log: &'a Log,
        sites: &'a HashMap<u32, Described>,
        calibration: Calibration,
        sources: Vec<Source<'a>>,
    ) -> Self {
        Self {
            process,
            log,
            sites,
            calibration,
            sources,
            message: String::new(),
        }
    }

    /// Writes everything that the log takes; gives the number of records. After each batch `settle` is told
    /// up to which number each source is done.
    pub(super) fn run(
        &mut self,
        parts: &mut Parts,
        damaged: u64,
        mut settle: impl FnMut(&[Option<u32>]) -> io::Result<()>,
    ) -> io::Result<u64> {
        let mut merge = Merge::default();
        let mut settled = vec![None; self.sources.len()];
        let mut page = Page::default();
        let mut written = 0;
        merge.begin(&mut self.sources, u64::MAX);
        while let Some(index) = merge.next(&mut self.sources) {
            let source = &mut self.sources[index];
            let Some((frame, rest)) = source.frames.split_first() else {
                break;
            };
            source.frames = rest;
            let origin = Origin {
                ring: source.ring,
                number: frame.number,
            };
            let thread = source.thread;
            settled[index] = Some(frame.number);
            if let Some(record) = self.record(frame.payload, thread) {
                page.push(&record, origin, parts);
                written += 1;
            }
            if page.ends.len() >= BATCH_RECORDS {
                page.write(parts)?;
                settle(&settled)?;
            }
        }
        if damaged > 0 {
            page.push(&self.report(damaged), Origin::REPORT, parts);
        }
        page.write(parts)?;
        settle(&settled)?;
        Ok(written)
    }

    /// The record of a frame, if the log takes it.
    fn record(&mut self, payload: &[u8], thread: &str) -> Option<RecordBuf> {
        let (header, ..) = Header::decode(payload)?;
        let described = self.sites.get(&header.site);
        let wanted = described.map_or(0, |it| it.threshold).max(self.log.level);
        if header.level() < wanted {
            return None;
        }
        let source = assemble::Source {
            service: &self.process.service,
            pid: self.process.pid,
            thread,
        };
        let meta = described.map_or(&UNKNOWN, |it| it.meta);
        let record = assemble(payload, meta, source, &self.calibration, &mut self.message)?;
        let mut record = record.to_owned();
        record.fields.push(("recovered".to_owned(), ValueBuf::Bool(true)));
        Some(record)
    }

    /// Says how many records could not be read any more.
    fn report(&self, damaged: u64) -> RecordBuf {
        let fields = [
            ("sink", ValueBuf::Str(self.log.path.display().to_string())),
            ("reason", ValueBuf::Str("damaged".to_owned())),
            ("count", ValueBuf::UInt(damaged)),
            ("recovered", ValueBuf::Bool(true)),
        ];
        RecordBuf {
            timestamp: self.calibration.timestamp(crate::clock::now()),
            level: Level::Warning,
            service: self.process.service.clone(),
            pid: self.process.pid,
            request_id: None,
            trace_id: None,
            span_id: None,
            event: "records_dropped".to_owned(),
            location: None,
            thread: Some("storyline".to_owned()),
            fields: fields.map(|(key, value)| (key.to_owned(), value)).into(),
        }
    }
}

impl Page {
    fn push(&mut self, record: &RecordBuf, origin: Origin, parts: &mut Parts) {
        parts.format.format(&record.as_record(), &mut self.bytes);
        self.ends.push(self.bytes.len());
        self.origins.push(origin);
    }

    fn write(&mut self, parts: &mut Parts) -> io::Result<()> {
        if self.ends.is_empty() {
            return Ok(());
        }
        let batch = Batch::of(&self.bytes, &self.ends, &self.origins);
        let outcome = parts.sink.write(batch);
        self.bytes.clear();
        self.ends.clear();
        self.origins.clear();
        outcome.map_err(|error| error.source)
    }
}
