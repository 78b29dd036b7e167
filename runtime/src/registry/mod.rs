//! The hinge between callers and the background thread: the list of rings, the list of sites, and what
//! was wired at set-up. Its one lock is taken once per thread, once per site and at set-up, never per
//! record. It imports no cold room.

mod beside;
mod rings;
mod sites;
mod waiting;

use core::fmt;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crate::ring::{Memory, Producer};
use crate::site::{Meta, Site};
use crate::sync::{AtomicBool, AtomicU64, Mutex, MutexGuard, Ordering, shared_static};
use crate::wake;

pub use rings::WhenFull;

use beside::Holding;
pub(crate) use beside::{Beside, beside, count_reentrant, holds_lock, reentrant, unless_inside};
pub(crate) use rings::{
    DEFAULT_RING_BYTES, Drops, MIN_RING_BYTES, ThreadRing, attach, count_left, count_retired,
    max_payload, rings_made, take_new_rings, with_last_resort, without_ring,
};
pub(crate) use sites::{
    captures_begin, captures_end, decide, decide_known, enroll, has_samples, keys_of,
    keys_unless_inside, set_thresholds, sites_from,
};
pub(crate) use waiting::{Waiting, waiting_calls, wake_waiting};

/// Gives rings their memory, where it is to outlive the process, and keeps what call sites are.
pub(crate) trait Storage: Send + Sync {
    /// Memory for a ring with so many bytes of data, and its number; none when there is no room.
    fn ring(&self, data: usize, thread: &str) -> Option<(u32, Arc<dyn Memory>)>;

    /// A site was given its number; nothing of it was logged yet. Records from `threshold` on are wanted.
    fn describe(&self, site: &'static Site, threshold: u8);

    /// Records of a site that was described may be wanted from a lower level on.
    fn lower(&self, site: &'static Site, threshold: u8);
}

/// What set-up decides for the callers' side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wiring {
    /// Bytes of each thread's ring, a power of two.
    pub(crate) ring_bytes: usize,
    pub(crate) when_full: WhenFull,
}

/// The threshold a sink side wants of a site; one to 255, never [`ASK`].
pub(crate) type Thresholds = Arc<dyn Fn(&Meta) -> u8 + Send + Sync>;

/// Set-up was done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AlreadyConnected;

struct Registry {
    new_rings: Vec<ThreadRing>,
    sites: Vec<&'static Site>,
    thresholds: Option<Thresholds>,
    wiring: Option<Wiring>,
    storage: Option<Arc<dyn Storage>>,
    captures: usize,
    /// The calls of some site are counted.
    has_samples: bool,
    /// In the child of a fork, until it logs: brings its background thread to life.
    dormant: Option<fn()>,
    /// Serves threads whose own ring is gone already, and those that get none: see [`attach`].
    last_resort: Option<(Producer, Arc<Drops>)>,
}

shared_static! {
    static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
        new_rings: Vec::new(),
        sites: Vec::new(),
        thresholds: None,
        wiring: None,
        storage: None,
        captures: 0,
        has_samples: false,
        dormant: None,
        last_resort: None,
    });

    // ORDERING: Relaxed: changed under the lock, which whoever sees the change takes before it looks at what it
    // announces.
    static CONNECTED: AtomicBool = AtomicBool::new(false);

    /// Records of a forked process that could not get a background thread of its own.
    // ORDERING: Relaxed: a counter that orders nothing.
    static ORPHANED: AtomicU64 = AtomicU64::new(0);

    // ORDERING: Acquire and Release: who sees that it ended sees which process has the background thread.
    static DORMANT: AtomicBool = AtomicBool::new(false);
}

/// The registry while it is locked. A call from a signal handler that interrupts this thread is counted
/// meanwhile, as inside of [`beside`]: it would wait for its own lock.
///
/// Fields are dropped in their order: the lock is given back first.
struct Locked {
    registry: MutexGuard<'static, Registry>,
    _holding: Holding,
    _beside: Beside,
}

fn lock() -> Locked {
    let (beside, holding) = (Beside::enter(), Holding::enter());
    Locked {
        registry: REGISTRY.lock().unwrap_or_else(PoisonError::into_inner),
        _holding: holding,
        _beside: beside,
    }
}

impl core::ops::Deref for Locked {
    type Target = Registry;

    fn deref(&self) -> &Registry {
        &self.registry
    }
}

impl core::ops::DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut Registry {
        &mut self.registry
    }
}

/// Wires callers to a background thread. Rings are made from now on.
pub(crate) fn connect(
    wiring: Wiring,
    thresholds: Thresholds,
    storage: Option<Arc<dyn Storage>>,
) -> Result<(), AlreadyConnected> {
    let mut registry = lock();
    if registry.wiring.is_some() {
        return Err(AlreadyConnected);
    }
    registry.wiring = Some(wiring);
    registry.thresholds = Some(thresholds);
    registry.set_storage(storage);
    registry.forget_decisions();
    CONNECTED.store(true, Ordering::Relaxed);
    Ok(())
}

/// Where records and descriptions go from now on, in a process that has begun to record anew.
pub(crate) fn set_storage(storage: Option<Arc<dyn Storage>>) {
    lock().set_storage(storage);
}

/// Keeps everybody from the registry for the time of a fork; none when that took too long. The caller is
/// [`Beside`] for as long.
pub(crate) fn hold(until: Instant) -> Option<Held> {
    wake::try_lock_until(&REGISTRY, until).map(Held)
}

/// See [`hold`].
pub(crate) struct Held(MutexGuard<'static, Registry>);

impl Held {
    /// In the child of a fork: none of the rings are ours. The first thread that asks for one calls `wake_up`.
    pub(crate) fn forget(mut self, wake_up: fn()) {
        let registry = &mut *self.0;
        registry.new_rings.clear();
        registry.storage = None;
        registry.captures = 0;
        registry.dormant = registry.wiring.map(|_| wake_up);
        DORMANT.store(registry.dormant.is_some(), Ordering::Release);
        if let Some((producer, _)) = registry.last_resort.take() {
            producer.forget();
        }
        beside::forget_count();
        rings::forget_left();
        waiting::forget_waiting();
        for site in &registry.sites {
            // What the parent held back, the parent tells.
            if let Some(gate) = site.meta().gate {
                gate.take_held();
            }
            if let Some(samples) = site.meta().samples {
                samples.take_missed();
            }
        }
    }
}

/// Brings the background thread to life where a fork has left it behind. Where it could not be taken along
/// nobody knows who holds our lock, so it is not asked for.
fn wake_up() {
    if !is_dormant() {
        return;
    }
    let dormant = lock().dormant.take();
    if let Some(wake_up) = dormant {
        wake_up();
        DORMANT.store(false, Ordering::Release);
    } else {
        // Another thread is at it.
        while is_dormant() {
            std::thread::sleep(Duration::from_micros(50));
        }
    }
}

/// Whether this is the child of a fork that has not logged yet: nothing is under way.
pub(crate) fn is_dormant() -> bool {
    DORMANT.load(Ordering::Acquire)
}

/// Whether a fork has left the background thread behind for good.
fn is_orphan() -> bool {
    !is_dormant() && wake::is_orphan()
}

/// How many records were lost because a fork has left the background thread behind.
pub(crate) fn orphaned() -> u64 {
    ORPHANED.load(Ordering::Relaxed)
}

/// Whether a background thread takes records.
#[inline]
pub(crate) fn is_connected() -> bool {
    CONNECTED.load(Ordering::Relaxed)
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("sites", &self.sites.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
