use std::time::SystemTime;

use super::*;
use crate::clock::now;
use crate::clock::reading::nanos;

/// Readings at 3 GHz, in milliseconds since some start.
fn reading(start: Instant, ticks_at: u64, monotonic: u64, wall: i64) -> Reading {
    Reading {
        ticks: ticks_at * 3_000_000,
        monotonic: start + Duration::from_millis(monotonic),
        wall: wall * 1_000_000,
    }
}

fn measured(start: Instant, milliseconds: u64) -> Measured {
    let base = reading(start, 100, 0, 0);
    let latest = reading(start, 100 + milliseconds, milliseconds, 0);
    Measured {
        base,
        latest: Calibration {
            reading: latest,
            nanos_per_tick: rate(base, latest).expect("a base"),
        },
    }
}

fn nanos_per_tick(of: Measured) -> f64 {
    of.latest.nanos_per_tick
}

fn assert_3_ghz(of: Measured) {
    let rate = nanos_per_tick(of);
    assert!((rate * 3.0 - 1.0).abs() < 1e-9, "{rate} ns");
}

#[test]
fn without_a_jump_the_base_stays_and_grows() {
    let start = Instant::now();
    let next = measured(start, 5_000).next(reading(start, 6_100, 6_000, 0));
    assert_eq!(next.base.monotonic, start);
    assert_3_ghz(next);
}

#[test]
fn a_counter_that_ran_on_while_the_machine_slept_starts_a_new_base() {
    let start = Instant::now();
    // An hour asleep: the counter and the wall clock have it, the monotonic clock has not.
    let woken = reading(start, 6_100 + 3_600_000, 6_000, 3_606_000);
    let next = measured(start, 5_000).next(woken);
    assert_eq!(next.base.monotonic, woken.monotonic);
    assert_3_ghz(next);
    let at = next.latest.timestamp(woken.ticks + 3_000_000);
    assert_eq!(at.as_nanos(), 3_606_001_000_000);
    // A second later the new base has a rate of its own.
    assert_3_ghz(next.next(reading(start, 7_100 + 3_600_000, 7_000, 0)));
}

#[test]
fn a_counter_that_was_set_back_starts_a_new_base() {
    let start = Instant::now();
    for known in [measured(start, 5_000), measured(start, 50)] {
        let woken = reading(start, 10, 6_000, 0);
        let next = known.next(woken);
        assert_eq!(next.base.ticks, woken.ticks);
        assert_3_ghz(next);
        assert_3_ghz(next.next(reading(start, 1_010, 7_000, 0)));
    }
}

#[test]
fn a_counter_with_another_rate_is_believed_soon() {
    let start = Instant::now();
    // Moved to another machine, where it counts twice as fast.
    let moved = measured(start, 5_000).next(reading(start, 5_100 + 2_000, 6_000, 0));
    let later = moved.next(reading(start, 5_100 + 4_000, 7_000, 0));
    let rate = nanos_per_tick(later);
    assert!((rate * 6.0 - 1.0).abs() < 1e-9, "{rate} ns");
}

#[test]
fn an_early_base_is_only_improved() {
    let start = Instant::now();
    // Two percent off over 50 ms, as when a thread was interrupted while it read.
    let early = measured(start, 50).next(reading(start, 100 + 1_020, 1_000, 0));
    assert_eq!(early.base.monotonic, start);
}

#[test]
fn two_calibrations_in_a_row_keep_the_rate() {
    let start = Instant::now();
    let woken = reading(start, 10, 6_000, 0);
    let next = measured(start, 5_000).next(woken).next(woken);
    assert_3_ghz(next);
}

/// What two readings of the clocks of this machine may be off by while others want its cores, too.
const SLACK: i64 = 5_000_000;

#[test]
fn ticks_turn_into_wall_time() {
    recalibrate();
    let before = nanos(SystemTime::now());
    let ticks = now();
    let after = nanos(SystemTime::now());
    let read = recalibrate().timestamp(ticks).as_nanos();
    assert!(
        (before - SLACK..=after + SLACK).contains(&read),
        "{read} is not between {before} and {after}"
    );
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "milliseconds")]
fn ticks_turn_into_durations() {
    let outside = Instant::now();
    let start = now();
    let inside = Instant::now();
    std::thread::sleep(Duration::from_millis(50));
    let shortest = inside.elapsed();
    let ticks = now() - start;
    let longest = outside.elapsed();
    let measured = ticks as f64 * recalibrate().millis_per_tick();
    let millis = |it: Duration| it.as_secs_f64() * 1e3;
    assert!(
        millis(shortest) * 0.9 < measured && measured < millis(longest) * 1.1,
        "{measured} ms is not between {shortest:?} and {longest:?}"
    );
}

#[test]
fn time_before_a_calibration_is_earlier() {
    let before = now();
    let calibration = recalibrate();
    assert!(calibration.timestamp(before) < calibration.timestamp(now()));
}

#[test]
fn an_old_calibration_is_measured_again_and_a_young_one_is_kept() {
    recalibrate();
    std::thread::sleep(Duration::from_millis(2));
    let asked = Instant::now();
    let fresh = calibration_within(Duration::from_millis(1));
    // Another test may have measured since, so it is only known to be young.
    assert!(fresh.reading.monotonic + Duration::from_millis(1) >= asked);
    let kept = calibration_within(Duration::from_secs(3600));
    assert!(kept.reading.monotonic >= fresh.reading.monotonic);
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
            "clock::calibration::tests::a_calibration_may_come_before_the_first_reading",
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
