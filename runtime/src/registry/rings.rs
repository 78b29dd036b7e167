//! Which thread has which ring: made with its first record, left to the background thread with its end, and one
//! that all share who have none.

use std::sync::Arc;
use std::time::Duration;

use super::{ORPHANED, Registry, Waiting, is_orphan, lock, wake_up};
use crate::ring::{Consumer, OwnMemory, Producer, ring};
use crate::sync::{AtomicU64, AtomicUsize, Ordering, shared_static};
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

/// What becomes of records that find a thread's ring full.
#[derive(Debug, Default)]
pub(crate) struct Drops {
    /// How many were lost.
    // ORDERING: Relaxed: a counter that orders nothing.
    pub(crate) ring_full: AtomicU64,
    /// Those who wait until it is not.
    pub(crate) waiting: Waiting,
}

impl Drops {
    pub(crate) fn count_ring_full(&self) {
        self.ring_full.fetch_add(1, Ordering::Relaxed);
    }
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

/// The number of a ring that is the process's own memory.
const NOT_STORED: u32 = u32::MAX;

shared_static! {
    // ORDERING: Relaxed: changed under the lock, which whoever sees the change takes before it looks at the rings.
    static RINGS_MADE: AtomicUsize = AtomicUsize::new(0);

    /// Rings whose threads are gone and which the background thread has not drained yet.
    // ORDERING: Relaxed: a number that stands for itself.
    static LEFT: AtomicUsize = AtomicUsize::new(0);

    /// Records for which there was no ring at all, and no memory for one.
    // ORDERING: Relaxed: a counter that orders nothing.
    static WITHOUT_RING: AtomicU64 = AtomicU64::new(0);
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

/// Makes the ring of a thread; none before set-up, where too many are left, and where there is no memory for one.
pub(crate) fn attach(thread: &str) -> Option<(Producer, Arc<Drops>, WhenFull)> {
    wake_up();
    if is_orphan() || LEFT.load(Ordering::Relaxed) >= MOST_LEFT {
        return None;
    }
    let mut registry = lock();
    let wiring = registry.wiring?;
    let (producer, drops) = make_ring(&mut registry, wiring.ring_bytes, thread)?;
    Some((producer, drops, wiring.when_full))
}

fn make_ring(
    registry: &mut Registry,
    bytes: usize,
    thread: &str,
) -> Option<(Producer, Arc<Drops>)> {
    let stored = registry.storage.as_ref();
    let stored = stored.and_then(|storage| storage.ring(bytes, thread));
    let (index, memory) =
        stored.or_else(|| Some((NOT_STORED, Arc::new(OwnMemory::try_new(bytes)?))))?;
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
    Some((producer, drops))
}

/// The last resort had no room.
pub(crate) struct NoRoom {
    /// Where it is counted should the record be lost.
    pub(crate) drops: Arc<Drops>,
    pub(crate) when_full: WhenFull,
    /// How far the consumer has to come.
    pub(crate) position: u64,
}

/// Runs `write` on the ring that threads share which have none of their own. It says how far the
/// consumer has to come where there was no room; this does not wait, because it holds the lock. Nothing happens before set-up.
///
/// # Errors
///
/// Says what is due when there was no room.
pub(crate) fn with_last_resort(
    write: impl FnOnce(&Producer) -> Result<(), u64>,
) -> Result<(), NoRoom> {
    wake_up();
    if is_orphan() {
        ORPHANED.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    }
    let mut registry = lock();
    let Some(wiring) = registry.wiring else {
        return Ok(());
    };
    let ring = registry.last_resort.take();
    let ring = ring.or_else(|| make_ring(&mut registry, wiring.ring_bytes, "shared"));
    // Where there is no memory for a large ring there may be some for a small one.
    let ring = ring.or_else(|| make_ring(&mut registry, MIN_RING_BYTES, "shared"));
    let Some((producer, drops)) = ring else {
        WITHOUT_RING.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    };
    let written = write(&producer).map_err(|position| NoRoom {
        drops: Arc::clone(&drops),
        when_full: wiring.when_full,
        position,
    });
    registry.last_resort = Some((producer, drops));
    written
}

/// How many records were lost because there was no memory for a ring.
pub(crate) fn without_ring() -> u64 {
    WITHOUT_RING.load(Ordering::Relaxed)
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

/// In the child of a fork: the rings are the parent's.
pub(super) fn forget_left() {
    LEFT.store(0, Ordering::Relaxed);
    WITHOUT_RING.store(0, Ordering::Relaxed);
}
