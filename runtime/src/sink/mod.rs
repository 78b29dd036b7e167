//! Where records end up. A sink is given whole formatted records and does the I/O; it knows neither
//! ring nor wire and must not log. Called by the background thread only.
//!
//! [`console`], [`stdout`], [`file`](fn@file), [`memory`] and [`custom`] say where to; what they give goes to
//! [`Setup::sink`](crate::Setup::sink), with a level and a format of its own where wanted. One that
//! fails loses its own copies, is counted under its own name in [`counters`](crate::counters()), and
//! takes nothing from the others.

mod batch;
mod collected;
mod console;
mod error;
mod file;
mod journal;
mod memory;
mod output;

use std::io;
use std::path::PathBuf;

pub use batch::{Batch, Records, WriteError};
pub use console::Console;
pub use file::File;
pub use memory::{Memory, Written};
pub use output::{Custom, Kind, Output};

pub(crate) use collected::Collected;
pub(crate) use error::OpenError;
pub(crate) use journal::{Journal, Origin, Target};
pub(crate) use output::Parts;

/// A place that takes batches of formatted records.
///
/// ```
/// use std::io;
/// use storyline::sink::{self, Batch, Sink, WriteError};
///
/// /// Sends each record as a message of its own.
/// struct Channel(std::sync::mpsc::Sender<Vec<u8>>);
///
/// impl Sink for Channel {
///     fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
///         for (written, record) in batch.records().enumerate() {
///             self.0
///                 .send(record.to_vec())
///                 .map_err(|_| WriteError::new(written, io::ErrorKind::BrokenPipe.into()))?;
///         }
///         Ok(())
///     }
///
///     fn flush(&mut self) -> io::Result<()> {
///         Ok(())
///     }
/// }
///
/// let (sender, receiver) = std::sync::mpsc::channel();
/// let guard = storyline::setup("shop").sink(sink::custom("channel", Channel(sender))).start()?;
/// storyline::info!("order_paid", amount = 500);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert!(receiver.try_recv()?.ends_with(b"| order_paid | amount=500\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A panic costs it the batch at hand; after three in a row it rests for a second and longer, and what
/// comes meanwhile is counted as [`SinkPanicked`](crate::Reason::SinkPanicked).
pub trait Sink: Send {
    /// Writes a batch, all of it.
    ///
    /// # Errors
    ///
    /// Says how many whole records were written before it went wrong. When the source is
    /// [`io::ErrorKind::WouldBlock`] the rest is kept, up to about 1 MiB, and given again with the next
    /// batch, first record first; for any other kind it is counted as dropped and not given again.
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError>;

    /// Hands on whatever the sink itself holds back. Asked for by every flush.
    ///
    /// # Errors
    ///
    /// Fails the flush that asked, under the name of this sink.
    fn flush(&mut self) -> io::Result<()>;

    /// The file behind it, for the flight recorder.
    #[doc(hidden)]
    fn as_file(&mut self) -> Option<&mut File> {
        None
    }
}

/// The process's standard error: on a terminal [`Pretty`](crate::format::Pretty), coloured unless
/// `NO_COLOR` is set or `TERM` is `dumb`; else lines.
///
/// A reader that is slow slows the background thread down. One that stands still costs this sink what
/// does not fit into about 1 MiB, and holds up nobody else.
///
/// ```
/// use storyline::{Level, sink};
///
/// let guard = storyline::setup("shop").sink(sink::console().level(Level::Warning)).start()?;
/// storyline::info!("cache_checked");
/// storyline::warning!("disk_nearly_full", free_bytes = 4096);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(storyline::counters().sink("stderr").map(|it| it.accepted), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn console() -> Output<Console> {
    Output::new(Console::stderr())
}

/// The process's standard output; otherwise as [`console`].
///
/// ```
/// use storyline::{format, sink};
///
/// let guard = storyline::setup("shop").sink(sink::stdout().format(format::Json::default())).start()?;
/// storyline::info!("order_paid", amount = 500);
/// guard.flush(std::time::Duration::from_secs(1))?;
/// assert_eq!(storyline::counters().sink("stdout").map(|it| it.accepted), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn stdout() -> Output<Console> {
    Output::new(Console::stdout())
}

/// A file, created with its directories by [`start`](crate::Setup::start), which fails when that cannot
/// be done, and appended to. A relative path is resolved then.
///
/// Batches of whole lines are one write each, so several processes may share it. Where another tool
/// moves or deletes the file, a new one is made with the next batch. When the disk is full, what does not
/// fit is lost and counted; a line that was begun is cut off again or, where others write too, closed with a
/// newline.
///
/// ```
/// use storyline::sink;
///
/// # let logs = std::env::temp_dir().join(format!("storyline-doc-file-{}", std::process::id()));
/// let path = logs.join("shop.log");
/// let guard = storyline::setup("shop").sink(sink::file(&path).mode(0o600)).start()?;
/// storyline::info!("order_paid", amount = 500);
/// guard.flush(std::time::Duration::from_secs(1))?;
///
/// let record = storyline::parse::parse(&std::fs::read_to_string(&path)?)?;
/// assert_eq!(record.event, "order_paid");
/// # std::fs::remove_dir_all(logs)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn file(path: impl Into<PathBuf>) -> Output<File> {
    Output::new(File::new(path.into()))
}

/// The memory of this process, read through the same handle: see [`Memory`].
pub fn memory(memory: &Memory) -> Output<Memory> {
    Output::new(memory.clone())
}

/// A sink of your own, under a name for reports and counters: see [`Sink`].
pub fn custom(name: impl Into<String>, sink: impl Sink + 'static) -> Output<Custom> {
    Output::new(Custom::new(name.into(), Box::new(sink)))
}
