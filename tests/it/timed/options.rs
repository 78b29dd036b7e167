//! Levels, names, what is slow, what is left out, and a record of the beginning.

use std::time::Duration;

use storyline::testing::capture;
use storyline::{Level, ValueBuf, timed};

use super::{Declined, only, poll_once, swallow_panic, yield_once};
use crate::ledger::text;

#[timed(
    level = DEBUG,
    err_level = WARNING,
    panic_level = CRITICAL,
    name = "renamed",
    target = "payments",
    dependency = "stripe"
)]
fn configured(how: u8) -> Result<(), Declined> {
    match how {
        0 => Ok(()),
        1 => Err(Declined::new("no")),
        _ => panic!("broken"),
    }
}

#[test]
fn options_set_levels_and_names() {
    let logged = capture(|| {
        let _ = configured(0);
        let _ = configured(1);
        swallow_panic(|| drop(configured(2)));
    });
    let levels: Vec<Level> = logged.iter().map(|it| it.level).collect();
    assert_eq!(levels, [Level::Debug, Level::Warning, Level::Critical]);
    for record in &logged {
        assert_eq!(text(record, "name"), "renamed");
        assert_eq!(text(record, "dependency"), "stripe");
    }
}

#[timed(cancel_level = ERROR)]
async fn cancelled_loudly() {
    yield_once().await;
}

#[test]
fn a_cancellation_has_a_level_of_its_own() {
    let logged = capture(|| {
        let mut future = Box::pin(cancelled_loudly());
        assert!(poll_once(future.as_mut()).is_pending());
    });
    assert_eq!(only(&logged).level, Level::Error);
}

#[timed(slow = "1ns")]
fn always_slow() {
    std::thread::sleep(Duration::from_millis(1));
}

#[timed(slow = 10m, slow_level = CRITICAL)]
fn never_slow() {}

#[timed(only(slow), slow = "1ns", slow_level = CRITICAL, level = TRACE)]
fn slow_only(fail: bool) -> Result<(), Declined> {
    std::thread::sleep(Duration::from_millis(1));
    if fail {
        Err(Declined::new("no"))
    } else {
        Ok(())
    }
}

#[test]
fn a_slow_success_is_raised() {
    let logged = capture(always_slow);
    let record = only(&logged);
    assert_eq!(record.level, Level::Warning);
    assert_eq!(record.field("slow"), Some(&ValueBuf::Bool(true)));
    assert_eq!(text(record, "outcome"), "ok");

    let logged = capture(never_slow);
    assert_eq!(only(&logged).level, Level::Info);
    assert!(only(&logged).field("slow").is_none());

    let logged = capture(|| {
        let _ = slow_only(true);
        let _ = slow_only(false);
    });
    assert_eq!(only(&logged).level, Level::Critical);
}

#[timed(only(err, panic))]
fn failures(how: u8) -> Result<(), Declined> {
    configured_elsewhere(how)
}

fn configured_elsewhere(how: u8) -> Result<(), Declined> {
    match how {
        0 => Ok(()),
        1 => Err(Declined::new("no")),
        _ => panic!("broken"),
    }
}

#[test]
fn only_leaves_the_rest_out() {
    let logged = capture(|| {
        let _ = failures(0);
        let _ = failures(1);
        swallow_panic(|| drop(failures(2)));
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["err", "panic"]);
}

#[timed(start, fields(order = id))]
fn started(id: u8) -> u8 {
    id
}

#[test]
fn a_beginning_is_recorded_with_the_fields() {
    let logged = capture(|| {
        assert_eq!(started(3), 3);
    });
    assert_eq!(logged.events(), ["function_started", "function_complete"]);
    for record in &logged {
        assert_eq!(record.field("order"), Some(&ValueBuf::UInt(3)));
    }
    assert!(logged[0].field("outcome").is_none());
    assert!(logged[0].field("duration_ms").is_none());
}
