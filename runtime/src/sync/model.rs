//! What the model checker puts in the place of it.

use core::time::Duration;

pub(crate) use loom::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, fence,
};
pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
pub(crate) use loom::thread::{Thread, current, park};

use super::Ordering;
use crate::sys::membarrier::Membarrier;
use crate::wake::SHORT;

/// A short sleep may end at once. A longer one never ends by itself: that it would is only there for what
/// goes wrong, and must not hide a wake that went missing.
#[track_caller]
pub(crate) fn park_timeout(longest: Duration) {
    if longest > SHORT {
        park();
    } else {
        loom::thread::yield_now();
    }
}

/// `membarrier(2)` makes a full barrier of every other thread's [`light_fence`], wherever that thread
/// stands. A model checker does not know it; a sequentially consistent fence on both sides orders the same:
/// of two threads that store, pass their side and load, at least one sees the other's store.
pub(crate) fn membarrier() -> Membarrier {
    fence(Ordering::SeqCst);
    Membarrier::Done
}

/// See [`membarrier`].
pub(crate) fn light_fence() {
    fence(Ordering::SeqCst);
}

/// A static that is made anew for each run.
macro_rules! shared_static {
    ($($(#[$attribute:meta])* static $name:ident: $type:ty = $value:expr;)+) => {
        loom::lazy_static! { $($(#[$attribute])* static ref $name: $type = $value;)+ }
    };
}
pub(crate) use shared_static;

/// Atomics inside of what stands in a static, made anew for each run.
macro_rules! static_atomic {
    ($($name:ident: $atomic:ident of $type:ty;)+) => {$(
        #[derive(Debug)]
        pub(crate) struct $name(loom::lazy_static::Lazy<$atomic>);

        impl $name {
            pub(crate) const fn new(first: $type) -> Self {
                assert!(first == 0, "the checker makes it of nothing");
                Self(loom::lazy_static::Lazy {
                    init: || $atomic::new(0),
                    _p: core::marker::PhantomData,
                })
            }

            #[track_caller]
            pub(crate) fn load(&'static self, ordering: Ordering) -> $type {
                self.0.get().load(ordering)
            }

            #[track_caller]
            pub(crate) fn store(&'static self, value: $type, ordering: Ordering) {
                self.0.get().store(value, ordering);
            }
        }
    )+};
}
static_atomic! {
    StaticU8: AtomicU8 of u8;
    StaticU32: AtomicU32 of u32;
}

/// A static of each thread; the checker has threads of its own.
macro_rules! thread_static {
    (static $name:ident: $type:ty = const $value:block;) => {
        loom::thread_local! { static $name: $type = $value; }
    };
}
pub(crate) use thread_static;

/// A count and those who sleep until it is another. A sleep never ends by itself, as with [`park_timeout`].
#[derive(Debug, Default)]
pub(crate) struct EventCount {
    count: Mutex<u32>,
    changed: Condvar,
}

impl EventCount {
    pub(crate) fn seen(&self) -> u32 {
        *self.count.lock().expect("no panic")
    }

    #[track_caller]
    pub(crate) fn advance(&self) {
        *self.count.lock().expect("no panic") += 1;
        self.changed.notify_all();
    }

    #[track_caller]
    pub(crate) fn wait(&self, seen: u32, _longest: Duration) {
        let mut count = self.count.lock().expect("no panic");
        while *count == seen {
            count = self.changed.wait(count).expect("no panic");
        }
    }
}

/// One for each word of a ring's data. It holds nothing; the checker sees who touches it, and fails where
/// a touch is not ordered behind the one before.
pub(crate) type Trace = loom::cell::UnsafeCell<()>;

/// What the model checker is told of the accesses to a ring's data.
#[derive(Clone, Copy)]
pub(crate) struct Traces(&'static [Trace]);

impl Traces {
    /// Nobody is told anything.
    pub(crate) const NONE: Self = Self(&[]);

    /// One for each word of the data.
    pub(crate) fn of(traces: &'static [Trace]) -> Self {
        Self(traces)
    }

    /// These bytes are being read.
    pub(crate) fn read(self, offset: usize, len: usize) {
        for word in self.words(offset, len) {
            word.with(|_| ());
        }
    }

    /// These bytes are being written.
    pub(crate) fn write(self, offset: usize, len: usize) {
        for word in self.words(offset, len) {
            word.with_mut(|_| ());
        }
    }

    fn words(self, offset: usize, len: usize) -> &'static [Trace] {
        let words = offset / 8..(offset + len).div_ceil(8);
        self.0.get(words).unwrap_or_default()
    }
}
