//! Which processor a thread runs on, and whether that one is disturbed. A virtual processor shares a core
//! with strangers: at times everything takes up to twice as long there, which no average takes out. So each
//! measurement stands between two probes, and only where both were quick it is called quiet.
#![expect(
    unsafe_code,
    reason = "binding a thread to a processor has no safe wrapper in std"
)]

use std::hint::black_box;

use crate::counter::counter;

/// A probe that takes so much longer than the run's quick ones tells of a disturbed core.
const TOLERANCE: f64 = 1.12;

/// How many processors there are.
pub fn count() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Ticks of a piece of work that keeps all of a core's adders busy, about 200 ns: the quickest of four.
#[inline(never)]
pub fn probe() -> u64 {
    let one = || {
        let mut lanes = black_box([1_u64, 2, 3, 4]);
        let start = counter();
        for _ in 0..64 {
            for lane in &mut lanes {
                *lane ^= *lane << 13;
                *lane ^= *lane >> 7;
            }
        }
        black_box(lanes);
        counter() - start
    };
    (0..4).map(|_| one()).min().unwrap_or(0)
}

/// The probe's ticks up to which a core is quiet, from all probes of a run.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ticks of less than a millisecond"
)]
pub fn quiet_limit(probes: impl Iterator<Item = u64>) -> u64 {
    let mut probes: Vec<u64> = probes.collect();
    probes.sort_unstable();
    let quick = probes.get(probes.len() / 20).copied().unwrap_or(0);
    (quick as f64 * TOLERANCE) as u64
}

/// From now on the calling thread, and those that it starts, run on these processors only. Does nothing
/// where there is no such call.
pub fn bind(cores: &[usize]) {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: a set of bits, for which all zeros are a value.
        let mut set: libc::cpu_set_t = unsafe { core::mem::zeroed() };
        for core in cores {
            // SAFETY: the set is ours; the macro checks the bounds of the array in it.
            unsafe { libc::CPU_SET(*core, &mut set) };
        }
        // SAFETY: zero is the calling thread; the set is read only. A refusal leaves the thread where it was.
        let _ = unsafe { libc::sched_setaffinity(0, size_of_val(&set), &raw const set) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = cores;
}

/// All processors but this one; this one where there is no other.
pub fn all_but(core: usize) -> Vec<usize> {
    let others: Vec<usize> = (0..count()).filter(|it| *it != core).collect();
    if others.is_empty() {
        vec![core]
    } else {
        others
    }
}

/// The calling thread runs anywhere again.
pub fn free() {
    bind(&(0..count()).collect::<Vec<_>>());
}
