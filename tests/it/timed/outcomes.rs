//! How a call or a future ends, and how the type of what it gives decides that.

use storyline::testing::capture;
use storyline::{Level, ValueBuf, timed};

use super::{Declined, now, only, outcome, poll_once, swallow_panic, yield_once};
use crate::ledger::text;

#[timed(fields(amount))]
fn charge(amount: u64) -> Result<u64, Declined> {
    if amount == 0 {
        return Err(Declined::because(
            "charge failed",
            Declined::because("charge failed", Declined::new("no funds")),
        ));
    }
    assert!(amount < 100, "too much");
    Ok(amount)
}

#[test]
fn a_success() {
    let logged = capture(|| {
        assert!(charge(5).is_ok());
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_complete");
    assert_eq!(record.level, Level::Info);
    let keys: Vec<&str> = record.fields.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["name", "duration_ms", "outcome", "amount"]);
    assert_eq!(text(record, "name"), "charge");
    assert_eq!(text(record, "outcome"), "ok");
    assert_eq!(record.field("amount"), Some(&ValueBuf::UInt(5)));
    assert!(matches!(record.field("duration_ms"), Some(ValueBuf::Millis(ms)) if *ms >= 0.0));
}

#[test]
fn an_error_with_its_causes_and_none_twice() {
    let logged = capture(|| {
        assert!(charge(0).is_err());
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_failed");
    assert_eq!(record.level, Level::Error);
    assert_eq!(text(record, "outcome"), "err");
    assert_eq!(text(record, "error"), "charge failed: no funds");
    assert_eq!(record.field("amount"), Some(&ValueBuf::UInt(0)));
}

#[test]
fn a_panic_with_its_duration_and_fields() {
    let logged = capture(|| swallow_panic(|| drop(charge(500))));
    let record = only(&logged);
    assert_eq!(record.event, "function_failed");
    assert_eq!(record.level, Level::Error);
    assert_eq!(text(record, "outcome"), "panic");
    assert_eq!(record.field("amount"), Some(&ValueBuf::UInt(500)));
    assert!(record.field("error").is_none());
    assert!(record.field("duration_ms").is_some());
}

#[timed]
async fn fetch(wait: bool) -> Result<u8, Declined> {
    if wait {
        yield_once().await;
    }
    Ok(1)
}

#[test]
fn a_future_counts_its_polls_and_stops_at_ready() {
    let logged = capture(|| {
        let mut future = Box::pin(fetch(true));
        assert!(poll_once(future.as_mut()).is_pending());
        assert!(poll_once(future.as_mut()).is_ready());
        // What is dropped late was ready before.
        drop(future);
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_complete");
    assert_eq!(text(record, "outcome"), "ok");
    assert_eq!(record.field("polls"), Some(&ValueBuf::UInt(2)));
    let (Some(ValueBuf::Millis(busy)), Some(ValueBuf::Millis(whole))) =
        (record.field("busy_ms"), record.field("duration_ms"))
    else {
        panic!("{record:?}")
    };
    assert!(busy <= whole, "{busy} {whole}");
}

#[test]
fn a_future_that_is_dropped_is_cancelled() {
    let logged = capture(|| {
        let mut future = Box::pin(fetch(true));
        assert!(poll_once(future.as_mut()).is_pending());
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_cancelled");
    assert_eq!(record.level, Level::Warning);
    assert_eq!(text(record, "outcome"), "cancelled");
    assert_eq!(record.field("polls"), Some(&ValueBuf::UInt(1)));
}

#[test]
fn a_future_that_was_never_polled_did_nothing() {
    let logged = capture(|| drop(fetch(true)));
    assert!(logged.is_empty(), "{logged:?}");
}

#[timed]
async fn breaks() {
    yield_once().await;
    panic!("broken");
}

#[test]
fn a_future_that_panics_is_recorded_when_it_does() {
    let logged = capture(|| {
        let mut future = Box::pin(breaks());
        assert!(poll_once(future.as_mut()).is_pending());
        swallow_panic(|| assert!(poll_once(future.as_mut()).is_pending()));
        // It is still there, and its record as well.
        drop(future);
    });
    let record = only(&logged);
    assert_eq!(record.event, "function_failed");
    assert_eq!(text(record, "outcome"), "panic");
    assert_eq!(record.field("polls"), Some(&ValueBuf::UInt(2)));
}

struct Broken(u8);

impl Drop for Broken {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "broken");
    }
}

#[timed]
#[expect(unused_variables, reason = "it is there to be dropped")]
async fn never_names_it(broken: Broken) {}

#[timed(fields(size = broken.0))]
async fn names_it_in_a_field(broken: Broken) {}

#[test]
fn what_a_future_never_names_is_dropped_before_its_record() {
    let logged = capture(|| {
        swallow_panic(|| now(never_names_it(Broken(1))));
        swallow_panic(|| now(names_it_in_a_field(Broken(2))));
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["panic", "panic"]);
}

#[test]
fn a_future_dropped_while_the_thread_unwinds_is_cancelled_not_panicked() {
    let logged = capture(|| {
        swallow_panic(|| {
            let mut future = Box::pin(fetch(true));
            assert!(poll_once(future.as_mut()).is_pending());
            panic!("elsewhere");
        });
    });
    assert_eq!(outcome(&logged), "cancelled");
}

type Outcome<T> = std::result::Result<T, Declined>;

trait Service {
    type Answer;
    fn call(&self) -> Self::Answer;
    #[timed]
    fn provided(&self) -> Self::Answer {
        self.call()
    }
}

struct Failing;

impl Service for Failing {
    type Answer = Outcome<()>;
    #[timed]
    fn call(&self) -> Self::Answer {
        Err(Declined::new("no"))
    }
}

#[timed]
fn alias() -> Outcome<()> {
    Err(Declined::new("no"))
}

#[timed]
fn parameter<T>(value: T) -> T {
    value
}

#[timed]
fn projection<S: Service>(service: &S) -> S::Answer {
    service.call()
}

struct Holder<T>(T);

impl<T> Holder<T> {
    #[timed]
    fn take(self) -> T {
        self.0
    }
}

#[test]
fn the_outcome_follows_the_type_and_is_never_falsely_ok() {
    let logged = capture(|| {
        let _ = alias();
        let _ = Failing.call();
        let _ = parameter(Err::<(), u8>(1));
        let _ = parameter(1);
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["err", "err", "returned", "returned"]);

    let logged = capture(|| drop(projection(&Failing)));
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["err", "returned"]);
    let logged = capture(|| drop(Failing.provided()));
    assert_eq!(text(&logged[1], "outcome"), "returned");
    let logged = capture(|| {
        let _ = Holder(Err::<(), u8>(1)).take();
        let _ = Holder(5).take();
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["returned", "ok"]);
}
