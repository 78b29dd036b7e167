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
        self.written.extend(written);
        if !is_done {
            let written: HashSet<_> = written.iter().collect();
            let waiting = wanted.iter().filter(|it| !written.contains(it));
            let waiting: Vec<_> = waiting.copied().collect();
            self.waiting_here = waiting.len();
            self.waiting.extend(waiting);
        }
    }
}
