//! Everybody is kept out for the time of a fork.

use std::sync::Arc;
use std::time::Instant;

use super::Shared;
use crate::backend::Notice;
use crate::backend::flush::HeldDesk;
use crate::backend::tally::Tally;
use crate::filter::Filter;
use crate::flight::Session;
use crate::sync::MutexGuard;
use crate::wake;

impl Shared {
    /// Keeps everybody out for the time of a fork; none when that took too long.
    pub(in crate::backend) fn hold(&self, until: Instant) -> Option<HeldShared<'_>> {
        Some(HeldShared {
            tally: wake::try_lock_until(&self.tally, until)?,
            desk: self.desk.hold(until)?,
            changes: wake::try_lock_until(&self.changes, until)?,
            recorder: wake::try_lock_until(&self.recorder, until)?,
            notices: wake::try_lock_until(&self.notices, until)?,
        })
    }
}

/// See [`Shared::hold`].
#[derive(Debug)]
pub(in crate::backend) struct HeldShared<'a> {
    tally: MutexGuard<'a, Tally>,
    desk: HeldDesk<'a>,
    changes: MutexGuard<'a, Vec<(u64, Filter)>>,
    recorder: MutexGuard<'a, Option<Arc<Session>>>,
    notices: MutexGuard<'a, Vec<Notice>>,
}

impl HeldShared<'_> {
    /// In the child of a fork: nothing is under way.
    pub(in crate::backend) fn forget(mut self) {
        self.tally.forget();
        self.desk.forget();
        self.changes.clear();
        self.notices.clear();
        // The files are the parent's; the child only gives up its view of them.
        *self.recorder = None;
    }
}
