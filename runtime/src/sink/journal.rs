//! What a file says before it writes, so that after a death somebody can tell what arrived.

use super::Batch;

/// Where a batch goes: the file as the system knows it, and its length before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) device: u64,
    pub(crate) inode: u64,
    pub(crate) offset: u64,
}

/// Takes a note of each batch. Kept where it outlives the process.
pub(crate) trait Journal: Send {
    /// This batch is about to be written there.
    fn intend(&mut self, target: Target, batch: &Batch<'_>);

    /// All records of the last note are written.
    fn settle(&mut self);
}

/// Which frame a formatted record came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) ring: u32,
    pub(crate) number: u32,
}

impl Origin {
    /// A record of the runtime itself, or of a ring that is the process's own memory.
    pub(crate) const REPORT: Self = Self {
        ring: u32::MAX,
        number: 0,
    };

    /// Whether it can be found again after a death.
    pub(crate) fn is_frame(self) -> bool {
        self.ring != Self::REPORT.ring
    }
}
