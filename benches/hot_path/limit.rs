//! What no logger can avoid.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use storyline_benches::cores;
use storyline_benches::counter::counter;

const WORDS: usize = 32 * 1024;

/// A ring with nothing but the counter, a copy and one Release store.
///
/// `RECORD` is how many words it writes for each record: 6 for the limit itself; 11 for as many bytes as
/// `payment_initiated` has with the header and the tags that make it readable for others.
pub(crate) struct Limit<const RECORD: usize> {
    ring: Arc<[AtomicU64]>,
    at: usize,
    tail: Arc<AtomicU64>,
}

impl<const RECORD: usize> Limit<RECORD> {
    pub(crate) fn new() -> Self {
        Self {
            ring: (0..WORDS).map(|_| AtomicU64::new(0)).collect(),
            at: 0,
            tail: Arc::default(),
        }
    }

    /// Has another thread, on other processors than this, read what is new. What is written then comes
    /// from another core's cache, as it does for everyone who lets a thread in the background write.
    pub(crate) fn reader(&self, core: usize) -> impl FnMut() + use<RECORD> {
        let (ring, tail) = (Arc::clone(&self.ring), Arc::clone(&self.tail));
        let ((ask, asked), (reply, answer)) = (channel(), channel());
        thread::spawn(move || {
            cores::bind(&cores::all_but(core));
            let mut at = 0;
            while asked.recv().is_ok() {
                let tail = usize::try_from(tail.load(Ordering::Acquire)).unwrap_or(0);
                let mut sum = 0;
                while at != tail {
                    sum ^= ring.get(at).map_or(0, |word| word.load(Ordering::Relaxed));
                    at = (at + 1) % WORDS;
                }
                if reply.send(sum).is_err() {
                    return;
                }
            }
        });
        move || {
            ask.send(()).expect("the reader waits");
            black_box(answer.recv().expect("the reader answers"));
        }
    }

    #[inline(never)]
    pub(crate) fn publish(&mut self, n: u64) {
        let mut record = [0; RECORD];
        let values = [counter(), n, 500, u64::from_le_bytes(*b"stripe\0\0")];
        record[..values.len()].copy_from_slice(&values);
        if let Some(place) = self.ring.get(self.at..self.at + RECORD) {
            for (place, word) in place.iter().zip(record) {
                place.store(word, Ordering::Relaxed);
            }
        }
        self.at = if self.at + 2 * RECORD > WORDS {
            0
        } else {
            self.at + RECORD
        };
        self.tail.store(self.at as u64, Ordering::Release);
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
