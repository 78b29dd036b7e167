//! Sleeping until a word changes: `futex(2)`. It takes no lock and no memory, so a signal handler may sleep
//! where its own thread was about to.

use core::sync::atomic::AtomicU32;
use core::time::Duration;

/// Sleeps while the word is `seen`, at most so long. It may end early, as by a signal.
pub(crate) fn wait(word: &AtomicU32, seen: u32, longest: Duration) {
    let longest = libc::timespec {
        tv_sec: libc::time_t::try_from(longest.as_secs()).unwrap_or(libc::time_t::MAX),
        tv_nsec: longest.subsec_nanos().into(),
    };
    let call = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the word and the time are live, and the call changes neither.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            call,
            seen,
            &raw const longest,
        )
    };
}

/// Wakes all who sleep there.
pub(crate) fn wake_all(word: &AtomicU32) {
    let call = libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the call takes the address of a live word and touches no memory.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), call, libc::c_int::MAX) };
}
