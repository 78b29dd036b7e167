//! How a call sleeps until its ring has room, and is woken by the background thread that makes it. Of a
//! thousand who wait only those are woken who have something of it: whoever looked by himself, again and
//! again, would keep the processor from the one thread that can help.
//!
//! The handshake is Dekker's, with a full barrier on both sides: a caller says how far the consumer has to
//! come, then looks how far it is; the background thread gives room back, then looks who waits for it.

use core::ops::Deref;
use std::time::Duration;

use super::ThreadRing;
use crate::sync::{AtomicU64, AtomicUsize, EventCount, Ordering, fence, shared_static};
use crate::wake;

/// Nobody waits.
const NEVER: u64 = u64::MAX;

shared_static! {
    /// Calls that wait.
    // ORDERING: Relaxed: see the head of this file.
    static CALLS: AtomicUsize = AtomicUsize::new(0);
}

/// Those who wait for room in one ring.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// How far the consumer has to come before one of them is woken.
    // ORDERING: Relaxed: see the head of this file. Who is forgotten by a wake that comes at the same time has
    // seen the count of before.
    position: AtomicU64,
    wakes: EventCount,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            position: AtomicU64::new(NEVER),
            wakes: EventCount::default(),
        }
    }
}

impl Waiting {
    /// Says that the consumer has to come to `position`, makes an attempt, and sleeps after one that fails until
    /// it is there, at most so long. It may end early.
    pub(crate) fn wait<T>(
        &self,
        position: u64,
        longest: Duration,
        attempt: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        let seen = self.wakes.seen();
        CALLS.fetch_add(1, Ordering::Relaxed);
        self.position.fetch_min(position, Ordering::Relaxed);
        fence(Ordering::SeqCst);
        let found = attempt();
        if found.is_none() {
            // The one who makes room may be asleep.
            wake::wake();
            self.wakes.wait(seen, longest);
        }
        // Not below zero: a fork forgets them.
        let _ = CALLS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |calls| {
            calls.checked_sub(1)
        });
        found
    }

    fn wake(&self, position: u64) {
        if self.position.load(Ordering::Relaxed) <= position {
            self.position.store(NEVER, Ordering::Relaxed);
            self.wakes.advance();
        }
    }
}

/// How many calls wait for room.
pub(crate) fn waiting_calls() -> usize {
    CALLS.load(Ordering::Relaxed)
}

/// Rings have given room back: wakes those who wait for it.
pub(crate) fn wake_waiting(rings: impl Iterator<Item = impl Deref<Target = ThreadRing>>) {
    fence(Ordering::SeqCst);
    if waiting_calls() > 0 {
        for ring in rings {
            ring.drops.waiting.wake(ring.consumer.position());
        }
    }
}

/// In the child of a fork: they wait in the parent.
pub(super) fn forget_waiting() {
    CALLS.store(0, Ordering::Relaxed);
}
