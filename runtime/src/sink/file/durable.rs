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
    /// so, and the file is opened anew: what a disk has once failed to keep it must not be asked for again.
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
        if let Err(error) = self.sync() {
            self.problem.get_or_insert(error.to_string());
        }
    }

    /// Forces what was written onto the disk.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if self.unsynced_since.take().is_none() {
            return Ok(());
        }
        let Some(open) = self.open.as_ref().filter(|open| open.is_regular) else {
            return Ok(());
        };
        let outcome = open.file.sync_data();
        if outcome.is_err() {
            self.open = None;
        }
        outcome
    }

    /// What went wrong with the disk since the last call.
    pub(crate) fn take_problem(&mut self) -> Option<String> {
        self.problem.take()
    }
}
