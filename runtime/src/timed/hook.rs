//! How long this thread's last panic hook ran: it prints a backtrace and waits for the log, and neither
//! is a part of the call that panicked. Set by the hook, read by the end of a call.

use core::cell::Cell;

use crate::clock;

thread_local! {
    // When the hook began, and how long it took. Without a destructor, so it can be read at any moment.
    static LAST: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}

/// Runs a panic hook and remembers how long it took.
pub(crate) fn around(hook: impl FnOnce()) {
    let began = clock::now();
    hook();
    LAST.set((began, clock::now().saturating_sub(began)));
}

/// The clock at the end of a call that panicked, as if no hook had run meanwhile. A panic that was
/// resumed ran its hook earlier, or on another thread, which is no part of a call that began later.
#[cold]
pub(crate) fn now_without(started: u64) -> u64 {
    let (began, took) = LAST.get();
    let now = clock::now();
    if began >= started {
        now.saturating_sub(took)
    } else {
        now
    }
}
