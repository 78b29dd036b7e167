//! Where records end up. A sink is given whole formatted records and does the I/O; it knows neither
//! ring nor wire and must not log. Called by the background thread only.

mod batch;
mod console;
mod file;
mod memory;
mod output;

use std::io;
use std::path::PathBuf;

pub use batch::{Batch, Records, WriteError};
pub use console::Console;
pub use file::File;
pub use memory::{Captured, Memory};
pub use output::{Custom, Kind, Output};

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
/// let (sender, _receiver) = std::sync::mpsc::channel();
/// let output = sink::custom("channel", Channel(sender));
/// ```
pub trait Sink: Send {
    /// Writes a batch, all of it.
    ///
    /// # Errors
    ///
    /// Says how many whole records were written before it went wrong. When the source is
    /// [`io::ErrorKind::WouldBlock`] the rest is kept, within bounds, and given again with the next
    /// batch, first record first; for any other kind it is counted as dropped and not given again.
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError>;

    /// Hands on whatever the sink itself holds back. Asked for by every flush.
    ///
    /// # Errors
    ///
    /// Fails the flush that asked, under the name of this sink.
    fn flush(&mut self) -> io::Result<()>;
}

/// The process's standard error: coloured and aligned when a person watches, else lines.
pub fn console() -> Output<Console> {
    Output::new(Console::stderr())
}

/// The process's standard output: coloured and aligned when a person watches, else lines.
pub fn stdout() -> Output<Console> {
    Output::new(Console::stdout())
}

/// A file, created with its directories and appended to.
pub fn file(path: impl Into<PathBuf>) -> Output<File> {
    Output::new(File::new(path.into()))
}

/// The memory of this process, read through the same handle.
pub fn memory(memory: &Memory) -> Output<Memory> {
    Output::new(memory.clone())
}

/// A sink of your own, under a name for reports and counters.
pub fn custom(name: impl Into<String>, sink: impl Sink + 'static) -> Output<Custom> {
    Output::new(Custom::new(name.into(), Box::new(sink)))
}
