//! What the background thread shares with everybody else.

mod hold;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use once_cell::sync::OnceCell;

use super::counters::Counters;
use super::flush::{Desk, FlushError, Problem, Until};
use super::lane::Lane;
use super::report::Notice;
use super::tally::Tally;
use crate::filter::{BareWord, DirectiveError, Filter};
use crate::flight::Session;
use crate::registry::{self, Thresholds};
use crate::sync::{AtomicBool, Mutex, MutexGuard, Ordering, fence};
use crate::{clock, wake};

pub(super) use hold::HeldShared;

static RUNNING: OnceCell<Arc<Shared>> = OnceCell::new();

/// The running background thread's half, once set-up was done.
pub(crate) fn running() -> Option<&'static Arc<Shared>> {
    RUNNING.get()
}

/// Makes what `start` gives the running one. When there is one already `start` is not called; where it
/// fails the next call may try again.
pub(crate) fn start_once<E>(start: impl FnOnce() -> Result<Arc<Shared>, E>) -> Result<(), E> {
    RUNNING.get_or_try_init(start).map(drop)
}

/// What is shared with the background thread.
#[derive(Debug)]
pub(crate) struct Shared {
    tally: Mutex<Tally>,
    pub(super) desk: Desk,
    /// Directives with the moment from which on they count.
    changes: Mutex<Vec<(u64, Filter)>>,
    /// Somebody wants something other than a record written.
    attention: AtomicBool,
    default_level: u8,
    /// The lowest level that any sink takes.
    sinks_level: u8,
    recorder: Mutex<Option<Arc<Session>>>,
    notices: Mutex<Vec<Notice>>,
}

impl Shared {
    pub(crate) fn new(
        lanes: &[Lane],
        default_level: u8,
        sinks_level: u8,
        recorder: Option<Arc<Session>>,
    ) -> Self {
        Self {
            tally: Mutex::new(Tally::new(lanes)),
            desk: Desk::default(),
            changes: Mutex::default(),
            attention: AtomicBool::new(false),
            default_level,
            sinks_level,
            recorder: Mutex::new(recorder),
            notices: Mutex::default(),
        }
    }

    pub(super) fn recorder(&self) -> Option<Arc<Session>> {
        self.held_recorder().clone()
    }

    fn held_recorder(&self) -> MutexGuard<'_, Option<Arc<Session>>> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records there from now on.
    pub(super) fn set_recorder(&self, recorder: Option<Arc<Session>>) {
        *self.held_recorder() = recorder;
    }

    /// Something is to be told about the recorder; the background thread does so when it begins.
    pub(crate) fn add_notices(&self, notices: Vec<Notice>) {
        let mut all = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(notices);
    }

    pub(super) fn take_notices(&self) -> Vec<Notice> {
        let mut all = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notices = core::mem::take(&mut *all);
        let recorder = self.recorder();
        let problems = recorder.map_or_else(Vec::new, |it| it.take_problems());
        notices.extend(problems.into_iter().map(Notice::unavailable));
        notices
    }

    /// Removes the recorder's files, unless something is left in a ring. What waits for a console or a pipe is
    /// never recovered.
    pub(super) fn end_recording(&self) {
        if let Some(recorder) = self.recorder()
            && self.counters().pending == 0
        {
            recorder.end();
        }
    }

    /// What sites are to ask: the directive for their target, and no less than any sink takes.
    pub(crate) fn thresholds(&self, filter: Filter) -> Thresholds {
        let sinks_level = self.sinks_level;
        Arc::new(move |meta| filter.threshold(meta.target).max(sinks_level))
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changes(&self) -> MutexGuard<'_, Vec<(u64, Filter)>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The directives that have come since the last call, oldest first.
    pub(super) fn take_changes(&self) -> Vec<(u64, Filter)> {
        core::mem::take(&mut *self.changes())
    }

    /// Runs `then`, unless directives have come that were not taken; none come meanwhile.
    pub(super) fn unless_changed(&self, then: impl FnOnce()) {
        let changes = self.changes();
        if changes.is_empty() {
            then();
        }
    }

    fn call_attention(&self) {
        // ORDERING: Relaxed: what is asked for was written under a lock that is taken behind `take_attention`.
        self.attention.store(true, Ordering::Relaxed);
        // ORDERING: with the fence in `has_attention`: either the background thread sees the flag
        // before it sleeps, or `wake` sees that it sleeps.
        fence(Ordering::SeqCst);
        wake::wake();
    }

    /// Whether somebody asks; for the last look before a sleep.
    pub(super) fn has_attention(&self) -> bool {
        // ORDERING: with the fence in `call_attention`.
        fence(Ordering::SeqCst);
        self.attention.load(Ordering::Relaxed)
    }

    /// Takes note that somebody asked.
    pub(super) fn take_attention(&self) {
        // ORDERING: Relaxed: see `call_attention`.
        self.attention.swap(false, Ordering::Relaxed);
    }

    pub(super) fn counters(&self) -> Counters {
        self.tally().counters()
    }

    fn pending(&self) -> u64 {
        let counters = self.counters();
        let queued = counters.sinks.iter().map(|sink| sink.pending).max();
        counters.pending + queued.unwrap_or(0)
    }

    /// Waits until everything whose call returned before is written.
    pub(crate) fn flush(&self, timeout: Duration, until: Until) -> Result<(), FlushError> {
        // No lock before this: it may have been held when the process was forked.
        if wake::is_orphan() {
            if registry::is_dormant() {
                return Ok(());
            }
            return Err(FlushError {
                problem: Problem::Forked,
                pending: 0,
            });
        }
        if wake::is_backend() {
            return Err(FlushError {
                problem: Problem::OwnThread,
                pending: self.pending(),
            });
        }
        let ticket = self.desk.draw(until);
        self.call_attention();
        let problem = match self.desk.wait(ticket, timeout) {
            Ok(true) => return Ok(()),
            Ok(false) => Problem::Late(timeout),
            Err(problem) => problem,
        };
        Err(FlushError {
            problem,
            pending: self.pending(),
        })
    }

    fn set_filter(&self, filter: Filter) {
        // The lock is held over all of it: of two calls at once the same one is the last for sites and
        // for the background thread, and the latter finds every change whose moment has passed.
        let mut changes = self.changes();
        // Before sites are asked again: what they then let through is later than this.
        let from = clock::now();
        registry::set_thresholds(self.thresholds(filter.clone()));
        changes.push((from, filter));
        drop(changes);
        self.call_attention();
    }
}

pub(super) fn set_directives(directives: &str) -> Result<(), DirectiveError> {
    let shared = running();
    let default = shared.map_or(0, |shared| shared.default_level);
    let filter = Filter::parse(directives, default, BareWord::Refused)?;
    shared
        .ok_or_else(DirectiveError::before_setup)?
        .set_filter(filter);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an older one would raise, a newer one may have let in already.
    #[test]
    fn directives_that_are_taken_are_recorded_unless_there_are_newer_ones() {
        let shared = Shared::new(&[], 1, 1, None);
        let recorded = || {
            let mut recorded = false;
            shared.unless_changed(|| recorded = true);
            recorded
        };
        assert!(recorded());
        let filter = Filter::parse("debug", 1, BareWord::Refused).expect("good");
        shared.changes().push((1, filter));
        assert!(!recorded());
        assert_eq!(shared.take_changes().len(), 1);
        assert!(recorded());
    }
}
