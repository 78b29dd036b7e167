//! The records of a dead process, put into order and into its log file.

use std::collections::HashMap;
use std::io;

use super::frames::Frame;
use super::identity::{Log, Process};
use super::recover::DeadProcess;
use super::sites::{Described, UNKNOWN};
use super::untold::Untold;
use crate::assemble::{self, Desk, assemble};
use crate::clock::{self, Calibration};
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

/// The same for the one that says that the process has died.
pub(super) const DEATH: Origin = Origin {
    ring: u32::MAX - 1,
    number: 1,
};

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
    /// What is formatted and waits for the next batch; without reports.
    formatted: Vec<Origin>,
    written: Vec<Origin>,
    desk: Desk,
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
            formatted: Vec::new(),
            written: Vec::new(),
            desk: Desk::default(),
            marked: Vec::new(),
        }
    }

    /// The frames that the log takes.
    pub(super) fn wanted(&self) -> Vec<Origin> {
        let mut wanted = Vec::new();
        for source in &self.sources {
            for frame in source.frames {
                let header = Header::decode(frame.payload);
                if header.is_some_and(|(header, ..)| self.wants(header)) {
                    wanted.push(Origin {
                        ring: source.ring,
                        number: frame.number,
                    });
                }
            }
        }
        wanted
    }

    /// Those that were written by now.
    pub(super) fn written(&self) -> &[Origin] {
        &self.written
    }

    /// Writes everything that the log takes, and behind it what it was not told yet: what the process has lost,
    /// how many records were damaged, that it died, with what was `found` of it. After each batch `settle` is told
    /// up to which number each source is done. Gives how many records could not be read.
    pub(super) fn run(
        &mut self,
        parts: &mut Parts,
        mut damaged: u64,
        untold: &Untold,
        found: &DeadProcess,
        mut settle: impl FnMut(&[Option<u32>]) -> io::Result<()>,
    ) -> io::Result<u64> {
        let mut merge = Merge::default();
        let mut settled = vec![None; self.sources.len()];
        let mut pending = Collected::default();
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
                Fate::Written => self.formatted.push(origin),
                Fate::Unwanted => {}
                Fate::Unreadable => damaged += 1,
            }
            if pending.records() >= BATCH_RECORDS {
                self.write(&mut pending, parts)?;
                settle(&settled)?;
            }
        }
        // All in the last batch, whose note says what of it has arrived.
        for loss in untold.losses.iter().filter(|loss| loss.untold() > 0) {
            let origin = Origin::of_loss(loss.code, loss.lost);
            let report = self.dropped(loss.sink_or(&self.log.path), &loss.reason, loss.untold());
            append(&mut pending, &report.as_record(), origin, parts);
        }
        if damaged > 0 && !untold.damage_is_told {
            let path = self.log.path.display().to_string();
            let report = self.dropped(path, "damaged", damaged);
            append(&mut pending, &report.as_record(), DAMAGE, parts);
        }
        if !untold.death_is_told {
            let written = self.written.len() + self.formatted.len();
            let mut found = found.clone();
            found.written = written as u64;
            found.damaged = damaged;
            let report = self.report("process_died", std::process::id(), found.fields());
            append(&mut pending, &report.as_record(), DEATH, parts);
        }
        self.write(&mut pending, parts)?;
        settle(&settled)?;
        Ok(damaged)
    }

    fn write(&mut self, pending: &mut Collected, parts: &mut Parts) -> io::Result<()> {
        if pending.is_empty() {
            return Ok(());
        }
        let outcome = parts.sink.write(pending.as_batch());
        pending.clear();
        let arrived = match &outcome {
            Ok(()) => self.formatted.len(),
            Err(error) => error.written.min(self.formatted.len()),
        };
        self.written.extend(self.formatted.drain(..).take(arrived));
        outcome.map_err(|error| error.source)
    }

    fn wants(&self, header: Header) -> bool {
        let described = self.sites.get(&header.site);
        let threshold = described.map_or(0, Described::threshold);
        header.level() >= threshold.max(self.log.level)
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
        if !self.wants(header) {
            return Fate::Unwanted;
        }
        let described = self.sites.get(&header.site);
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
        let sites = self.sites;
        let mut entries = Vec::new();
        let record = assemble(
            payload,
            meta,
            source,
            &self.calibration,
            &mut |number| sites.get(&number).map(|described| described.meta.keys),
            &mut self.desk,
            &mut entries,
        );
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

    /// Says how many records are missing for a reason, in the name of the process that has lost them.
    fn dropped(&self, sink: String, reason: &str, count: u64) -> RecordBuf {
        let fields = [
            ("sink", ValueBuf::Str(sink)),
            ("reason", ValueBuf::Str(reason.to_owned())),
            ("count", ValueBuf::UInt(count)),
            ("recovered", ValueBuf::Bool(true)),
        ];
        let fields = fields.map(|(key, value)| (key.to_owned(), value));
        self.report("records_dropped", self.process.pid, fields.into())
    }

    /// A report that is made now; what ticks meant to the process says nothing about that.
    fn report(&self, event: &str, pid: u32, fields: Vec<(String, ValueBuf)>) -> RecordBuf {
        RecordBuf {
            timestamp: clock::calibration().timestamp(clock::now()),
            level: Level::Warning,
            service: self.process.service.clone(),
            pid,
            request_id: None,
            trace_id: None,
            span_id: None,
            event: event.to_owned(),
            location: None,
            thread: Some("storyline".to_owned()),
            fields,
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
