//! Forcing a log file onto its disk, for who must not lose it to a loss of power.

use std::io;
use std::time::{Duration, Instant};

use super::File;
use crate::level::Level;
use crate::sink::Output;

/// When a file is forced onto the disk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Durable {
    every: Duration,
    from: Level,
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
        self.kind.durable = Some(Durable { every, from });
        self
    }
}

impl File {
    /// When what was written is to be on the disk.
    pub(crate) fn sync_due(&self) -> Option<Instant> {
        Some(self.unsynced_since? + self.durable?.every)
    }

    /// Something was written, of this highest level.
    pub(super) fn wrote(&mut self, highest: u8) {
        let Some(durable) = self.durable else { return };
        self.unsynced_since.get_or_insert_with(Instant::now);
        if highest >= durable.from.number() {
            self.sync_and_note();
        } else {
            self.sync_when_due();
        }
    }

    /// Forces the file onto the disk when its time has come.
    pub(crate) fn sync_when_due(&mut self) {
        if self.sync_due().is_some_and(|due| Instant::now() >= due) {
            self.sync_and_note();
        }
    }

    fn sync_and_note(&mut self) {
        // A failure is noted by `sync`, for the log and for the next flush.
        let _ = self.sync();
    }

    /// Forces what was written onto the disk, and tries again what has failed.
    fn sync(&mut self) -> io::Result<()> {
        if self.unsynced_since.take().is_none() && !self.is_failing {
            return Ok(());
        }
        let outcome = self.sync_open();
        let was_failing = core::mem::replace(&mut self.is_failing, outcome.is_err());
        if let Err(error) = &outcome {
            // The report is written there, too: told each time it would never end.
            if !was_failing {
                self.problem.get_or_insert(error.to_string());
            }
            self.untold.get_or_insert(error.to_string());
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
    pub(super) fn flush_onto_disk(&mut self) -> io::Result<()> {
        let outcome = self.sync();
        let untold = self.untold.take();
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

    /// In the child of a fork: what was written is the parent's.
    pub(super) fn forget_syncs(&mut self) {
        self.unsynced_since = None;
        self.is_failing = false;
        self.problem = None;
        self.untold = None;
    }

    /// What went wrong with the disk since the last call.
    pub(crate) fn take_problem(&mut self) -> Option<String> {
        self.problem.take()
    }
}
