//! How many records a recovery has written and has left waiting, each counted once, whatever logs it is for.

use std::collections::HashSet;

use crate::sink::Origin;

/// What became of the records of a process, which may be meant for several logs.
#[derive(Default)]
pub(super) struct Fates {
    pub(super) written: HashSet<Origin>,
    pub(super) waiting: HashSet<Origin>,
    /// Those that wait for the log at hand.
    pub(super) waiting_here: usize,
}

impl Fates {
    /// One log was gone through: of what it takes so much was written, and the rest waits unless that is all.
    pub(super) fn take(&mut self, wanted: &[Origin], written: &[Origin], is_done: bool) {
        let mut here = HashSet::new();
        for origin in written {
            here.insert(*origin);
            self.written.insert(*origin);
        }
        if is_done {
            return;
        }
        self.waiting_here = 0;
        for origin in wanted {
            if !here.contains(origin) {
                self.waiting_here += 1;
                self.waiting.insert(*origin);
            }
        }
    }
}
