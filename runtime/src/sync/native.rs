//! What runs in production.

use core::sync::atomic::{Ordering, compiler_fence};
use core::time::Duration;

pub(crate) use core::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, fence,
};
/// Inside of what stands in a static; a model checker makes it anew for each run.
pub(crate) use core::sync::atomic::{AtomicU8 as StaticU8, AtomicU32 as StaticU32};
pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
pub(crate) use std::thread::{Thread, current, park, park_timeout};

pub(crate) use crate::sys::membarrier::membarrier;

use crate::sys::futex;

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

/// Counts what somebody may wait for; who has seen a count can sleep until it is another.
#[derive(Debug, Default)]
pub(crate) struct EventCount(AtomicU32);

impl EventCount {
    /// The count; what its maker did before is seen.
    pub(crate) fn seen(&self) -> u32 {
        // ORDERING: Acquire, pairs with the Release in `advance`.
        self.0.load(Ordering::Acquire)
    }

    /// Counts one more, and wakes all who sleep.
    pub(crate) fn advance(&self) {
        // ORDERING: Release, pairs with the Acquire in `seen`.
        self.0.fetch_add(1, Ordering::Release);
        futex::wake_all(&self.0);
    }

    /// Sleeps while the count is the one that was seen, at most so long; it may end early.
    pub(crate) fn wait(&self, seen: u32, longest: Duration) {
        futex::wait(&self.0, seen, longest);
    }
}

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
