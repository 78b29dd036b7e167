//! One sink on the background thread: its format, its buffer, its accounting. A sink or format that
//! panics is caught here and harms nobody else.

mod told;
mod write;

use core::fmt;
use std::path::Path;
use std::time::Instant;

use super::losses::{Loss, Losses, PROCESS, Told};
use super::reason::{ByReason, Reason};
use super::report::Voice;
use crate::level::Level;
use crate::panic::discard;
use crate::record::Record;
use crate::sink::{Collected, Origin, Parts};

/// A batch is written out when a sink's buffer holds this much: small enough to stay in the cache and to give
/// ring space back soon, large enough that a file system takes it in few large pieces (a quarter of it costs a
/// fifth more for each line, see the results).
pub(super) const BATCH_BYTES: usize = 256 * 1024;

/// What a sink whose reader stands still may keep waiting; what comes on top is lost to it.
const QUEUE_BYTES: usize = 1024 * 1024;

/// What became of the records that one sink wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct LaneCounts {
    pub(super) accepted: u64,
    pub(super) pending: u64,
    pub(super) written: u64,
    pub(super) dropped: ByReason,
}

/// A sink with everything the background thread keeps for it.
pub(crate) struct Lane {
    parts: Parts,
    /// Its row among the losses.
    row: usize,
    /// Which of the recorder's logs it is.
    log: Option<usize>,
    /// The totals of what was lost and told when the recorder last heard of them.
    kept: (u64, u64),
    level: u8,
    buffer: Collected,
    /// The highest level in the buffer.
    highest: u8,
    /// Bytes of the buffer that the sink was offered and did not take.
    refused: usize,
    /// The losses that the first records of the buffer tell.
    telling: Vec<Loss>,
    told: Told,
    counts: LaneCounts,
    /// The last write has failed, or was not taken.
    is_failing: bool,
    panics: u32,
    rests_until: Option<Instant>,
    next_idle_try: Instant,
    /// The last ticket it has flushed for.
    flushed: u64,
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lane")
            .field("name", &self.parts.name)
            .finish_non_exhaustive()
    }
}

impl Lane {
    pub(super) fn new(parts: Parts, index: usize, losses: &Losses) -> Self {
        Self {
            row: PROCESS + 1 + index,
            log: None,
            kept: (0, 0),
            level: parts.threshold(),
            parts,
            buffer: Collected::with_capacity(BATCH_BYTES + BATCH_BYTES / 4),
            highest: 0,
            refused: 0,
            telling: Vec::new(),
            told: Told::nothing(losses),
            counts: LaneCounts::default(),
            is_failing: false,
            panics: 0,
            rests_until: None,
            next_idle_try: Instant::now(),
            flushed: 0,
        }
    }

    /// Forgets what is under way, and what was told.
    pub(super) fn renew(&mut self, losses: &Losses) {
        self.clear();
        self.told = Told::nothing(losses);
        self.kept = (0, 0);
        self.counts = LaneCounts::default();
        self.is_failing = false;
        self.panics = 0;
        self.rests_until = None;
        self.flushed = 0;
    }

    pub(super) fn parts(&mut self) -> &mut Parts {
        &mut self.parts
    }

    pub(super) fn name(&self) -> &str {
        &self.parts.name
    }

    /// The path, where it is a file that keeps what is written.
    pub(super) fn log_file(&mut self) -> Option<&Path> {
        let file = self.parts.sink.as_file()?;
        file.is_regular().then(|| file.path())
    }

    /// Says which of the recorder's logs it is, if it is one.
    pub(super) fn set_log(&mut self, log: Option<usize>) {
        self.log = log;
    }

    #[inline]
    pub(super) fn wants(&self, level: Level) -> bool {
        level.number() >= self.level
    }

    pub(super) fn row(&self) -> usize {
        self.row
    }

    pub(super) fn counts(&self) -> LaneCounts {
        LaneCounts {
            pending: (self.buffer.records() - self.telling.len()) as u64,
            ..self.counts.clone()
        }
    }

    pub(super) fn dropped(&self) -> &ByReason {
        &self.counts.dropped
    }

    pub(super) fn is_full(&self) -> bool {
        self.buffer.len() - self.refused >= BATCH_BYTES
    }

    pub(super) fn has_queue(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Formats a record into the buffer, behind the reports that are due.
    #[inline]
    pub(super) fn push(
        &mut self,
        record: &Record<'_>,
        origin: Origin,
        voice: Voice<'_>,
        losses: &Losses,
    ) {
        self.counts.accepted += 1;
        if self.rests_until.is_some() {
            return self.drop_records(Reason::SinkPanicked, 1);
        }
        if self.buffer.len() >= QUEUE_BYTES {
            return self.drop_records(Reason::Stalled, 1);
        }
        if self.buffer.is_empty() && !self.told.is_all(losses) {
            self.push_reports(voice, losses, false);
        }
        if !self.append(record, origin) {
            self.drop_records(Reason::FormatPanicked, 1);
        }
    }

    /// One record behind the others; false when the format panicked.
    #[inline]
    fn append(&mut self, record: &Record<'_>, origin: Origin) -> bool {
        let outcome = self.buffer.append(&mut *self.parts.format, record, origin);
        if let Err(panic) = outcome {
            discard(panic);
            return false;
        }
        self.highest = self.highest.max(record.level.number());
        true
    }

    /// Forces what was written onto the disk where that is asked for and due; says when it will be, and what
    /// went wrong.
    pub(super) fn sync(&mut self) -> (Option<Instant>, Option<String>) {
        let Some(file) = self.parts.sink.as_file() else {
            return (None, None);
        };
        file.sync_when_due();
        (file.sync_due(), file.take_problem())
    }

    /// When that time comes, if it does.
    pub(super) fn next_idle_try(&self, losses: &Losses) -> Option<Instant> {
        let rest = self.rests_until.into_iter();
        let tries = (!self.told.is_all(losses)).then_some(self.next_idle_try);
        rest.chain(tries).max()
    }

    /// Ends a rest whose time is over.
    pub(super) fn wake_up(&mut self, now: Instant) {
        if self.rests_until.is_some_and(|until| now >= until) {
            self.rests_until = None;
        }
    }

    fn clear(&mut self) {
        self.buffer.clear();
        self.highest = 0;
        self.refused = 0;
        self.telling.clear();
    }

    #[cold]
    fn drop_records(&mut self, reason: Reason, count: u64) {
        self.counts.dropped[reason.index()] += count;
    }
}
