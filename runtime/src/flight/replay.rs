//! The records of a dead process, put into order and into its log file.

use std::collections::HashMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::frames::Frame;
use super::identity::{Log, Process};
use super::sites::{Described, UNKNOWN};
use crate::assemble::{self, assemble};
use crate::clock::Calibration;
use crate::level::Level;
use crate::merge::{Merge, Stream};
use crate::record::{Record, RecordBuf};
use crate::sink::{Batch, Origin, Parts};
use crate::value::ValueBuf;
use crate::wire::{Header, Tag};

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
    /// A payload with the value of `recovered`.
    marked: Vec<u8>,
}

/// `true` on the wire.
const RECOVERED: [u8; 1] = [Tag::True as u8];

#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    origins: Vec<Origin>,
    /// Records that their format could not write.
    failed: u64,
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
            marked: Vec::new(),
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
            let Some((&frame, rest)) = source.frames.split_first() else {
                break;
            };
            source.frames = rest;
            let origin = Origin {
                ring: source.ring,
                number: frame.number,
            };
            let thread = source.thread;
            settled[index] = Some(frame.number);
            if self.push(frame.payload, thread, &mut page, parts) {
                page.origins.push(origin);
                written += 1;
            }
            if page.ends.len() >= BATCH_RECORDS {
                page.write(parts)?;
                settle(&settled)?;
            }
        }
        let damaged = damaged + page.failed;
        if damaged > 0 && page.format(&self.report(damaged).as_record(), parts) {
            page.origins.push(Origin::REPORT);
        }
        page.write(parts)?;
        settle(&settled)?;
        Ok(written)
    }

    /// Formats the record of a frame, if the log takes it; false when it does not, or the frame is none.
    fn push(&mut self, payload: &[u8], thread: &str, page: &mut Page, parts: &mut Parts) -> bool {
        let Some((header, context, values)) = Header::decode(payload) else {
            return false;
        };
        let described = self.sites.get(&header.site);
        let wanted = described
            .map_or(0, Described::threshold)
            .max(self.log.level);
        if header.level() < wanted {
            return false;
        }
        let source = assemble::Source {
            service: &self.process.service,
            pid: self.process.pid,
            thread,
        };
        let Some(described) = described else {
            let record = assemble(
                payload,
                &UNKNOWN,
                source,
                &self.calibration,
                &mut self.message,
            );
            return record.is_some_and(|record| {
                let mut record = record.to_owned();
                record
                    .fields
                    .push(("recovered".to_owned(), ValueBuf::Bool(true)));
                page.format(&record.as_record(), parts)
            });
        };
        // The last key of a description is `recovered`; here is its value.
        self.marked.clear();
        header.repack(values, &RECOVERED, context, &mut self.marked);
        let record = assemble(
            &self.marked,
            described.meta,
            source,
            &self.calibration,
            &mut self.message,
        );
        record.is_some_and(|record| page.format(&record, parts))
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
    /// Appends a record; false when its format, which may be the user's own, panicked.
    fn format(&mut self, record: &Record<'_>, parts: &mut Parts) -> bool {
        let start = self.bytes.len();
        let format = AssertUnwindSafe(|| parts.format.format(record, &mut self.bytes));
        if let Err(panic) = catch_unwind(format) {
            // Never dropped: its destructor could throw again.
            core::mem::forget(panic);
            self.bytes.truncate(start);
            self.failed += 1;
            return false;
        }
        self.ends.push(self.bytes.len());
        true
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
