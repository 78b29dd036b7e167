//! The writing side: `reserve`, fill, `commit`. `hold` has what keeps a thread from its ring, `waiting` what a call
//! before a full one waits for. Hot: no lock, no allocation, no panic.

mod hold;
mod waiting;

use core::cell::Cell;
use core::fmt;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use std::sync::Arc;

use super::memory::{Memory, Region};
use super::{FRAME_HEAD, SKIP, UNNUMBERED, stride};
use crate::sync::{Ordering, compiler_fence};

pub(crate) use hold::Suspended;

/// The one writer of a ring, or the place where a thread will have one. It has no destructor, so that
/// it can be reached at any moment of a thread's life; whoever ends its use calls [`close`](Self::close).
///
/// All of it is cells, because a signal handler may find its own thread between any two instructions. A
/// reservation makes `limit` zero before anything else is read, so whoever interrupts it finds no room
/// and never the same bytes.
pub(crate) struct Producer {
    /// Frames may be written up to here, in one piece; zero while one is, and where there is no ring.
    limit: Cell<u64>,
    /// What `limit` is between two reservations. Never beyond the end of the lap that `tail` is in.
    grant: Cell<u64>,
    /// Our own tail; the shared word is only written.
    tail: Cell<u64>,
    /// The number of the first frame, and one more for each that was committed.
    count: Cell<u64>,
    // Invariant: where `grant` or `limit` is above zero this is the region of `memory`.
    region: Cell<Region>,
    /// Keeps the region alive.
    memory: ManuallyDrop<Cell<Option<Arc<dyn Memory>>>>,
    /// Called when a look at the consumer finds the ring more than half full.
    on_filling: Cell<fn()>,
    /// Whether `reserve` may be granted anything; else every record takes `make_room`.
    grants: Cell<bool>,
    hidden: Cell<bool>,
}

// SAFETY: what is shared with the consumer is shared through atomics and the rule that bytes between
// head and tail belong to the consumer, the others to this value.
unsafe impl Send for Producer {}

impl fmt::Debug for Producer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Producer")
            .field("tail", &self.tail)
            .finish_non_exhaustive()
    }
}

/// Bytes that were set aside for one frame. The producer gives out no others before this was given to
/// [`Producer::commit`].
#[derive(Debug)]
pub(crate) struct Reserved {
    // Invariant: 8 + `len` bytes inside the data of a region that lives as long as this, outside
    // head..tail; a multiple of 8.
    frame: NonNull<u8>,
    len: usize,
}

impl Reserved {
    /// The bytes to fill.
    #[inline(always)]
    pub(crate) fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: the frame's payload begins 8 bytes after the frame, and lies inside the data.
        let start = unsafe { self.frame.add(FRAME_HEAD) };
        // SAFETY: by the invariant nobody else reads or writes these bytes before they are committed.
        // They are initialised: the region was zeroed.
        unsafe { core::slice::from_raw_parts_mut(start.as_ptr(), self.len) }
    }
}

/// Why there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is no ring here, or it is hidden.
    Absent,
    /// A call inside a call: a frame is being written.
    Busy,
    /// The consumer has not given back enough.
    Full,
}

fn nobody() {}

impl Producer {
    /// A place without a ring.
    pub(crate) const fn detached() -> Self {
        Self {
            limit: Cell::new(0),
            grant: Cell::new(0),
            tail: Cell::new(0),
            count: Cell::new(0),
            region: Cell::new(Region::NOWHERE),
            memory: ManuallyDrop::new(Cell::new(None)),
            on_filling: Cell::new(nobody),
            grants: Cell::new(false),
            hidden: Cell::new(false),
        }
    }

    pub(super) fn attached(
        memory: Arc<dyn Memory>,
        first: u32,
        grants: bool,
        on_filling: fn(),
    ) -> Self {
        let producer = Self::detached();
        let region = Region::of(&*memory);
        // ORDERING: Relaxed: read by whoever finds the region after a death.
        region.control().first.store(first, Ordering::Relaxed);
        region
            .control()
            .count
            .store(u64::from(first), Ordering::Relaxed);
        producer.region.set(region);
        producer.count.set(u64::from(first));
        producer.grants.set(grants);
        producer.on_filling.set(on_filling);
        producer.memory.set(Some(memory));
        producer.open();
        producer
    }

    /// Takes over the ring of another value, which has none afterwards.
    pub(crate) fn adopt(&self, other: &Self) {
        self.tail.set(other.tail.get());
        self.count.set(other.count.get());
        self.region.set(other.region.get());
        self.grants.set(other.grants.get());
        self.on_filling.set(other.on_filling.get());
        self.memory.set(other.memory.take());
        other.forget();
        self.open();
    }

    /// Allows a look at the consumer and nothing else; the next reservation takes it.
    fn open(&self) {
        self.grant.set(1);
        self.limit.set(1);
    }

    fn lap_end(&self) -> u64 {
        let lap = self.region.get().data_len() as u64;
        (self.tail.get() / lap + 1) * lap
    }

    /// The largest payload that `reserve` can ever grant in a ring of `data_len` bytes: its frame and
    /// the bytes skipped before it still fit when the ring is empty.
    pub(crate) const fn max_payload(data_len: usize) -> usize {
        data_len / 2 - FRAME_HEAD
    }

    /// Sets `len` bytes aside; none when that takes more than a look at what was granted: see
    /// [`make_room`](Self::make_room).
    #[inline(always)]
    pub(crate) fn reserve(&self, len: usize) -> Option<Reserved> {
        let limit = self.limit.replace(0);
        // A signal handler that runs from here on finds no room; one that ran before has moved `tail`
        // before it is read below.
        compiler_fence(Ordering::SeqCst);
        let tail = self.tail.get();
        if tail + stride(len) as u64 > limit {
            self.limit.set(limit);
            return None;
        }
        let region = self.region.get();
        Some(Reserved {
            frame: region.room(region.offset(tail), FRAME_HEAD + len),
            len,
        })
    }

    /// Looks at how far the consumer has come, and goes on to the next lap where this one's rest is too
    /// short.
    ///
    /// # Errors
    ///
    /// Says why there are no bytes.
    #[cold]
    #[inline(never)]
    pub(crate) fn make_room(&self, len: usize) -> Result<Reserved, Refused> {
        let grant = self.grant.get();
        if grant == 0 {
            return Err(Refused::Absent);
        }
        if self.limit.replace(0) == 0 {
            return Err(Refused::Busy);
        }
        compiler_fence(Ordering::SeqCst);
        let region = self.region.get();
        let whole = region.data_len() as u64;
        let (skipped, end) = self.next_frame(len);
        // ORDERING: Acquire, pairs with the Release in Consumer::release: the consumer has finished
        // reading the bytes we are about to overwrite.
        let head = region.control().consumer.head.load(Ordering::Acquire);
        let used = end - head;
        if used > whole / 2 {
            (self.on_filling.get())();
        }
        if used > whole {
            self.limit.set(grant);
            return Err(Refused::Full);
        }
        if skipped > 0 {
            let tail = self.tail.get();
            region.write_head(region.offset(tail), SKIP);
            self.tail.set(tail + skipped);
        }
        if self.grants.get() {
            let known = if used <= whole / 2 { whole / 2 } else { whole };
            self.grant.set(self.lap_end().min(head + known));
        }
        Ok(Reserved {
            frame: region.room(region.offset(self.tail.get()), FRAME_HEAD + len),
            len,
        })
    }

    /// What is left of this lap and too short for a payload of `len` bytes, and where its frame will end.
    fn next_frame(&self, len: usize) -> (u64, u64) {
        let region = self.region.get();
        let frame = stride(len) as u64;
        let tail = self.tail.get();
        let to_end = (region.data_len() - region.offset(tail)) as u64;
        let skipped = if frame > to_end { to_end } else { 0 };
        (skipped, tail + skipped + frame)
    }

    /// Publishes a frame.
    #[inline(always)]
    pub(crate) fn commit(&self, reserved: Reserved) {
        self.publish(reserved, 0, 1);
    }

    /// Publishes a frame that counts for nothing: the next one has the number that it bears.
    #[inline(always)]
    pub(crate) fn commit_unnumbered(&self, reserved: Reserved) {
        self.publish(reserved, UNNUMBERED, 0);
    }

    #[inline(always)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a reservation is committed once"
    )]
    fn publish(&self, reserved: Reserved, mark: u32, counts: u64) {
        let Reserved { frame, len } = reserved;
        let count = self.count.get();
        let region = self.region.get();
        let whole = FRAME_HEAD + len;
        region.write_head_at(frame, whole, whole as u64 | u64::from(mark) | count << 32);
        let tail = self.tail.get() + stride(len) as u64;
        self.tail.set(tail);
        self.count.set(count + counts);
        let control = region.control();
        // ORDERING: Relaxed: readers of the count see it through the tail's Release or do not mind.
        control.count.store(count + counts, Ordering::Relaxed);
        // ORDERING: Release, pairs with the Acquire in Consumer::refresh: the frame is whole before
        // it is seen.
        control.tail.store(tail, Ordering::Release);
        self.reopen();
    }

    /// Read from the cell and not kept by the caller: a fork inside the call makes it zero.
    #[inline(always)]
    fn reopen(&self) {
        // The next reservation begins after everything of this one.
        compiler_fence(Ordering::SeqCst);
        self.limit.set(self.grant.get());
    }
}
