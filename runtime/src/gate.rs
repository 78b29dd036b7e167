//! What holds a site's records back when the call asks for it: `every`, `at_most`, `once`, `sample`.
//! Hot: a few atomics, no lock. The background thread asks through [`Gate::take_held`].

use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::OnceLock;
use std::time::Instant;

use crate::wire::{Absent, Encode, Kind, One, Out, sealed};

/// The state of a site's option.
#[derive(Debug)]
pub struct Gate {
    rule: Rule,
    // ORDERING: Relaxed for all: counters that stand for themselves; nothing is published by them.
    state: AtomicU64,
    /// Calls ever held back, and how many of them were told.
    held: AtomicU64,
    told: AtomicU64,
}

#[derive(Debug)]
enum Rule {
    /// One call of so many. The state counts calls.
    Every(u64),
    /// So many calls in a window of `WINDOW_UNITS` units of so many nanoseconds. The state is when
    /// the window began, in units and plus one, above the number of calls that passed in it.
    AtMost { count: u64, unit: u64 },
    /// The first call. The state says that it came.
    Once,
    /// A share, as the greatest random number that passes. The state drives the random numbers.
    Sample(u64),
}

/// A window is measured in this many parts, so that its beginning fits beside the count.
const WINDOW_UNITS: u64 = 1024;
const COUNT_BITS: u32 = 24;
const COUNT_MASK: u64 = (1 << COUNT_BITS) - 1;
const START_MASK: u64 = (1 << (64 - COUNT_BITS)) - 1;

/// The golden ratio in 64 bits: steps of this size visit all numbers evenly.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Gate {
    const fn new(rule: Rule) -> Self {
        Self {
            rule,
            state: AtomicU64::new(0),
            held: AtomicU64::new(0),
            told: AtomicU64::new(0),
        }
    }

    /// Lets the first of `n` calls pass, then the first of the next `n`.
    pub const fn every(n: u64) -> Self {
        Self::new(Rule::Every(if n == 0 { 1 } else { n }))
    }

    /// Lets `count` calls pass within `nanos` nanoseconds. A window begins with the first call after
    /// the last window, so two bursts may touch.
    pub const fn at_most(count: u64, nanos: u64) -> Self {
        let count = if count > COUNT_MASK {
            COUNT_MASK
        } else {
            count
        };
        let unit = nanos.div_ceil(WINDOW_UNITS);
        let unit = if unit == 0 { 1 } else { unit };
        Self::new(Rule::AtMost { count, unit })
    }

    /// Lets one call of the process pass.
    pub const fn once() -> Self {
        Self::new(Rule::Once)
    }

    /// Lets a share of the calls pass, chosen at random.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share becomes a threshold; casts of floats stop at the ends of the range"
    )]
    pub const fn sample(share: f64) -> Self {
        Self::new(Rule::Sample((share * u64::MAX as f64) as u64))
    }

    /// Asks for one call. What passes carries how many were held back before it.
    #[inline(never)]
    pub fn pass(&self) -> Option<Held> {
        let passes = match self.rule {
            Rule::Every(n) => self.state.fetch_add(1, Ordering::Relaxed).is_multiple_of(n),
            Rule::AtMost { count, unit } => self.pass_window(count, nanos() / unit),
            Rule::Once => {
                self.state.load(Ordering::Relaxed) == 0
                    && self.state.swap(1, Ordering::Relaxed) == 0
            }
            Rule::Sample(threshold) => self.random() <= threshold,
        };
        if passes {
            Some(Held(self.take_held()))
        } else {
            self.held.fetch_add(1, Ordering::Relaxed);
            None
        }
    }

    /// `now` is in units of this gate.
    fn pass_window(&self, count: u64, now: u64) -> bool {
        let now = (now + 1) & START_MASK;
        self.state
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
                let (start, passed) = (state >> COUNT_BITS, state & COUNT_MASK);
                let age = now.wrapping_sub(start) & START_MASK;
                if start == 0 || age >= WINDOW_UNITS {
                    Some(now << COUNT_BITS | 1)
                } else if passed < count {
                    Some(state + 1)
                } else {
                    None
                }
            })
            .is_ok()
    }

    fn random(&self) -> u64 {
        // The gate's own address sets sites and, where addresses are random, processes apart.
        let seed = core::ptr::from_ref(self).addr() as u64;
        let mut it = seed.wrapping_add(self.state.fetch_add(GOLDEN, Ordering::Relaxed));
        // The finisher of splitmix64.
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// How many calls were held back since somebody asked last.
    pub(crate) fn take_held(&self) -> u64 {
        let held = self.held();
        // Most often there is nothing to take, and loads do not disturb other cores.
        if self.told.load(Ordering::Relaxed) == held {
            return 0;
        }
        held.saturating_sub(self.told.fetch_max(held, Ordering::Relaxed))
    }

    /// How many calls were ever held back.
    pub(crate) fn held(&self) -> u64 {
        self.held.load(Ordering::Relaxed)
    }
}

fn nanos() -> u64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    let elapsed = ORIGIN.get_or_init(Instant::now).elapsed();
    u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX)
}

/// How many calls of a site were held back before this one; nothing is written when there were none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held(u64);

impl sealed::Sealed for Held {}
impl Encode for Held {
    type Kinds = One<{ Kind::UInt as u8 }>;

    fn size(&self, limit: usize) -> usize {
        match self.0 {
            0 => Absent.size(limit),
            held => held.size(limit),
        }
    }

    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self.0 {
            0 => Absent.encode(limit, out),
            held => held.encode(limit, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    fn run(gate: &Gate, calls: usize) -> Vec<Option<u64>> {
        (0..calls).map(|_| gate.pass().map(|held| held.0)).collect()
    }

    #[test]
    fn every_lets_the_first_of_each_group_pass_and_counts_the_others() {
        let gate = Gate::every(3);
        assert_eq!(
            run(&gate, 7),
            [Some(0), None, None, Some(2), None, None, Some(2)]
        );
        assert_eq!(run(&Gate::every(1), 3), [Some(0); 3]);
    }

    #[test]
    fn once_passes_once_even_among_threads() {
        let gate = Gate::once();
        let passed: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| run(&gate, 1000).iter().flatten().count()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .sum()
        });
        assert_eq!(passed, 1);
        assert_eq!(gate.take_held(), 3999);
        assert_eq!(gate.take_held(), 0);
    }

    #[test]
    fn at_most_starts_anew_with_the_next_window() {
        let gate = Gate::at_most(2, 1_000_000);
        // Units of this gate; a window has 1024 of them.
        for (now, passes) in [
            (5000, true),
            (5001, true),
            (5002, false),
            (6023, false),
            (6024, true),
            (7000, true),
            (7001, false),
            (9000, true),
        ] {
            assert_eq!(gate.pass_window(2, now), passes, "at {now}");
        }
    }

    #[test]
    fn at_most_holds_back_in_real_time() {
        let gate = Gate::at_most(5, 3_600_000_000_000);
        assert_eq!(run(&gate, 100).iter().flatten().count(), 5);
        assert_eq!(gate.take_held(), 95);
        let short = Gate::at_most(1, 1_000_000);
        assert_eq!(short.pass(), Some(Held(0)));
        thread::sleep(Duration::from_millis(3));
        assert!(short.pass().is_some());
    }

    #[test]
    fn the_limit_holds_among_threads() {
        let gate = Gate::at_most(10, 3_600_000_000_000);
        let passed: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| run(&gate, 500).iter().flatten().count()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .sum()
        });
        assert_eq!(passed, 10);
        assert_eq!(gate.take_held(), 1990);
    }

    #[test]
    fn sample_keeps_about_its_share() {
        let gate = Gate::sample(0.1);
        let passed = run(&gate, 100_000).iter().flatten().count();
        assert!((9_000..11_000).contains(&passed), "{passed}");
        assert_eq!(run(&Gate::sample(1.0), 1000).iter().flatten().count(), 1000);
        assert_eq!(run(&Gate::sample(0.0), 1000).iter().flatten().count(), 0);
    }

    #[test]
    fn a_count_is_written_only_when_there_is_one() {
        assert_eq!(Held(0).size(9), Absent.size(9));
        assert_eq!(Held(3).size(9), 3_u64.size(9));
    }
}
