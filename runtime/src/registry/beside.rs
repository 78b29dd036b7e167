//! Calls inside of calls on one thread, which an allocator or a signal handler that logs can make.

use core::cell::Cell;

use crate::sync::{AtomicU64, Ordering, shared_static, thread_static};

thread_static! {
    static BESIDE: Cell<bool> = const { Cell::new(false) };
}

thread_static! {
    static HOLDS_LOCK: Cell<bool> = const { Cell::new(false) };
}

shared_static! {
    // ORDERING: Relaxed: a counter that orders nothing.
    static REENTRANT: AtomicU64 = AtomicU64::new(0);
}

/// Until it is dropped, calls on this thread are counted as inside of [`beside`].
pub(crate) struct Beside(bool);

impl Beside {
    pub(crate) fn enter() -> Self {
        Self(BESIDE.with(|it| it.replace(true)))
    }

    /// Whether it was made inside of another one.
    pub(crate) fn is_inside(&self) -> bool {
        self.0
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        BESIDE.with(|it| it.set(self.0));
    }
}

/// Until it is dropped, this thread holds the registry's lock.
pub(super) struct Holding(());

impl Holding {
    pub(super) fn enter() -> Self {
        HOLDS_LOCK.with(|it| it.set(true));
        Self(())
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        HOLDS_LOCK.with(|it| it.set(false));
    }
}

/// Whether this thread holds the registry's lock, or is about to take it. The background thread may need it before
/// it makes room.
pub(crate) fn holds_lock() -> bool {
    HOLDS_LOCK.with(Cell::get)
}

/// Runs what locks or allocates on a caller's thread. A call from inside is counted instead: it would wait for
/// its own lock or never end.
pub(crate) fn beside<R>(run: impl FnOnce() -> R) -> Option<R> {
    let outcome = unless_inside(run);
    if outcome.is_none() {
        count_reentrant();
    }
    outcome
}

/// The same for what is no record: nothing is counted.
pub(crate) fn unless_inside<R>(run: impl FnOnce() -> R) -> Option<R> {
    let outside = Beside::enter();
    (!outside.0).then(run)
}

/// A record was lost because its call came from inside another one on the same thread.
pub(crate) fn count_reentrant() {
    REENTRANT.fetch_add(1, Ordering::Relaxed);
}

/// How many were lost so.
pub(crate) fn reentrant() -> u64 {
    REENTRANT.load(Ordering::Relaxed)
}

/// In the child of a fork: what the parent has lost, the parent counts.
pub(super) fn forget_count() {
    REENTRANT.store(0, Ordering::Relaxed);
}
