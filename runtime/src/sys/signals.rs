//! The signals of the background thread: none. What a process wants to hear it hears on its own
//! threads, and a write that fails says so by its result instead of killing: SIGPIPE (a reader went
//! away) and SIGXFSZ (the file-size limit) go to the thread that wrote.

use core::mem::MaybeUninit;

/// Blocks, on the calling thread, every signal that does not stand for a fault of the thread itself.
pub(crate) fn block_all() {
    // These must keep their handlers: a crash reporter wants them wherever they happen.
    const FAULTS: [libc::c_int; 7] = [
        libc::SIGSEGV,
        libc::SIGBUS,
        libc::SIGFPE,
        libc::SIGILL,
        libc::SIGABRT,
        libc::SIGTRAP,
        libc::SIGSYS,
    ];
    let mut set = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: the pointer is to memory of the size of a `sigset_t`, which the call fills.
    if unsafe { libc::sigfillset(set.as_mut_ptr()) } != 0 {
        return;
    }
    // SAFETY: zeroed, which is a valid `sigset_t`, and filled by the call that succeeded.
    let mut set = unsafe { set.assume_init() };
    for fault in FAULTS {
        // SAFETY: the pointer is to a live, initialised set.
        unsafe { libc::sigdelset(&raw mut set, fault) };
    }
    // SAFETY: both pointers are to live sets or null; only this thread's mask changes.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, core::ptr::null_mut()) };
}
