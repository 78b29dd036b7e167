//! `#[timed]`: outcomes, levels, fields and options, seen from outside.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use storyline::testing::{Captured, capture};
use storyline::{Level, RecordBuf, ValueBuf, timed};

#[derive(Debug)]
pub(crate) struct Declined {
    cause: Option<Box<Declined>>,
    text: &'static str,
}

impl Declined {
    pub(crate) fn new(text: &'static str) -> Self {
        Self { cause: None, text }
    }

    fn because(text: &'static str, cause: Self) -> Self {
        Self {
            cause: Some(Box::new(cause)),
            text,
        }
    }
}

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl Error for Declined {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|it| it as &dyn Error)
    }
}

pub(crate) fn text<'a>(record: &'a RecordBuf, key: &str) -> &'a str {
    match record.field(key) {
        Some(ValueBuf::Str(text)) => text,
        other => panic!("`{key}` is {other:?} in {record:?}"),
    }
}

pub(crate) fn only(captured: &Captured) -> &RecordBuf {
    match &**captured {
        [record] => record,
        other => panic!("not one record: {other:?}"),
    }
}

pub(crate) fn outcome(captured: &Captured) -> &str {
    text(only(captured), "outcome")
}

fn swallow_panic(run: impl FnOnce()) {
    let _ = catch_unwind(AssertUnwindSafe(run));
}

pub(crate) fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match poll_once(pin!(future)) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

/// Waits once.
pub(crate) fn yield_once() -> impl Future<Output = ()> {
    let mut waited = false;
    std::future::poll_fn(move |_| {
        if std::mem::replace(&mut waited, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
}

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

#[derive(Debug)]
#[allow(dead_code, reason = "it is there to be shown by Debug")]
struct Secretive {
    card: &'static str,
}

#[timed]
fn without_text() -> Result<(), Secretive> {
    Err(Secretive { card: "4111" })
}

#[timed(err(debug))]
fn with_debug() -> Result<(), Secretive> {
    Err(Secretive { card: "4111" })
}

#[timed(err(none))]
fn with_nothing() -> Result<(), Declined> {
    Err(Declined::new("private"))
}

#[timed(err(display))]
fn with_display() -> Result<(), Declined> {
    Err(Declined::because("shown", Declined::new("hidden")))
}

#[timed]
fn boxed(parse: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    Ok(parse.parse::<u8>()?)
}

#[timed]
fn boxed_plainly() -> Result<(), Box<dyn Error>> {
    Err(Box::new(Declined::because("outer", Declined::new("inner"))))
}

#[timed]
fn generic<E>(error: E) -> Result<(), E> {
    Err(error)
}

#[timed]
fn generic_with_text<E: fmt::Display>(error: E) -> Result<(), E> {
    Err(error)
}

#[test]
fn errors_show_what_their_type_allows() {
    let logged = capture(|| {
        let _ = without_text();
        let _ = with_debug();
        let _ = with_nothing();
        let _ = with_display();
        let _ = boxed("x");
        let _ = boxed_plainly();
        let _ = generic(Secretive { card: "4111" });
        let _ = generic(Declined::new("has a text, but the function does not know"));
        let _ = generic_with_text(7);
    });
    let errors: Vec<Option<&str>> = logged
        .iter()
        .map(|it| it.field("error").map(|_| text(it, "error")))
        .collect();
    assert_eq!(
        errors,
        [
            Some("it::timed::Secretive"),
            Some("Secretive { card: \"4111\" }"),
            None,
            Some("shown"),
            Some("invalid digit found in string"),
            Some("outer: inner"),
            Some("it::timed::Secretive"),
            Some("it::timed::Declined"),
            Some("7"),
        ]
    );
    assert!(logged.iter().all(|it| text(it, "outcome") == "err"));
}

struct Response(u16);

impl Response {
    fn is_fine(&self) -> bool {
        self.0 < 500
    }
}

#[timed(ok_if = Response::is_fine)]
fn responds(status: u16) -> Response {
    Response(status)
}

fn not_found_is_fine(result: &Result<(), Declined>) -> bool {
    !matches!(result, Err(error) if error.text != "not found")
}

#[timed(ok_if = not_found_is_fine)]
fn looks_up(text: &'static str) -> Result<(), Declined> {
    Err(Declined::new(text))
}

#[timed(ok_if = broken_rule)]
fn judged_by_a_broken_rule() -> Result<(), Declined> {
    Err(Declined::new("no"))
}

fn broken_rule(_: &Result<(), Declined>) -> bool {
    panic!("broken rule")
}

#[test]
fn ok_if_decides() {
    let logged = capture(|| {
        let _ = responds(200).0;
        let _ = responds(503).0;
        let _ = looks_up("not found");
        let _ = looks_up("no access");
        let _ = judged_by_a_broken_rule();
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "err", "ok", "err", "err"]);
    assert!(logged[1].field("error").is_none());
    assert_eq!(text(&logged[3], "error"), "no access");
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

#[timed(fields(text, long, order.id, count = text.len(), %n, ?n2))]
fn many_fields(text: String, long: &str, order: &Order, n: u8, n2: u8) -> usize {
    let moved = text;
    moved.len() + long.len() + order.id + usize::from(n) + usize::from(n2)
}

struct Order {
    id: usize,
}

#[test]
fn fields_are_those_of_the_entry_and_the_body_may_move_them() {
    let long = "x".repeat(70_000);
    let logged = capture(|| {
        many_fields("short".to_owned(), &long, &Order { id: 9 }, 1, 2);
    });
    let record = only(&logged);
    assert_eq!(text(record, "text"), "short");
    assert_eq!(record.field("order.id"), Some(&ValueBuf::UInt(9)));
    assert_eq!(record.field("count"), Some(&ValueBuf::UInt(5)));
    assert_eq!(text(record, "n"), "1");
    assert_eq!(text(record, "n2"), "2");
    assert!(
        matches!(
            record.field("long"),
            Some(ValueBuf::Cut {
                original_len: 70_000,
                ..
            })
        ),
        "{:?}",
        record.field("long")
    );
}

#[timed(fields(text))]
async fn async_fields(text: String) -> usize {
    yield_once().await;
    let moved = text;
    moved.len()
}

#[test]
fn fields_of_a_future_go_with_it() {
    for length in [3, 300] {
        let text_in = "y".repeat(length);
        let logged = capture(|| {
            let mut future = Box::pin(async_fields(text_in.clone()));
            assert!(poll_once(future.as_mut()).is_pending());
            assert!(poll_once(future.as_mut()).is_ready());
        });
        assert_eq!(text(only(&logged), "text"), text_in);
    }
}

#[timed(fields(depth, text))]
fn recursive(depth: u32, text: &str) -> u32 {
    if depth == 0 {
        0
    } else {
        recursive(depth - 1, &format!("{text}{depth}")) + 1
    }
}

#[test]
fn nested_calls_keep_their_own_fields() {
    let begin = "z".repeat(80);
    let logged = capture(|| {
        assert_eq!(recursive(20, &begin), 20);
    });
    assert_eq!(logged.len(), 21);
    for (depth, record) in (0_u64..).zip(logged.iter()) {
        assert_eq!(record.field("depth"), Some(&ValueBuf::UInt(depth)));
        let expected: String = (depth + 1..=20).rev().map(|it| it.to_string()).collect();
        assert_eq!(text(record, "text"), format!("{begin}{expected}"));
    }
}
