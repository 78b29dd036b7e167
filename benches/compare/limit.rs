//! The limit: what no logger can avoid, with nothing around it. Measured inside the process of each
//! rival, so that a ratio never spans two processes.
//!
//! Level off is one relaxed load and one branch. A call reads the time-stamp counter and publishes a
//! record of 48 bytes in a ring. A timed function reads the counter twice and publishes a record; when it
//! is off, the limit is the function without an attribute.
#![expect(unsafe_code, reason = "the counter has no safe door")]

use std::hint::black_box;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const RING_BYTES: usize = 256 * 1024;
const RECORD_BYTES: usize = 48;

static LEVEL: AtomicU8 = AtomicU8::new(20);

/// Level off, so many times, four in a row.
#[inline(never)]
pub(crate) fn off(calls: u64) {
    for n in 0..calls / 4 {
        off_once(n);
        off_once(n);
        off_once(n);
        off_once(n);
    }
}

#[inline(always)]
fn off_once(n: u64) {
    // ORDERING: Relaxed, as nothing is published with the level.
    if LEVEL.load(Ordering::Relaxed) <= 10 {
        on(n, 500);
    }
}

/// Behind the branch stands a call, as in every logger.
#[inline(never)]
fn on(n: u64, amount: u64) {
    black_box((n, amount));
}

/// A ring with nothing but the counter, a copy and one Release store.
pub(crate) struct Limit {
    bytes: Box<[u8]>,
    tail: AtomicU64,
}

impl Limit {
    pub(crate) fn new() -> Self {
        // A level that nobody ever sets is a constant, and its load would be optimized away.
        LEVEL.store(black_box(20), Ordering::Relaxed);
        Self {
            bytes: vec![0; RING_BYTES].into(),
            tail: AtomicU64::new(0),
        }
    }

    /// A call with the three fields of `payment_initiated`.
    #[inline(never)]
    pub(crate) fn call(&mut self, n: u64, provider: &str) {
        self.publish(counter(), n, 500, provider);
    }

    /// A timed function that has nothing to do.
    #[inline(never)]
    pub(crate) fn timed(&mut self, n: u64, provider: &str) {
        let start = counter();
        black_box(n);
        let end = counter();
        self.publish(end, n, end.wrapping_sub(start), provider);
    }

    #[inline(always)]
    fn publish(&mut self, now: u64, first: u64, second: u64, text: &str) {
        let tail = self.tail.load(Ordering::Relaxed);
        let start = tail as usize & (RING_BYTES - 1);
        let mut record = [0_u8; RECORD_BYTES];
        record[..8].copy_from_slice(&now.to_le_bytes());
        record[8..16].copy_from_slice(&first.to_le_bytes());
        record[16..24].copy_from_slice(&second.to_le_bytes());
        // Text is one move of a constant size here, as in the bench of the hot path.
        if let Some(text) = text.as_bytes().first_chunk::<6>() {
            record[24..30].copy_from_slice(text);
        }
        if let Some(place) = self.bytes.get_mut(start..start + RECORD_BYTES) {
            place.copy_from_slice(&record);
        }
        let next = if start + 2 * RECORD_BYTES > RING_BYTES {
            0
        } else {
            (start + RECORD_BYTES) as u64
        };
        // ORDERING: Release, as a reader of the ring would ask for.
        self.tail.store(next, Ordering::Release);
    }
}

/// The time-stamp counter, where there is one.
#[inline(always)]
pub(crate) fn counter() -> u64 {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has the instruction.
    unsafe {
        core::arch::x86_64::_rdtsc()
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_nanos() as u64
    }
}

/// Reads the counter twice, so many times: what a timed function cannot avoid.
#[inline(never)]
pub(crate) fn readings(calls: u64) {
    for _ in 0..calls {
        black_box(counter());
        black_box(counter());
    }
}

/// Ticks between two readings with nothing between them.
pub(crate) fn reading_overhead() -> u64 {
    (0..10_000)
        .map(|_| {
            let start = counter();
            counter() - start
        })
        .min()
        .unwrap_or(0)
}

/// The smallest step the counter makes, in ticks: some processors count by tens of nanoseconds.
pub(crate) fn resolution() -> u64 {
    (0..10_000)
        .filter_map(|_| {
            let start = counter();
            counter().checked_sub(start).filter(|&step| step > 0)
        })
        .min()
        .unwrap_or(0)
}

pub(crate) fn nanos_per_tick() -> f64 {
    let (ticks, start) = (counter(), Instant::now());
    std::thread::sleep(Duration::from_millis(200));
    start.elapsed().as_nanos() as f64 / (counter() - ticks) as f64
}
