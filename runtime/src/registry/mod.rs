//! The hinge between callers and the background thread: the list of rings, the list of sites, and what
//! was wired at set-up. Its one lock is taken once per thread, once per site and at set-up, never per
//! record. It imports no cold room except `fallback`, the way out before set-up.

use core::cell::Cell;
use core::fmt;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crate::level::Level;
use crate::ring::{Consumer, Memory, OwnMemory, Producer, ring};
use crate::site::{ASK, Meta, Site};
use crate::sync::{AtomicBool, AtomicU64, AtomicUsize, Mutex, MutexGuard, Ordering, shared_static};
use crate::{clock, wake};

/// What happens to a record when its thread's ring is full. Waiting keeps the record and delays the
/// caller; dropping does the opposite. Either way a lost record is counted as
/// [`RingFull`](crate::Reason::RingFull) and reported in the log.
///
/// Threads share one more ring when they have none of their own: those that are ending already, and, while 128
/// rings of ended threads still wait to be written because a sink is slow, those that are new. The same holds
/// for that ring.
///
/// ```
/// use std::time::{Duration, Instant};
/// use storyline::WhenFull;
/// use storyline::sink::{self, Memory};
///
/// assert_eq!(WhenFull::default(), WhenFull::Wait(Duration::from_secs(1)));
///
/// let memory = Memory::new();
/// let setup = storyline::setup("shop").when_full(WhenFull::Drop);
/// let guard = setup.sink(sink::memory(&memory)).start()?;
/// storyline::info!("order_paid");
/// guard.flush(Duration::from_secs(1))?;
/// assert_eq!(memory.records().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenFull {
    /// The call waits for room, at most this long; then the record is dropped and counted.
    Wait(Duration),
    /// The record is dropped and counted at once.
    Drop,
}

impl Default for WhenFull {
    fn default() -> Self {
        Self::Wait(Duration::from_secs(1))
    }
}

/// Records that a thread accepted and could not put into its ring.
#[derive(Debug, Default)]
pub(crate) struct Drops {
    /// The ring was full.
    // ORDERING: Relaxed: a counter that orders nothing.
    pub(crate) ring_full: AtomicU64,
}

impl Drops {
    pub(crate) fn count_ring_full(&self) {
        self.ring_full.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local! {
    static BESIDE: Cell<bool> = const { Cell::new(false) };
}

shared_static! {
    // ORDERING: Relaxed: a counter that orders nothing.
    static REENTRANT: AtomicU64 = AtomicU64::new(0);

    /// Records of a forked process that could not get a background thread of its own.
    // ORDERING: Relaxed: a counter that orders nothing.
    static ORPHANED: AtomicU64 = AtomicU64::new(0);
}

/// Runs what locks or allocates on a caller's thread. A call from inside, which an allocator or a
/// signal handler that logs can make, is counted instead: it would wait for its own lock or never end.
pub(crate) fn beside<R>(run: impl FnOnce() -> R) -> Option<R> {
    if BESIDE.replace(true) {
        count_reentrant();
        return None;
    }
    let result = run();
    BESIDE.set(false);
    Some(result)
}

/// A record was lost because its call came from inside another one on the same thread.
pub(crate) fn count_reentrant() {
    REENTRANT.fetch_add(1, Ordering::Relaxed);
}

/// How many were lost so.
pub(crate) fn reentrant() -> u64 {
    REENTRANT.load(Ordering::Relaxed)
}

/// Gives rings their memory, where it is to outlive the process, and keeps what call sites are.
pub(crate) trait Storage: Send + Sync {
    /// Memory for a ring with so many bytes of data, and its number; none when there is no room.
    fn ring(&self, data: usize, thread: &str) -> Option<(u32, Arc<dyn Memory>)>;

    /// A site was given its number; nothing of it was logged yet. Records from `threshold` on are wanted.
    fn describe(&self, site: &'static Site, threshold: u8);

    /// Records of a site that was described may be wanted from a lower level on.
    fn lower(&self, site: &'static Site, threshold: u8);
}

/// The number of a ring that is the process's own memory.
const NOT_STORED: u32 = u32::MAX;

/// How many were lost because a fork has left the background thread behind.
pub(crate) fn orphaned() -> u64 {
    ORPHANED.load(Ordering::Relaxed)
}

/// One thread's ring as the background thread holds it.
#[derive(Debug)]
pub(crate) struct ThreadRing {
    /// Which of the storage's rings it is.
    pub(crate) index: u32,
    pub(crate) consumer: Consumer,
    pub(crate) thread: Arc<str>,
    pub(crate) drops: Arc<Drops>,
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
    /// In the child of a fork, until it logs: brings its background thread to life.
    dormant: Option<fn()>,
    /// Serves threads whose own ring is gone already, and those that get none: see [`MOST_LEFT`].
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
        dormant: None,
        last_resort: None,
    });

    // ORDERING of both: Relaxed: changed under the lock, which whoever sees the change takes before it looks
    // at what they announce.
    static CONNECTED: AtomicBool = AtomicBool::new(false);
    static RINGS_MADE: AtomicUsize = AtomicUsize::new(0);

    /// Rings whose threads are gone and which the background thread has not drained yet.
    // ORDERING: Relaxed: a number that stands for itself.
    static LEFT: AtomicUsize = AtomicUsize::new(0);

    // ORDERING: Acquire and Release: who sees that it ended sees which process has the background thread.
    static DORMANT: AtomicBool = AtomicBool::new(false);
}

/// The registry while it is locked. A call from a signal handler that interrupts this thread is counted
/// meanwhile, as inside of [`beside`]: it would wait for its own lock.
///
/// Fields are dropped in their order: the lock is given back first.
struct Locked {
    registry: MutexGuard<'static, Registry>,
    _beside: Beside,
}

/// Until it is dropped, calls on this thread are counted as inside of [`beside`].
pub(crate) struct Beside(bool);

impl Beside {
    pub(crate) fn enter() -> Self {
        Self(BESIDE.replace(true))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        BESIDE.set(self.0);
    }
}

fn lock() -> Locked {
    let beside = Beside::enter();
    Locked {
        registry: REGISTRY.lock().unwrap_or_else(PoisonError::into_inner),
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

/// Before set-up a library's warnings still reach stderr.
const WITHOUT_SETUP: u8 = Level::Warning.number();

/// Registers a site at its first call, or asks again after a change; says whether `level` passes.
#[cold]
#[inline(never)]
pub(crate) fn decide(site: &'static Site, level: Level) -> bool {
    let decided = beside(|| {
        if is_orphan() {
            return level.number() >= WITHOUT_SETUP;
        }
        let mut registry = lock();
        let lasting = registry.threshold(site);
        registry.number(site, lasting);
        let threshold = if registry.captures > 0 {
            Level::Trace.number()
        } else {
            lasting
        };
        site.decide(threshold.max(1));
        level.number() >= threshold
    });
    decided.unwrap_or(false)
}

impl Registry {
    /// What the sinks want of a site.
    fn threshold(&self, site: &'static Site) -> u8 {
        let thresholds = self.thresholds.as_ref();
        thresholds.map_or(WITHOUT_SETUP, |ask| ask(site.meta()))
    }

    /// What is recorded is lowered under the lock, before a site is asked again: what passes then is known to be
    /// wanted, and no site is described by the thresholds of before in between.
    fn set_thresholds(&mut self, thresholds: Thresholds) {
        self.thresholds = Some(thresholds);
        if let Some(storage) = &self.storage {
            for site in &self.sites {
                storage.lower(site, self.threshold(site));
            }
        }
        forget_decisions(self);
    }

    fn number(&mut self, site: &'static Site, threshold: u8) {
        if site.id() == 0 {
            self.sites.push(site);
            site.set_id(u32::try_from(self.sites.len()).unwrap_or(u32::MAX));
            if let Some(storage) = &self.storage {
                storage.describe(site, threshold);
            }
        }
    }
}

/// Adds the sites with numbers above `known` to `into`; a site's number is its index plus one.
pub(crate) fn sites_from(known: usize, into: &mut Vec<&'static Site>) {
    into.extend(lock().sites.iter().skip(known));
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
    if let Some(storage) = &storage {
        for site in &registry.sites {
            storage.describe(site, registry.threshold(site));
        }
    }
    registry.storage = storage;
    forget_decisions(&registry);
    CONNECTED.store(true, Ordering::Relaxed);
    Ok(())
}

/// Replaces what decides about sites; every site asks again at its next call.
pub(crate) fn set_thresholds(thresholds: Thresholds) {
    lock().set_thresholds(thresholds);
}

fn forget_decisions(registry: &Registry) {
    for site in &registry.sites {
        site.decide(ASK);
    }
}

/// While a capture is active every site passes; what nobody wants is filtered behind.
pub(crate) fn captures_begin() {
    let mut registry = lock();
    registry.captures += 1;
    if registry.captures == 1 {
        forget_decisions(&registry);
    }
}

/// The counterpart of [`captures_begin`].
pub(crate) fn captures_end() {
    let mut registry = lock();
    registry.captures = registry.captures.saturating_sub(1);
    if registry.captures == 0 {
        forget_decisions(&registry);
    }
}

/// Where records and descriptions go from now on, in a process that has begun to record anew.
pub(crate) fn set_storage(storage: Option<Arc<dyn Storage>>) {
    let mut registry = lock();
    if let Some(storage) = &storage {
        for site in &registry.sites {
            storage.describe(site, registry.threshold(site));
        }
    }
    registry.storage = storage;
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
        REENTRANT.store(0, Ordering::Relaxed);
        LEFT.store(0, Ordering::Relaxed);
        for site in &registry.sites {
            // What the parent held back, the parent tells.
            if let Some(gate) = site.meta().gate {
                gate.take_held();
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

/// Whether a background thread takes records.
#[inline]
pub(crate) fn is_connected() -> bool {
    CONNECTED.load(Ordering::Relaxed)
}

/// While so many rings wait to be drained whose threads are gone, a thread that has none gets none: its records
/// go into the last resort, with those of threads that are ending. So a sink that stands still costs no more than
/// that, however many threads come and go meanwhile.
const MOST_LEFT: usize = 128;

/// A ring is about to be closed. As with a ring that fills, the background thread is called at half of what there
/// is room for.
pub(crate) fn count_left() {
    if LEFT.fetch_add(1, Ordering::Relaxed) >= MOST_LEFT / 2 {
        wake::wake();
    }
}

/// A closed ring was drained.
pub(crate) fn count_retired() {
    let _ = LEFT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        left.checked_sub(1)
    });
}

/// Makes the ring of a thread; none before set-up, and where too many are left.
pub(crate) fn attach(thread: &str) -> Option<(Producer, Arc<Drops>, WhenFull)> {
    wake_up();
    if is_orphan() || LEFT.load(Ordering::Relaxed) >= MOST_LEFT {
        return None;
    }
    let mut registry = lock();
    let wiring = registry.wiring?;
    let (producer, drops) = make_ring(&mut registry, wiring, thread);
    Some((producer, drops, wiring.when_full))
}

fn make_ring(registry: &mut Registry, wiring: Wiring, thread: &str) -> (Producer, Arc<Drops>) {
    let stored = registry.storage.as_ref();
    let stored = stored.and_then(|storage| storage.ring(wiring.ring_bytes, thread));
    let (index, memory) =
        stored.unwrap_or_else(|| (NOT_STORED, Arc::new(OwnMemory::new(wiring.ring_bytes))));
    let first = clock::now().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let first = u32::try_from(first).unwrap_or(0);
    let (producer, consumer) = ring(memory, first, clock::is_counter(), wake::wake);
    let drops = Arc::new(Drops::default());
    registry.new_rings.push(ThreadRing {
        index,
        consumer,
        thread: Arc::from(thread),
        drops: Arc::clone(&drops),
    });
    RINGS_MADE.fetch_add(1, Ordering::Relaxed);
    (producer, drops)
}

/// The last resort had no room.
pub(crate) struct Full {
    /// Where it is counted should the record be lost.
    pub(crate) drops: Arc<Drops>,
    pub(crate) when_full: WhenFull,
}

/// Runs `write` on the ring that threads share which have none of their own. It says whether there was room;
/// this does not wait, because it holds the lock. Nothing happens before set-up.
///
/// # Errors
///
/// Says what is due when there was no room.
pub(crate) fn with_last_resort(write: impl FnOnce(&Producer) -> bool) -> Result<(), Full> {
    wake_up();
    if is_orphan() {
        ORPHANED.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    }
    let mut registry = lock();
    let Some(wiring) = registry.wiring else {
        return Ok(());
    };
    let (producer, drops) = match registry.last_resort.take() {
        Some(ring) => ring,
        None => make_ring(&mut registry, wiring, "shared"),
    };
    let full = (!write(&producer)).then(|| Full {
        drops: Arc::clone(&drops),
        when_full: wiring.when_full,
    });
    registry.last_resort = Some((producer, drops));
    full.map_or(Ok(()), Err)
}

/// How many rings were ever made; a change means that [`take_new_rings`] has some.
pub(crate) fn rings_made() -> usize {
    RINGS_MADE.load(Ordering::Relaxed)
}

/// Moves the rings made since the last call to `into`.
pub(crate) fn take_new_rings(into: &mut Vec<ThreadRing>) {
    into.append(&mut lock().new_rings);
}

/// The largest payload a ring takes, whatever its size was set to.
pub(crate) fn max_payload() -> usize {
    if is_orphan() {
        return Producer::max_payload(DEFAULT_RING_BYTES);
    }
    let bytes = lock()
        .wiring
        .map_or(DEFAULT_RING_BYTES, |wiring| wiring.ring_bytes);
    Producer::max_payload(bytes)
}

/// Bytes of a thread's ring unless set-up says otherwise.
pub(crate) const DEFAULT_RING_BYTES: usize = 256 * 1024;

/// The smallest ring: payloads of common size must fit without a look at the wiring.
pub(crate) const MIN_RING_BYTES: usize = 64 * 1024;

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("sites", &self.sites.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
