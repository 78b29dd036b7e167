//! How many frames were committed, for who counts without reading.
#![forbid(unsafe_code)]

use core::fmt;
use std::sync::Arc;

use super::Consumer;
use super::memory::{Memory, Region};
use crate::sync::Ordering;

/// Sees how many frames were committed, and nothing else; for who counts without reading.
pub(crate) struct Watch {
    memory: Arc<dyn Memory>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("committed", &self.committed())
            .finish()
    }
}

impl Watch {
    /// Frames the producer has committed so far.
    pub(crate) fn committed(&self) -> u64 {
        let region = Region::of(&*self.memory);
        let control = region.control();
        // ORDERING: Relaxed: who saw a frame through the tail's Release sees it counted, too; the first
        // number was there before the ring was.
        let first = control.first.load(Ordering::Relaxed);
        control.count.load(Ordering::Relaxed) - u64::from(first)
    }
}

impl Consumer {
    /// A handle that counts on without this reader.
    pub(crate) fn watch(&self) -> Watch {
        Watch {
            memory: Arc::clone(&self.memory),
        }
    }
}
