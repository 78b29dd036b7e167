//! Forcing a log file onto its disk, for who must not lose it to a loss of power.

use std::io;
use std::time::{Duration, Instant};

use super::File;
use crate::level::Level;
use crate::sink::Output;

/// When a file is forced onto the disk.
#[derive(Clone, Copy, Debug)]
struct Durable {
    every: Duration,
    from: Level,
}

/// What is to be forced onto the disk, and what went wrong with it.
#[derive(Debug, Default)]
pub(super) struct Syncs {
    /// Nothing is, unless it was asked for.
    durable: Option<Durable>,
    /// When the first byte was written that is not known to be on the disk.
    unsynced_since: Option<Instant>,
    /// The last sync has failed.
    is_failing: bool,
    /// What the log is to be told of that, and the next flush.
    problem: Option<String>,
    untold: Option<String>,
}

impl Syncs {
    /// None also for a moment that never comes: who wants to sync by level alone says `Duration::MAX`.
    fn due(&self) -> Option<Instant> {
        self.unsynced_since?.checked_add(self.durable?.every)
    }

    /// Something was written, of this highest level; whether it is to be on the disk at once.
    fn note_written(&mut self, highest: u8) -> bool {
        let Some(durable) = self.durable else {
            return false;
        };
        self.unsynced_since.get_or_insert_with(Instant::now);
        highest >= durable.from.number() || self.is_due()
    }

    fn is_due(&self) -> bool {
        self.due().is_some_and(|due| Instant::now() >= due)
    }

    /// What was written is in a file that nobody will read any more.
    pub(super) fn forget_written(&mut self) {
        self.unsynced_since = None;
    }

    /// Begins a sync; false when there is nothing to force onto the disk, and nothing that has failed.
    fn begin(&mut self) -> bool {
        self.unsynced_since.take().is_some() || self.is_failing
    }

    /// Takes note of how a sync went, for the log and for the next flush.
    fn end(&mut self, outcome: &io::Result<()>) {
        let was_failing = core::mem::replace(&mut self.is_failing, outcome.is_err());
        if let Err(error) = outcome {
            // The report is written there, too: told each time it would never end.
            if !was_failing {
                self.problem.get_or_insert(error.to_string());
            }
            self.untold.get_or_insert(error.to_string());
        }
    }

    /// In the child of a fork: what was written is the parent's.
    pub(super) fn renew(&mut self) {
        *self = Self {
            durable: self.durable,
            ..Self::default()
        };
    }
}

impl Output<File> {
    /// Forces the file onto its disk (`fdatasync(2)`): at the latest `every` so long after a record was
    /// written, and at once from level `from` upward. A [`flush`](crate::flush()) does so, too.
    ///
    /// Without it a record is in the hands of the operating system, which a death of the process cannot
    /// undo, and a loss of power can. The background thread waits for the disk, callers only when their
    /// rings fill up meanwhile. When the disk fails to take what was written, a WARNING `sync_failed` says
    /// so, and the next [`flush`](crate::flush()) fails, and each one until the disk takes something again. The
    /// file is opened anew, but what a disk has once failed to keep no later success brings back.
    ///
    /// ```
    /// use std::time::Duration;
    /// use storyline::{Level, sink};
    ///
    /// # let logs = std::env::temp_dir().join(format!("storyline-doc-durable-{}", std::process::id()));
    /// let audit = sink::file(logs.join("audit.log")).durable(Duration::from_millis(100), Level::Error);
    /// let guard = storyline::setup("shop").sink(audit).start()?;
    /// storyline::error!("payment_lost", order_id = 7); // on the disk a moment later
    /// # drop(guard);
    /// # std::fs::remove_dir_all(logs)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn durable(mut self, every: Duration, from: Level) -> Self {
        self.kind.syncs.durable = Some(Durable { every, from });
        self
    }
}

impl File {
    /// When what was written is to be on the disk.
    pub(crate) fn sync_due(&self) -> Option<Instant> {
        self.syncs.due()
    }

    /// Something was written, of this highest level.
    pub(super) fn wrote(&mut self, highest: u8) {
        if self.syncs.note_written(highest) {
            self.sync_and_note();
        }
    }

    /// Forces the file onto the disk when its time has come.
    pub(crate) fn sync_when_due(&mut self) {
        if self.syncs.is_due() {
            self.sync_and_note();
        }
    }

    fn sync_and_note(&mut self) {
        // A failure is noted by `sync`, for the log and for the next flush.
        let _ = self.sync();
    }

    /// Forces what was written onto the disk, and tries again what has failed.
    fn sync(&mut self) -> io::Result<()> {
        if !self.syncs.begin() {
            return Ok(());
        }
        let outcome = self.sync_open();
        self.syncs.end(&outcome);
        if outcome.is_err() {
            self.open = None;
        }
        outcome
    }

    fn sync_open(&mut self) -> io::Result<()> {
        if self.open.is_none() {
            self.open()?;
        }
        match self.open.as_ref().filter(|open| open.is_regular) {
            Some(open) => open.file.sync_data(),
            None => Ok(()),
        }
    }

    /// The same for who waits for it, and must not be told that all is well when an earlier sync has failed:
    /// the system has dropped what it could not write, so that a later one succeeds without it.
    pub(crate) fn flush_onto_disk(&mut self) -> io::Result<()> {
        let outcome = self.sync();
        let untold = self.syncs.untold.take();
        outcome?;
        match untold {
            None => Ok(()),
            Some(error) => Err(io::Error::other(format!(
                "the disk may not have kept what was written earlier: {error}"
            ))),
        }
    }

    /// Closes what is open; what was written there is forced onto the disk where that is asked for.
    pub(super) fn close(&mut self) {
        if self.open.is_some() {
            self.sync_and_note();
            self.open = None;
        }
    }

    /// What went wrong with the disk since the last call.
    pub(crate) fn take_problem(&mut self) -> Option<String> {
        self.syncs.problem.take()
    }
}
