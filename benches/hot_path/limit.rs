//! What no logger can avoid.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

use storyline_benches::counter::counter;

const BYTES: usize = 256 * 1024;

/// A ring with nothing but the counter, a copy and one Release store.
pub(crate) struct Limit {
    bytes: Box<[u8]>,
    tail: AtomicU64,
}

impl Limit {
    pub(crate) fn new() -> Self {
        Self {
            bytes: vec![0; BYTES].into(),
            tail: AtomicU64::new(0),
        }
    }

    #[inline(never)]
    pub(crate) fn publish(&mut self, n: u64) {
        let tail = self.tail.load(Ordering::Relaxed);
        let start = usize::try_from(tail).unwrap_or(0) & (BYTES - 1);
        let mut record = [0_u8; 48];
        record[..8].copy_from_slice(&counter().to_le_bytes());
        record[8..16].copy_from_slice(&n.to_le_bytes());
        record[16..24].copy_from_slice(&500_u64.to_le_bytes());
        record[24..30].copy_from_slice(b"stripe");
        if let Some(place) = self.bytes.get_mut(start..start + 48) {
            place.copy_from_slice(&record);
        }
        let next = if start + 96 > BYTES {
            0
        } else {
            start as u64 + 48
        };
        self.tail.store(next, Ordering::Release);
    }
}

static OFF: AtomicU64 = AtomicU64::new(20);

/// One relaxed load and one branch.
#[inline(always)]
pub(crate) fn level_off(n: u64) {
    if OFF.load(Ordering::Relaxed) <= 10 {
        black_box(n);
    }
}

/// Two readings of the clock, as whoever measures a function needs them.
#[inline(always)]
pub(crate) fn two_readings(n: u64) {
    let start = counter();
    black_box(n);
    black_box(counter() - start);
}
