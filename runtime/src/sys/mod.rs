//! Thin safe wrappers over what needs `unsafe` and no well-kept crate wraps: the time-stamp counter
//! and a few system calls. No policy here. `tsc` and `membarrier` serve the caller's road, `mapping`
//! and `thread` the making of a ring, `futex` a full one; the others block or wait, and are for the background thread
//! and the ends of a process.
#![expect(
    unsafe_code,
    reason = "instructions and system calls have no safe form"
)]

pub(crate) mod exit;
pub(crate) mod fd;
pub(crate) mod fork;
#[cfg(not(all(test, loom)))]
pub(crate) mod futex;
pub(crate) mod lock;
pub(crate) mod mapping;
pub(crate) mod membarrier;
pub(crate) mod signals;
pub(crate) mod space;
pub(crate) mod thread;
pub(crate) mod tsc;
pub(crate) mod user;
