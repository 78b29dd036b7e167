//! What holds a site's records back when the call asks for it: `every`, `at_most`, `once`, `sample`.
//! Hot: a few atomics, no lock. The background thread asks through [`Gate::take_held`].
//!
//! What passes takes along how many were held back, and that many are told once its record stands in a ring. A
//! record that finds no room, and a call whose fields are left by `?` or a panic, give them back.

use core::cell::Cell;
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
    /// Calls ever held back, and how many of them were told or are on their way.
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
    pub fn pass(&self) -> Option<Held<'_>> {
        let place = match self.rule {
            Rule::Every(n) => {
                let calls = self.state.fetch_add(1, Ordering::Relaxed);
                calls.is_multiple_of(n).then_some(calls)
            }
            Rule::AtMost { count, unit } => self.pass_window(count, nanos() / unit),
            Rule::Once => (self.state.load(Ordering::Relaxed) == 0
                && self.state.swap(1, Ordering::Relaxed) == 0)
                .then_some(0),
            Rule::Sample(threshold) => (self.random() <= threshold).then_some(0),
        };
        if place.is_none() {
            self.held.fetch_add(1, Ordering::Relaxed);
        }
        place.map(|place| Held {
            gate: self,
            count: self.take_held(),
            place,
            is_settled: Cell::new(false),
        })
    }

    /// `now` is in units of this gate; gives the beginning of the window.
    fn pass_window(&self, count: u64, now: u64) -> Option<u64> {
        let now = (now + 1) & START_MASK;
        let mut window = now;
        self.state
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
                let (start, passed) = (state >> COUNT_BITS, state & COUNT_MASK);
                let age = now.wrapping_sub(start) & START_MASK;
                if start == 0 || age >= WINDOW_UNITS {
                    window = now;
                    Some(now << COUNT_BITS | 1)
                } else if passed < count {
                    window = start;
                    Some(state + 1)
                } else {
                    None
                }
            })
            .is_ok()
            .then_some(window)
    }

    /// Frees the place of a call that came to nothing: another one may take it.
    fn free(&self, place: u64) {
        match self.rule {
            // Where others were held back since, the place is theirs.
            Rule::Every(_) => {
                let after = place.wrapping_add(1);
                let _ =
                    self.state
                        .compare_exchange(after, place, Ordering::Relaxed, Ordering::Relaxed);
            }
            Rule::AtMost { .. } => {
                let _ = self
                    .state
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
                        let is_filled = state >> COUNT_BITS == place && state & COUNT_MASK > 0;
                        is_filled.then(|| state - 1)
                    });
            }
            Rule::Once => self.state.store(0, Ordering::Relaxed),
            Rule::Sample(_) => {}
        }
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
#[derive(Debug)]
pub struct Held<'a> {
    gate: &'a Gate,
    count: u64,
    /// What the call has taken of the gate's rule; see [`Gate::free`].
    place: u64,
    is_settled: Cell<bool>,
}

impl Held<'_> {
    fn give_back(&self) {
        if self.count > 0 {
            self.gate.told.fetch_sub(self.count, Ordering::Relaxed);
        }
    }
}

/// The call was left before there was a record.
impl Drop for Held<'_> {
    fn drop(&mut self) {
        if !self.is_settled.get() {
            self.give_back();
            self.gate.free(self.place);
        }
    }
}

impl sealed::Sealed for Held<'_> {}
impl Encode for Held<'_> {
    type Kinds = One<{ Kind::UInt as u8 }>;

    fn size(&self, limit: usize) -> usize {
        match self.count {
            0 => Absent.size(limit),
            held => held.size(limit),
        }
    }

    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self.count {
            0 => Absent.encode(limit, out),
            held => held.encode(limit, out),
        }
    }

    fn settle(&self, is_written: bool) {
        self.is_settled.set(true);
        if is_written {
            return;
        }
        self.give_back();
        // The others keep their place, so that a storm does not wait for room at each of its calls.
        if matches!(self.gate.rule, Rule::Once) {
            self.gate.free(self.place);
        }
    }
}

#[cfg(test)]
mod tests;
