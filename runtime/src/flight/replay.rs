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
use crate::panic::discard;
use crate::record::{Record, RecordBuf};
use crate::sink::{Collected, Origin, Parts};
use crate::value::ValueBuf;
use crate::wire::{Header, Tag};

/// Records go into the file in batches of so many.
const BATCH_RECORDS: usize = 1024;

/// Where the report comes from that says how much is damaged: noted as if from a ring, so that it is written
/// once, too.
pub(super) const DAMAGE: Origin = Origin {
    ring: u32::MAX - 1,
    number: 0,
};

/// What was done for one log.
pub(super) struct Replayed {
    pub(super) written: u64,
    /// Records that could not be read.
    pub(super) damaged: u64,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Written,
    /// The log does not take records of its level.
    Unwanted,
    /// It is no record, or its format could not write it.
    Unreadable,
}

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

    /// Writes everything that the log takes, and behind it how many records were damaged, unless that `is_told`
    /// already. After each batch `settle` is told up to which number each source is done.
    pub(super) fn run(
        &mut self,
        parts: &mut Parts,
        mut damaged: u64,
        is_told: bool,
        mut settle: impl FnMut(&[Option<u32>]) -> io::Result<()>,
    ) -> io::Result<Replayed> {
        let mut merge = Merge::default();
        let mut settled = vec![None; self.sources.len()];
        let mut pending = Collected::default();
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
            match self.push(frame.payload, thread, origin, &mut pending, parts) {
                Fate::Written => written += 1,
                Fate::Unwanted => {}
                Fate::Unreadable => damaged += 1,
            }
            if pending.records() >= BATCH_RECORDS {
                write(&mut pending, parts)?;
                settle(&settled)?;
            }
        }
        if damaged > 0 && !is_told {
            let report = self.report(damaged);
            append(&mut pending, &report.as_record(), DAMAGE, parts);
        }
        write(&mut pending, parts)?;
        settle(&settled)?;
        Ok(Replayed { written, damaged })
    }

    /// Formats the record of a frame, if the log takes it.
    fn push(
        &mut self,
        payload: &[u8],
        thread: &str,
        origin: Origin,
        pending: &mut Collected,
        parts: &mut Parts,
    ) -> Fate {
        let Some((header, context, values)) = Header::decode(payload) else {
            return Fate::Unreadable;
        };
        let described = self.sites.get(&header.site);
        let wanted = described
            .map_or(0, Described::threshold)
            .max(self.log.level);
        if header.level() < wanted {
            return Fate::Unwanted;
        }
        let source = assemble::Source {
            service: &self.process.service,
            pid: self.process.pid,
            thread,
        };
        let (payload, meta) = match described {
            // The last key of a description is `recovered`; here is its value.
            Some(described) => {
                self.marked.clear();
                header.repack(values, &RECOVERED, context, &mut self.marked);
                (&self.marked[..], described.meta)
            }
            None => (payload, &UNKNOWN),
        };
        let record = assemble(payload, meta, source, &self.calibration, &mut self.message);
        let is_written = record.is_some_and(|record| {
            if described.is_some() {
                return append(pending, &record, origin, parts);
            }
            let mut record = record.to_owned();
            let recovered = ("recovered".to_owned(), ValueBuf::Bool(true));
            record.fields.push(recovered);
            append(pending, &record.as_record(), origin, parts)
        });
        if is_written {
            Fate::Written
        } else {
            Fate::Unreadable
        }
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

/// Appends a record; false when its format, which may be the user's own, panicked.
fn append(pending: &mut Collected, record: &Record<'_>, origin: Origin, parts: &mut Parts) -> bool {
    match pending.append(&mut *parts.format, record, origin) {
        Ok(()) => true,
        Err(panic) => {
            discard(panic);
            false
        }
    }
}

fn write(pending: &mut Collected, parts: &mut Parts) -> io::Result<()> {
    if pending.is_empty() {
        return Ok(());
    }
    let outcome = parts.sink.write(pending.as_batch());
    pending.clear();
    outcome.map_err(|error| error.source)
}
