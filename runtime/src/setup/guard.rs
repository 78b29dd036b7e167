//! The guard that `start` gives: its end is the process's chance to write what is still on its way.

use std::time::Duration;

use crate::backend::{self, FlushError, Until};
use crate::sys::fd;

/// How long the end of a process may take for our sake.
pub(super) const DEADLINE: Duration = Duration::from_secs(5);

/// Flushes when dropped, for at most five seconds, and says on standard error when that was not
/// enough. Keep it until the end of `main`.
///
/// Logging goes on afterwards; what comes then is written by the background thread as before, and at
/// exit.
///
/// ```
/// use storyline::sink::{self, Memory};
///
/// let memory = Memory::new();
/// {
///     let _flush = storyline::setup("shop").sink(sink::memory(&memory)).start()?;
///     storyline::info!("order_paid");
/// }
/// assert_eq!(memory.records().len(), 1);
/// # Ok::<(), storyline::SetupError>(())
/// ```
#[derive(Debug)]
#[must_use = "dropped at once it flushes at once: bind it with `let _flush = ..` in `main`"]
pub struct Guard(());

impl Guard {
    pub(super) fn new() -> Self {
        Self(())
    }

    /// Waits until everything whose call returned before is written and flushed: see
    /// [`flush`](crate::flush).
    ///
    /// # Errors
    ///
    /// As for [`flush`](crate::flush).
    pub fn flush(&self, timeout: Duration) -> Result<(), FlushError> {
        backend::flush(timeout)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        finish();
    }
}

/// Writes everything and tells everything, or says that it could not.
pub(super) fn finish() {
    let Some(shared) = backend::running() else {
        return;
    };
    if crate::wake::is_backend() {
        // A sink that ends the process: nobody is left to write.
        return;
    }
    if let Err(error) = shared.flush(DEADLINE, Until::Told) {
        fd::say(&format!("storyline: {error}\n"));
    }
}
