//! Thin safe wrappers over what needs `unsafe` and no well-kept crate wraps: the time-stamp counter
//! and a few system calls. No policy here.
#![expect(
    unsafe_code,
    reason = "instructions and system calls have no safe form"
)]

pub(crate) mod exit;
pub(crate) mod fd;
pub(crate) mod lock;
mod membarrier;
pub(crate) mod signals;
mod tsc;

pub(crate) use membarrier::{Membarrier, membarrier};
pub(crate) use tsc::{is_invariant as tsc_is_invariant, read as tsc};
