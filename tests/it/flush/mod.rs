//! Flush, and every way a process may end: nothing whose call returned is missing, and nothing hangs.

mod console;
mod exit;
mod panics;
mod waits;

use std::io;

use storyline::sink::{Batch, Sink, WriteError};

/// Does what it is told whenever a batch comes.
struct With<F>(F);

impl<F: FnMut() + Send> Sink for With<F> {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        (self.0)();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[expect(unsafe_code, reason = "the only way to end without handlers")]
fn end_at_once() -> ! {
    // SAFETY: it ends the process; nothing comes after it.
    unsafe { libc::_exit(0) }
}
