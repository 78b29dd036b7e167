//! Sleep and wake held still while the process is forked.

use std::sync::TryLockError;
use std::thread;
use std::time::{Duration, Instant};

use super::{AWAKE, SLEEPER, STATE, UNPARKING};
use crate::sync::{Mutex, MutexGuard, Ordering, Thread};

/// Keeps everybody from the sleeper's handle for the time of a fork; none when that took too long.
pub(crate) fn hold(until: Instant) -> Option<Held> {
    // A signal handler of the thread that forks must not ask for what the thread holds.
    UNPARKING.with(|it| it.set(true));
    let held = try_lock_until(&SLEEPER, until).map(Held);
    if held.is_none() {
        UNPARKING.with(|it| it.set(false));
    }
    held
}

/// See [`hold`].
#[derive(Debug)]
pub(crate) struct Held(MutexGuard<'static, Option<Thread>>);

impl Drop for Held {
    fn drop(&mut self) {
        UNPARKING.with(|it| it.set(false));
    }
}

impl Held {
    /// In the child of a fork: there is no sleeper, and nobody is to be woken.
    pub(crate) fn forget(mut self) {
        *self.0 = None;
        // ORDERING: Relaxed: there is no other thread.
        STATE.store(AWAKE, Ordering::Relaxed);
    }
}

/// A lock that may be held by somebody who waits for us: it is asked for until then, not for ever.
pub(crate) fn try_lock_until<T>(lock: &Mutex<T>, until: Instant) -> Option<MutexGuard<'_, T>> {
    loop {
        match lock.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_micros(20)),
        }
    }
}
