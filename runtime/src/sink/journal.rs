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

/// Numbers from here on are no rings' numbers but, with a code in the last byte, losses.
const LOSSES: u32 = 0xffff_fe00;

/// Which frame a formatted record came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// A notice about the recorder: nobody's record.
    pub(crate) const NOTICE: Self = Self {
        ring: u32::MAX,
        number: 1,
    };

    /// A report of the loss with this code, behind which so many were told. In a head it looks as if it came
    /// from a ring with a number that no ring has.
    pub(crate) fn of_loss(code: u8, told: u64) -> Self {
        Self {
            ring: LOSSES | u32::from(code),
            number: u32::try_from(told & u64::from(u32::MAX)).unwrap_or(0),
        }
    }

    /// The code, where it is such a report.
    pub(crate) fn loss(self) -> Option<u8> {
        let code = self.ring.checked_sub(LOSSES)?;
        u8::try_from(code).ok()
    }

    /// Whether it can be found again after a death.
    pub(crate) fn is_frame(self) -> bool {
        self.ring != Self::REPORT.ring
    }
}
