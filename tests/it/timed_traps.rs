//! How other tools' attributes changed the function they stood on. Ours must not.
#![expect(
    clippy::needless_pass_by_value,
    clippy::no_effect_underscore_binding,
    reason = "the functions are what users write, and what other attributes broke"
)]

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::rc::Rc;
use std::sync::Mutex;

use storyline::testing::capture;
use storyline::timed;

use crate::ledger::text;
use crate::timed::{now, only, outcome, poll_once, yield_once};

/// Notes its name when it is dropped.
struct Named(&'static str, Rc<RefCell<Vec<&'static str>>>);

impl Drop for Named {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

struct Receiver(Named);

impl Receiver {
    fn bare(self, a: Named, _b: Named, mut c: Named, _: Named) {
        let _local = Named("local", Rc::clone(&self.0.1));
        c.0 = "c changed";
        let _ = &a;
    }

    #[timed]
    fn timed(self, a: Named, _b: Named, mut c: Named, _: Named) {
        let _local = Named("local", Rc::clone(&self.0.1));
        c.0 = "c changed";
        let _ = &a;
    }
}

fn order_of(call: impl FnOnce(Receiver, [Named; 4])) -> Vec<&'static str> {
    let order = Rc::new(RefCell::new(Vec::new()));
    let named = |name| Named(name, Rc::clone(&order));
    call(
        Receiver(named("self")),
        [named("a"), named("b"), named("c"), named("wild")],
    );
    order.take()
}

#[test]
fn arguments_are_dropped_in_the_order_of_the_language() {
    let bare = order_of(|this, [a, b, c, wild]| this.bare(a, b, c, wild));
    let timed = order_of(|this, [a, b, c, wild]| this.timed(a, b, c, wild));
    // What no name binds is out of reach of any macro: it goes last.
    let without = |order: &[&'static str]| -> Vec<&'static str> {
        order.iter().copied().filter(|it| *it != "wild").collect()
    };
    assert_eq!(without(&timed), without(&bare));
    assert_eq!(without(&timed), ["local", "c changed", "b", "a", "self"]);
    assert_eq!(timed.len(), bare.len());
}

#[timed]
async fn holds(a: Named, _permit: Named) {
    yield_once().await;
    let _ = &a;
}

#[test]
fn a_future_holds_a_permit_nobody_mentions_until_it_is_done() {
    let order = Rc::new(RefCell::new(Vec::new()));
    let named = |name| Named(name, Rc::clone(&order));
    let mut future = Box::pin(holds(named("a"), named("permit")));
    assert!(poll_once(future.as_mut()).is_pending());
    assert!(order.borrow().is_empty());
    assert!(poll_once(future.as_mut()).is_ready());
    assert_eq!(*order.borrow(), ["permit", "a"]);
}

#[timed]
fn returned_guard<'a>(lock: &'a Mutex<u8>, _unused: &str) -> std::sync::MutexGuard<'a, u8> {
    lock.lock().expect("not poisoned")
}

#[test]
fn a_guard_that_is_returned_is_still_held() {
    let lock = Mutex::new(5);
    let guard = returned_guard(&lock, "");
    assert!(lock.try_lock().is_err());
    drop(guard);
    assert!(lock.try_lock().is_ok());
}

#[timed]
#[track_caller]
fn where_from(text: &str) -> (u32, Result<u8, std::num::ParseIntError>) {
    (Location::caller().line(), text.parse())
}

#[timed]
#[track_caller]
fn tracked(text: &str) -> Result<u8, std::num::ParseIntError> {
    let value = text.parse()?;
    assert_ne!(value, 13, "unlucky");
    Ok(value)
}

#[test]
fn track_caller_is_kept() {
    let logged = capture(|| {
        assert_eq!(where_from("1").0, line!());
        assert!(tracked("1").is_ok());
        assert!(tracked("x").is_err());
        let _ = catch_unwind(|| tracked("13"));
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["returned", "returned", "returned", "panic"]);
}

#[timed]
fn panics_here() -> u32 {
    panic!("{}", line!())
}

#[test]
fn a_panic_keeps_its_message() {
    let logged = capture(|| {
        let panic = catch_unwind(panics_here).expect_err("it panics");
        let line: u32 = panic
            .downcast_ref::<String>()
            .expect("a text")
            .parse()
            .expect("a line");
        assert!(line.abs_diff(line!()) < 20, "{line}");
    });
    assert_eq!(outcome(&logged), "panic");
}

#[timed]
fn falls_through(text: &str) -> Result<u8, std::num::ParseIntError> {
    let close = |text: &str| -> Result<u8, std::num::ParseIntError> {
        // A return inside is the closure's own.
        if text.is_empty() {
            return Ok(0);
        }
        text.parse()
    };
    Ok(close(text)? + 1)
}

#[test]
fn returns_inside_closures_stay_there() {
    let logged = capture(|| {
        assert_eq!(falls_through(""), Ok(1));
        assert!(falls_through("x").is_err());
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "err"]);
}

#[timed]
fn keeps_statements(counter: &Mutex<u32>) -> impl Future<Output = ()> {
    *counter.lock().expect("counter") += 1;
    let _more = counter;
    Box::pin(async move {})
}

#[test]
fn statements_in_front_of_a_future_are_not_deleted() {
    let counter = Mutex::new(0);
    now(keeps_statements(&counter));
    assert_eq!(*counter.lock().expect("counter"), 1);
}

#[timed]
fn short() {
    std::hint::black_box(());
}

#[test]
fn less_than_a_millisecond_is_not_zero() {
    let logged = capture(|| {
        for _ in 0..200 {
            short();
        }
    });
    // The clock of the record is finer than the call.
    assert!(logged.iter().any(
        |it| matches!(it.field("duration_ms"), Some(storyline::ValueBuf::Millis(ms)) if *ms > 0.0 && *ms < 1.0)
    ));
}

#[timed(fields(text))]
fn injected(text: &str) -> Result<(), String> {
    Err(format!("{text} | ERROR | outcome=ok"))
}

#[test]
fn values_stay_values() {
    let logged = capture(|| {
        let _ = injected("a\nb=c");
    });
    let record = only(&logged);
    assert_eq!(text(record, "text"), "a\nb=c");
    assert_eq!(text(record, "error"), "a\nb=c | ERROR | outcome=ok");
}

struct Noisy;

impl std::fmt::Debug for Noisy {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("a Debug that panics")
    }
}

#[timed(err(debug))]
fn noisy() -> Result<(), Noisy> {
    Err(Noisy)
}

#[test]
fn an_error_that_panics_when_shown_reaches_nobody() {
    let logged = capture(|| {
        let result = catch_unwind(AssertUnwindSafe(noisy));
        assert!(matches!(result, Ok(Err(Noisy))));
    });
    assert_eq!(
        text(only(&logged), "error"),
        "<panicked: a Debug that panics>"
    );
}

mod aliases {
    //! Everything the expansion could have meant is something else.
    #![allow(dead_code, reason = "they are there to be in the way")]

    pub(super) type Ok = u8;
    pub(super) struct Err;
    pub(super) trait Some {}
    pub(super) type Result = std::result::Result<u8, std::num::ParseIntError>;

    #[storyline::timed]
    pub(super) fn parse(text: &str) -> Result {
        text.parse()
    }
}

#[test]
fn aliases_in_scope_are_not_in_the_way() {
    let logged = capture(|| {
        assert!(aliases::parse("x").is_err());
    });
    assert_eq!(outcome(&logged), "err");
}
