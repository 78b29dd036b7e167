//! What the system knows of the calling thread. Unlike what the standard library knows, it may be asked at any
//! moment of the thread's life, also by a signal handler.

use core::mem::MaybeUninit;

/// The system's own name of the thread: that of its maker until it has one, and never more than 15 bytes.
pub(crate) fn name() -> String {
    let mut name = [0_u8; 16];
    // SAFETY: the call writes 16 bytes at most, a zero last, and the array has as many.
    unsafe { libc::prctl(libc::PR_GET_NAME, name.as_mut_ptr()) };
    let text = name.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

/// Whether the call may come from a signal handler: a signal is blocked here for which there is one, as it is
/// while it runs. A thread that has blocked such a signal by itself is taken for one, too; a handler with
/// `SA_NODEFER` or `SA_RESETHAND` is not.
pub(crate) fn may_be_in_handler() -> bool {
    let mut blocked = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: nothing is changed, and the pointer is to memory of the size of a `sigset_t`, which the call fills.
    let asked =
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, core::ptr::null(), blocked.as_mut_ptr()) };
    if asked != 0 {
        return true;
    }
    // SAFETY: zeroed above, which is a valid `sigset_t`, and filled by the call that succeeded.
    let blocked = unsafe { blocked.assume_init() };
    (1..=libc::SIGRTMAX()).any(|signal| {
        // SAFETY: the pointer is to a live, initialised set.
        let is_blocked = unsafe { libc::sigismember(&raw const blocked, signal) } == 1;
        is_blocked && has_handler(signal)
    })
}

fn has_handler(signal: libc::c_int) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: nothing is changed, and the pointer is to memory of the size of a `sigaction`, which the call fills.
    if unsafe { libc::sigaction(signal, core::ptr::null(), action.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: zeroed above, which is a valid `sigaction`, and filled by the call that succeeded.
    let action = unsafe { action.assume_init() };
    action.sa_sigaction != libc::SIG_DFL && action.sa_sigaction != libc::SIG_IGN
}
