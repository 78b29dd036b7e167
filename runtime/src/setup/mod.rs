//! Where the rooms are wired together: the builder, the one start, the guard that flushes. Cold; holds
//! no state after `start`.

mod clock;
mod environment;
mod error;
mod exit;
mod fork;
mod guard;
mod panic;
mod recorder;
mod recovery;

use core::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

pub use error::SetupError;
pub use guard::Guard;
pub use recovery::{Recovery, recover};

use environment::Directives;

use crate::backend::{self, Shared};
use crate::filter::{BareWord, Filter};
use crate::flight::Recorder;
use crate::level::Level;
use crate::registry::{self, DEFAULT_RING_BYTES, MIN_RING_BYTES, Storage, WhenFull, Wiring};
use crate::sink::{self, Kind, OpenError, Output, Parts};
use crate::{ring, secret, wake};

/// Starts to say how this process logs; [`start`](Setup::start) ends it.
///
/// ```
/// # let logs = std::env::temp_dir().join(format!("storyline-doc-{}", std::process::id()));
/// let flush = storyline::setup("payment-service")
///     .console()
///     .file(logs.join("payment.log"))
///     .start()?;
/// storyline::info!("payment_initiated", user_id = 7821, amount = 500);
///
/// drop(flush); // at the end of `main` by itself
/// let text = std::fs::read_to_string(logs.join("payment.log"))?;
/// assert!(text.ends_with("| payment_initiated | user_id=7821 amount=500\n"));
/// # std::fs::remove_dir_all(logs)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn setup(service: impl Into<String>) -> Setup {
    Setup {
        service: service.into(),
        level: Level::Info,
        directives: String::new(),
        outputs: Vec::new(),
        ring_bytes: DEFAULT_RING_BYTES,
        when_full: WhenFull::default(),
        hash_key: None,
        recorder: Recorder::default(),
        summary_every: SUMMARY_EVERY,
    }
}

/// How often `timing_summary` is written, unless set-up says otherwise, and at most.
const SUMMARY_EVERY: Duration = Duration::from_secs(60);
const SUMMARY_AT_MOST: Duration = Duration::from_secs(1);

type Opener = Box<dyn FnOnce() -> Result<Parts, OpenError> + Send>;

/// How a process logs. Made by [`setup`](fn@setup).
///
/// ```
/// use storyline::sink::{self, Memory};
/// use storyline::{Level, WhenFull};
///
/// let memory = Memory::new();
/// let guard = storyline::setup("shop")
///     .level(Level::Warning)
///     .directives("payments=debug")
///     .sink(sink::memory(&memory))
///     .ring_bytes(1024 * 1024)
///     .when_full(WhenFull::Drop)
///     .hash_key(b"the same in every service")
///     .start()?;
/// storyline::debug!("query_planned"); // below WARNING, and no directive speaks of its target
/// storyline::debug!(target = "payments", "card_checked", card_number: hash = "4111111111111111");
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(memory.records().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing happens before `start`"]
pub struct Setup {
    service: String,
    level: Level,
    directives: String,
    outputs: Vec<Opener>,
    ring_bytes: usize,
    when_full: WhenFull,
    hash_key: Option<Zeroizing<Vec<u8>>>,
    recorder: Recorder,
    summary_every: Duration,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("service", &self.service)
            .field("level", &self.level)
            .field("directives", &self.directives)
            .field("sinks", &self.outputs.len())
            .field("ring_bytes", &self.ring_bytes)
            .field("when_full", &self.when_full)
            .finish_non_exhaustive()
    }
}

impl Setup {
    /// The level from which on a target logs that no directive speaks of. Without it: INFO.
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Levels by target, such as `"info,hyper=warn,my_crate::db=debug"`; the closest target wins, and
    /// `off` silences one.
    ///
    /// The variable `STORYLINE_LOG`, else `RUST_LOG`, takes their place when it is set and not empty.
    /// What cannot be read is an error of [`start`](Setup::start), but for `RUST_LOG`, which may be meant
    /// for others: of that it is left out, with a WARNING `directive_skipped`.
    pub fn directives(mut self, directives: impl Into<String>) -> Self {
        self.directives = directives.into();
        self
    }

    /// Also writes to standard error: see [`sink::console`].
    pub fn console(self) -> Self {
        self.sink(sink::console())
    }

    /// Also appends lines to a file: see [`sink::file`].
    pub fn file(self, path: impl Into<PathBuf>) -> Self {
        self.sink(sink::file(path))
    }

    /// Also writes to this sink. Any number of sinks may be added; without any, the console is one.
    pub fn sink<K: Kind>(mut self, output: Output<K>) -> Self {
        self.outputs.push(Box::new(move || output.open()));
        self
    }

    /// The size of each thread's ring, rounded up to a power of two between 64 KiB and 1 GiB. Without
    /// it: 256 KiB. A record is at most half of it; longer values are cut.
    pub fn ring_bytes(mut self, bytes: usize) -> Self {
        self.ring_bytes = bytes;
        self
    }

    /// What a call does when its thread's ring is full. Without it: wait for at most one second, then
    /// drop the record and count it.
    pub fn when_full(mut self, when_full: WhenFull) -> Self {
        self.when_full = when_full;
        self
    }

    /// How often the functions that are [`timed`](macro@crate::timed) with `percentiles` write their record
    /// `timing_summary`: an interval without calls has none. Without it: every 60 seconds; less than a second is a
    /// second, and with [`Duration::MAX`] there is one at the end of the process alone.
    ///
    /// ```
    /// use std::time::Duration;
    /// use storyline::sink::{self, Memory};
    ///
    /// #[storyline::timed(percentiles, level = DEBUG)]
    /// fn lookup() {}
    ///
    /// let memory = Memory::new();
    /// let setup = storyline::setup("shop").timing_summary_every(Duration::MAX);
    /// let guard = setup.sink(sink::memory(&memory)).start()?;
    /// lookup();
    /// lookup();
    /// drop(guard);
    /// let summary = &memory.records()[0];
    /// assert_eq!(summary.event, "timing_summary");
    /// assert_eq!(summary.field("count"), Some(&storyline::ValueBuf::UInt(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn timing_summary_every(mut self, interval: Duration) -> Self {
        self.summary_every = interval.max(SUMMARY_AT_MOST);
        self
    }

    /// Where what was logged is kept until it is written, so that it outlives the process: see
    /// [`Recorder`].
    pub fn recorder(mut self, recorder: Recorder) -> Self {
        self.recorder = recorder;
        self
    }

    /// The key of the `hash` capture. Services with the same key write the same hash for the same
    /// value. Without it the variable `STORYLINE_HASH_KEY` is the key, and without that one a random
    /// key that lasts as long as the process.
    pub fn hash_key(mut self, key: &[u8]) -> Self {
        self.hash_key = Some(Zeroizing::new(key.to_vec()));
        self
    }

    /// Opens the sinks and starts the background thread. Once in a process.
    ///
    /// From then on a panic is a record `panic` of level CRITICAL, which the panicking thread waits for
    /// at most half a second to see written before the hook that was there before runs; and the end of
    /// the process, `process::exit` included, writes what is still on its way.
    ///
    /// # Errors
    ///
    /// When it was started before, the service has no name, a directive cannot be read, a sink cannot
    /// be opened, values were hashed with another key before, or the thread cannot be made. Nothing was
    /// started then, and logging goes on as before; files and directories that were made by then stay.
    ///
    /// ```
    /// use storyline::sink::{self, Memory};
    ///
    /// let setup = storyline::setup("shop").directives("info,hyper=lod");
    /// let error = setup.sink(sink::memory(&Memory::new())).start().unwrap_err();
    /// assert!(error.to_string().starts_with("bad directive: `lod` at byte 11 is not a level"));
    /// ```
    pub fn start(self) -> Result<Guard, SetupError> {
        let mut outside = None;
        backend::start_once(|| {
            let (shared, directives) = self.connect()?;
            outside = Some(directives);
            Ok(shared)
        })?;
        let Some(outside) = outside else {
            return Err(SetupError::already_started());
        };
        exit::install();
        panic::install();
        outside.report();
        clock::report();
        Ok(Guard::new())
    }

    fn connect(self) -> Result<(Arc<Shared>, Directives), SetupError> {
        if self.service.trim().is_empty() {
            return Err(SetupError::no_service());
        }
        let (filter, outside) = self.filter()?;
        let mut outputs = self.outputs;
        if outputs.is_empty() {
            outputs.push(Box::new(|| sink::console().open()));
        }
        let mut parts = Vec::with_capacity(outputs.len());
        for open in outputs {
            parts.push(open().map_err(SetupError::sink)?);
        }
        if self.hash_key.is_some_and(|key| !secret::set_key(&key)) {
            return Err(SetupError::late_hash_key());
        }

        let ring_bytes = self
            .ring_bytes
            .clamp(MIN_RING_BYTES, ring::MAX_DATA)
            .next_power_of_two();
        let mut recorder = self.recorder;
        recorder.resolve();
        let plan = recorder::Plan {
            recorder,
            service: self.service.clone(),
            ring_bytes,
        };
        let mut notices = recovery::recover_own(&plan, &mut parts).notices();
        let session = plan.begin(&mut parts.iter_mut(), &mut notices);
        let storage = session.clone().map(|it| it as Arc<dyn Storage>);
        let (shared, worker) = backend::prepare(
            self.service,
            filter.clone(),
            self.level.number(),
            parts,
            session.clone(),
            self.summary_every,
        );
        shared.add_notices(notices);
        let thresholds = shared.thresholds(filter);
        backend::thread::start(worker).map_err(|error| {
            // Nothing was logged yet, and nobody would remove its files.
            if let Some(session) = session {
                session.end();
            }
            SetupError::thread(error)
        })?;
        fork::install(plan);
        let wiring = Wiring {
            ring_bytes,
            when_full: self.when_full,
        };
        // First, or a child that is forked in between would not know that it has no thread.
        wake::adopt_process();
        registry::connect(wiring, thresholds, storage)
            .map_err(|_| SetupError::already_started())?;
        Ok((shared, outside))
    }

    fn filter(&self) -> Result<(Filter, Directives), SetupError> {
        let own = Filter::parse(&self.directives, self.level.number(), BareWord::Refused)
            .map_err(SetupError::directives)?;
        let mut outside = environment::directives(|name| std::env::var_os(name), self.level)?;
        Ok((outside.filter.take().unwrap_or(own), outside))
    }
}
