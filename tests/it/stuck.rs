//! A sink that stands still for as long as a test wishes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use storyline::sink::{Batch, Sink, WriteError};

/// Stands still inside each write while it is told to; what it takes is gone.
#[derive(Clone)]
pub(crate) struct Stuck(Arc<AtomicBool>);

impl Stuck {
    /// From its first write on.
    pub(crate) fn now() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Not before it is told to.
    pub(crate) fn later() -> Self {
        Self(Arc::default())
    }

    pub(crate) fn stand(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn go(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Sink for Stuck {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        while self.0.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
