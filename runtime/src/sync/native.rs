//! What runs in production.

use core::sync::atomic::{Ordering, compiler_fence};

pub(crate) use core::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, fence,
};
pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
pub(crate) use std::thread::{Thread, current, park, park_timeout};

pub(crate) use crate::sys::membarrier::membarrier;

/// The side of a barrier that costs nothing: [`membarrier`] on another thread makes a full barrier of it.
#[inline(always)]
pub(crate) fn light_fence() {
    compiler_fence(Ordering::SeqCst);
}

/// A static; a model checker makes it anew for each run.
macro_rules! shared_static {
    ($($(#[$attribute:meta])* static $name:ident: $type:ty = $value:expr;)+) => {
        $($(#[$attribute])* static $name: $type = $value;)+
    };
}
pub(crate) use shared_static;

/// A static of each thread.
macro_rules! thread_static {
    (static $name:ident: $type:ty = const $value:block;) => {
        std::thread_local! { static $name: $type = const $value; }
    };
}
pub(crate) use thread_static;

/// What a model checker is told of the accesses to a ring's data; here nothing.
#[derive(Clone, Copy)]
pub(crate) struct Traces;

impl Traces {
    /// Nobody is told anything.
    pub(crate) const NONE: Self = Self;

    /// These bytes are being read.
    #[inline(always)]
    #[expect(clippy::unused_self, reason = "the other one has something to say")]
    pub(crate) fn read(self, _offset: usize, _len: usize) {}

    /// These bytes are being written.
    #[inline(always)]
    #[expect(clippy::unused_self, reason = "the other one has something to say")]
    pub(crate) fn write(self, _offset: usize, _len: usize) {}
}
