//! A barrier that one thread pays for all: after it, every other thread of the process has passed a
//! full memory barrier (Linux 4.14, `membarrier(2)`). It lets the callers' side of a sleep and wake
//! handshake do without a fence.

/// Whether the barrier is to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membarrier {
    /// Every thread has passed a barrier.
    Done,
    /// The system has no such call.
    Unavailable,
}

/// Makes every thread of the process pass a full memory barrier.
#[cfg(not(all(test, loom)))]
pub(crate) fn membarrier() -> Membarrier {
    use std::sync::OnceLock;

    const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;
    const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;

    fn call(command: libc::c_int) -> bool {
        // SAFETY: the call takes three integers and touches no memory of ours.
        unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) == 0 }
    }

    static REGISTERED: OnceLock<bool> = OnceLock::new();
    if *REGISTERED.get_or_init(|| call(REGISTER_PRIVATE_EXPEDITED)) && call(PRIVATE_EXPEDITED) {
        Membarrier::Done
    } else {
        Membarrier::Unavailable
    }
}
