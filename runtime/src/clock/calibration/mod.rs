//! What ticks mean: measured against the other clocks, again and again, and kept.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::reading::{Reading, first};
use crate::record::Timestamp;
use crate::sync::{Mutex, MutexGuard, shared_static};
use crate::wake;

/// The shortest span that a rate is measured over: reading both clocks is uncertain by some 50 ns.
const SHORTEST_BASE: Duration = Duration::from_micros(500);

/// A rate that was measured over so much is not wrong by as much as a [`JUMP`].
const TRUSTED_BASE: Duration = Duration::from_secs(1);

/// By which part two clocks must differ since the last calibration for one of them to have been stopped
/// or set. The system slews its clock by no more than half of this.
const JUMP: f64 = 0.001;

/// How far apart a reading's clocks may be when the thread was interrupted between them each time.
const READING_ERROR: Duration = Duration::from_micros(100);

/// What ticks mean, as last measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calibration {
    reading: Reading,
    nanos_per_tick: f64,
}

/// A calibration with what its rate was measured from.
#[derive(Clone, Copy, Debug)]
struct Measured {
    base: Reading,
    latest: Calibration,
}

impl Measured {
    fn first() -> Self {
        let base = first();
        // Once in a process's life: without a base there is no rate.
        while base.monotonic.elapsed() < SHORTEST_BASE {
            core::hint::spin_loop();
        }
        let reading = Reading::take();
        let latest = Calibration {
            reading,
            nanos_per_tick: rate(base, reading).unwrap_or(1.0),
        };
        Self { base, latest }
    }

    /// What another reading makes of it.
    fn next(self, reading: Reading) -> Self {
        let Calibration {
            reading: before,
            nanos_per_tick: known,
        } = self.latest;
        let base = if self.has_jumped(reading) {
            reading
        } else {
            self.base
        };
        // Behind a jump the rate that was known holds until there is a new one.
        let nanos_per_tick = rate(base, reading).unwrap_or(known);
        debug_assert!(
            reading.monotonic >= before.monotonic,
            "readings out of order"
        );
        Self {
            base,
            latest: Calibration {
                reading,
                nanos_per_tick,
            },
        }
    }

    /// Whether one of the clocks stood still or was set since the reading before.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a comparison to a tenth of a percent"
    )]
    fn has_jumped(&self, reading: Reading) -> bool {
        let before = self.latest.reading;
        let Some(ticks) = reading.ticks.checked_sub(before.ticks) else {
            return true;
        };
        if before.monotonic.duration_since(self.base.monotonic) < TRUSTED_BASE {
            return false;
        }
        let passed = reading.monotonic.duration_since(before.monotonic);
        let counted = ticks as f64 * self.latest.nanos_per_tick;
        let apart = (counted - passed.as_nanos() as f64).abs();
        apart > passed.as_nanos() as f64 * JUMP + READING_ERROR.as_nanos() as f64
    }
}

/// Nanoseconds in a tick between two readings; none when they are too close together, or make no sense.
#[expect(
    clippy::cast_precision_loss,
    reason = "a rate needs no more than 53 bits"
)]
fn rate(from: Reading, to: Reading) -> Option<f64> {
    let elapsed = to.monotonic.duration_since(from.monotonic);
    let ticks = to.ticks.checked_sub(from.ticks)?;
    (elapsed >= SHORTEST_BASE && ticks > 0).then(|| elapsed.as_nanos() as f64 / ticks as f64)
}

impl Calibration {
    /// When ticks were read.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "the distance from the last calibration is seconds, exact to the nanosecond"
    )]
    pub(crate) fn timestamp(&self, ticks: u64) -> Timestamp {
        let distance = ticks.wrapping_sub(self.reading.ticks).cast_signed();
        Timestamp(
            self.reading
                .wall
                .saturating_add((distance as f64 * self.nanos_per_tick) as i64),
        )
    }

    /// The length of a tick in milliseconds.
    pub(crate) fn millis_per_tick(&self) -> f64 {
        self.nanos_per_tick / 1e6
    }

    /// How many nanoseconds so many ticks are.
    pub(crate) fn nanos(&self, ticks: u64) -> u64 {
        // Parts of 2^32: exact to the nanosecond over hours, and of integers.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a tick is more than nothing and less than a second"
        )]
        let rate = (self.nanos_per_tick * 4_294_967_296.0) as u64;
        u64::try_from((u128::from(ticks) * u128::from(rate)) >> 32).unwrap_or(u64::MAX)
    }

    /// What is needed to make the same timestamps elsewhere: a reading of the counter, the wall clock at
    /// that moment in nanoseconds since 1970, and the rate.
    pub(crate) fn parts(&self) -> (u64, i64, f64) {
        (self.reading.ticks, self.reading.wall, self.nanos_per_tick)
    }

    /// The counterpart of [`parts`](Self::parts); none for a rate that cannot be.
    pub(crate) fn from_parts(ticks: u64, wall: i64, nanos_per_tick: f64) -> Option<Self> {
        let reading = Reading {
            ticks,
            monotonic: Instant::now(),
            wall,
        };
        (nanos_per_tick.is_finite() && nanos_per_tick > 0.0).then_some(Self {
            reading,
            nanos_per_tick,
        })
    }

    /// How long ago this was measured.
    pub(crate) fn age(&self) -> Duration {
        self.reading.monotonic.elapsed()
    }
}

shared_static! {
    // Held over a reading, so that readings follow each other.
    static LATEST: Mutex<Option<Measured>> = Mutex::new(None);
}

/// Keeps everybody from the calibration for the time of a fork; none when that took too long.
pub(crate) fn hold(until: Instant) -> Option<Held> {
    wake::try_lock_until(&LATEST, until).map(Held)
}

/// See [`hold`]. A child goes on with what its parent knew.
#[derive(Debug)]
pub(crate) struct Held(
    #[expect(dead_code, reason = "what it does, it does by being dropped")]
    MutexGuard<'static, Option<Measured>>,
);

/// The latest calibration; measures the first one.
pub(crate) fn calibration() -> Calibration {
    calibration_within(Duration::MAX)
}

/// The latest calibration, or a new one when it is older than this. Who needs it for wall time where
/// no background thread measures asks here.
pub(crate) fn calibration_within(oldest: Duration) -> Calibration {
    let mut latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    let measured = match *latest {
        None => Measured::first(),
        Some(known) if known.latest.age() > oldest => known.next(Reading::take()),
        Some(known) => known,
    };
    *latest = Some(measured);
    measured.latest
}

/// Measures again. For the background thread, about once a second.
pub(crate) fn recalibrate() -> Calibration {
    calibration_within(Duration::ZERO)
}

#[cfg(test)]
mod tests;
