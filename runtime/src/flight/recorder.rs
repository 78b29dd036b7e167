//! The user's choice of a place for the recorder's files.

use std::path::{Path, PathBuf};

use crate::sys::user;

/// Where the flight recorder keeps what was logged and not yet written.
///
/// With a file sink every thread's ring is memory of a file: what a call has logged is in the hands of the
/// operating system when the call returns, so a process that is killed loses none of it. The next `start`
/// of the same log, or `storyline recover`, writes what is missing, marked `recovered=true`.
///
/// The default place is `/dev/shm/storyline-<uid>/`, memory that outlives the process and not the
/// machine; when that has no room, `.storyline-<uid>` beside the first log file, with a WARNING `recorder_moved`;
/// and without room there either, the process's own memory, with a WARNING `recorder_unavailable`. A place on a disk survives a
/// restart of the machine that writes its caches back, and costs more: after each write-back the first
/// touch of a page takes microseconds. Neither survives a loss of power; for what must, see
/// [`durable`](crate::sink::Output::durable).
///
/// The files hold what was logged as it was logged, for the owner's eyes only (mode 0600), and are
/// removed once everything in them is written.
///
/// ```
/// use storyline::{Recorder, sink};
///
/// # let place = std::env::temp_dir().join(format!("storyline-doc-recorder-{}", std::process::id()));
/// let guard = storyline::setup("shop")
///     .sink(sink::file(place.join("shop.log")))
///     .recorder(Recorder::at(place.join("recorder")))
///     .start()?;
/// storyline::info!("order_paid");
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert!(place.join("recorder").read_dir()?.count() > 0);
/// # drop(guard);
/// # std::fs::remove_dir_all(place)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "pass it to `setup(..).recorder(..)`"]
pub struct Recorder {
    pub(crate) choice: Choice,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Choice {
    #[default]
    Automatic,
    Off,
    At(PathBuf),
}

impl Recorder {
    /// Rings are the process's own memory: a process that is killed takes along what was not written yet,
    /// usually the last milliseconds.
    ///
    /// ```
    /// use storyline::Recorder;
    ///
    /// # let place = std::env::temp_dir().join(format!("storyline-doc-off-{}", std::process::id()));
    /// let setup = storyline::setup("shop").file(place.join("shop.log"));
    /// let _flush = setup.recorder(Recorder::off()).start()?;
    /// # std::fs::remove_dir_all(place)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn off() -> Self {
        Self {
            choice: Choice::Off,
        }
    }

    /// In this directory, which is made when it is missing, readable for its owner only. It must not be
    /// readable for others, nor be another user's. A relative path is resolved by
    /// [`start`](crate::Setup::start).
    pub fn at(directory: impl Into<PathBuf>) -> Self {
        Self {
            choice: Choice::At(directory.into()),
        }
    }

    /// The same when the working directory has changed: what was meant is meant now. Without a slash at its end,
    /// through which a link would be followed.
    pub(crate) fn resolve(&mut self) {
        if let Choice::At(directory) = &mut self.choice {
            *directory =
                without_slash(&std::path::absolute(&*directory).unwrap_or(directory.clone()));
        }
    }

    pub(crate) fn is_off(&self) -> bool {
        matches!(self.choice, Choice::Off)
    }

    /// The places to try, in order, for a process whose first log file is this one.
    pub(crate) fn places(&self, first_log: &Path) -> Vec<PathBuf> {
        match &self.choice {
            Choice::Off => Vec::new(),
            Choice::At(directory) => vec![directory.clone()],
            Choice::Automatic => vec![in_memory(), beside(first_log)],
        }
    }
}

pub(super) fn without_slash(path: &Path) -> PathBuf {
    path.components().collect()
}

fn in_memory() -> PathBuf {
    PathBuf::from(format!("/dev/shm/storyline-{}", user::effective()))
}

fn beside(log: &Path) -> PathBuf {
    let directory = log.parent().unwrap_or(Path::new("."));
    directory.join(format!(".storyline-{}", user::effective()))
}
