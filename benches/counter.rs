//! The time-stamp counter, as the limit reads it: with nothing around it.
#![expect(unsafe_code, reason = "the instruction has no safe wrapper in std")]

use std::time::{Duration, Instant};

/// Reads the counter; elsewhere than on x86-64, the monotonic clock in nanoseconds.
#[inline(always)]
pub fn counter() -> u64 {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has the instruction.
    unsafe {
        core::arch::x86_64::_rdtsc()
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(0)
    }
}

/// What one tick is, measured over 200 ms.
#[expect(clippy::cast_precision_loss, reason = "less than 2^53 ticks")]
pub fn nanos_per_tick() -> f64 {
    let (ticks, start) = (counter(), Instant::now());
    std::thread::sleep(Duration::from_millis(200));
    start.elapsed().as_nanos() as f64 / (counter() - ticks) as f64
}

/// Ticks between two readings with nothing between them.
pub fn reading_ticks() -> u64 {
    let pairs = (0..10_000).map(|_| {
        let start = counter();
        counter() - start
    });
    pairs.min().unwrap_or(0)
}
