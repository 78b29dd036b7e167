//! One time source. A call reads ticks, nothing more; what they mean is worked out behind the ring.
//!
//! Ticks are the time-stamp counter where the processor promises a constant rate, else nanoseconds of
//! the monotonic clock. The rate is measured against the monotonic clock from the first reading on, so
//! it gets better with every second; the wall clock is read anew at each calibration, so timestamps
//! follow it and durations do not.

use core::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::record::Timestamp;
use crate::sys;

const UNKNOWN: u8 = 0;
const COUNTER: u8 = 1;
const MONOTONIC: u8 = 2;

// ORDERING: Relaxed: written once with the same answer whoever asks first.
static SOURCE: AtomicU8 = AtomicU8::new(UNKNOWN);

/// The shortest span that a rate is measured over: reading both clocks is uncertain by some 50 ns.
const SHORTEST_BASE: Duration = Duration::from_micros(500);

/// The clock's reading in ticks.
#[inline(always)]
pub fn now() -> u64 {
    if SOURCE.load(Ordering::Relaxed) == COUNTER {
        sys::tsc::read()
    } else {
        other()
    }
}

#[cold]
#[inline(never)]
fn other() -> u64 {
    match SOURCE.load(Ordering::Relaxed) {
        UNKNOWN => {
            first();
            now()
        }
        _ => monotonic(),
    }
}

fn choose() -> u8 {
    if sys::tsc::is_invariant() && kernel_trusts_counter() {
        COUNTER
    } else {
        MONOTONIC
    }
}

/// Linux measures the counters of all cores against each other at boot and names another source when
/// it found them wanting. A virtual machine's own clock is computed from the counter.
fn kernel_trusts_counter() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    std::fs::read_to_string("/sys/devices/system/clocksource/clocksource0/current_clocksource")
        .is_ok_and(|name| {
            matches!(
                name.trim(),
                "tsc" | "kvm-clock" | "hyperv_clocksource_tsc_page"
            )
        })
}

fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

fn monotonic() -> u64 {
    u64::try_from(origin().elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// All clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Reading {
    ticks: u64,
    monotonic: Instant,
    wall: i64,
}

impl Reading {
    /// Of a few tries the one that took least, so that an interruption between the clocks does not
    /// count.
    fn take() -> Self {
        let mut best: Option<(u64, Self)> = None;
        for _ in 0..5 {
            let before = now();
            let monotonic = Instant::now();
            let wall = SystemTime::now();
            let after = now();
            let width = after.saturating_sub(before);
            if best.is_none_or(|(narrowest, _)| width < narrowest) {
                best = Some((
                    width,
                    Self {
                        ticks: before + width / 2,
                        monotonic,
                        wall: nanos(wall),
                    },
                ));
            }
        }
        match best {
            Some((_, reading)) => reading,
            None => Self {
                ticks: now(),
                monotonic: Instant::now(),
                wall: nanos(SystemTime::now()),
            },
        }
    }
}

fn nanos(wall: SystemTime) -> i64 {
    match wall.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |it| -it),
    }
}

fn first() -> Reading {
    static FIRST: OnceLock<Reading> = OnceLock::new();

    // Chosen before the reading, which would otherwise come back here and wait for itself.
    settle();
    *FIRST.get_or_init(Reading::take)
}

fn settle() {
    if SOURCE.load(Ordering::Relaxed) == UNKNOWN {
        SOURCE.store(choose(), Ordering::Relaxed);
    }
}

/// What ticks mean, as last measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calibration {
    reading: Reading,
    nanos_per_tick: f64,
}

impl Calibration {
    fn measure() -> Self {
        let start = first();
        // Once in a process's life: without a base there is no rate.
        while start.monotonic.elapsed() < SHORTEST_BASE {
            core::hint::spin_loop();
        }
        let reading = Reading::take();
        let elapsed = reading.monotonic.duration_since(start.monotonic).as_nanos();
        let ticks = reading.ticks.saturating_sub(start.ticks).max(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a rate needs no more than 53 bits"
        )]
        let nanos_per_tick = elapsed as f64 / ticks as f64;
        Self {
            reading,
            nanos_per_tick,
        }
    }

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

    /// How long ago this was measured.
    pub(crate) fn age(&self) -> Duration {
        self.reading.monotonic.elapsed()
    }
}

static LATEST: Mutex<Option<Calibration>> = Mutex::new(None);

/// The latest calibration; measures the first one.
pub(crate) fn calibration() -> Calibration {
    let latest = *LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    latest.unwrap_or_else(recalibrate)
}

/// Measures again. For the background thread, about once a second.
pub(crate) fn recalibrate() -> Calibration {
    let measured = Calibration::measure();
    *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = Some(measured);
    measured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_turn_into_wall_time_and_durations() {
        let ticks = now();
        let wall = nanos(SystemTime::now());
        let calibration = recalibrate();
        let apart = (calibration.timestamp(ticks).as_nanos() - wall).abs();
        assert!(apart < 100_000_000, "{apart} ns apart");

        let start = now();
        let started = Instant::now();
        std::thread::sleep(Duration::from_millis(20));
        let ticks = now() - start;
        let slept = started.elapsed().as_secs_f64() * 1e3;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
        let measured = ticks as f64 * recalibrate().millis_per_tick();
        assert!(
            (measured - slept).abs() < slept * 0.05,
            "{measured} ms for {slept} ms"
        );
    }

    #[test]
    fn time_before_a_calibration_is_earlier() {
        let before = now();
        let calibration = recalibrate();
        assert!(calibration.timestamp(before) < calibration.timestamp(now()));
    }

    /// Other tests of this process have read the clock, so this one runs itself again alone.
    #[test]
    fn a_calibration_may_come_before_the_first_reading() {
        const ALONE: &str = "STORYLINE_TEST_ALONE";
        if std::env::var_os(ALONE).is_some() {
            assert!(calibration().millis_per_tick() > 0.0);
            return;
        }
        let program = std::env::current_exe().expect("this program");
        let mut child = std::process::Command::new(program)
            .args([
                "clock::tests::a_calibration_may_come_before_the_first_reading",
                "--exact",
            ])
            .env(ALONE, "1")
            .spawn()
            .expect("this program runs");
        for _ in 0..600 {
            if let Some(status) = child.try_wait().expect("a child") {
                return assert!(status.success());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        child.kill().expect("a child that hangs");
        panic!("the first calibration waits for itself");
    }
}
