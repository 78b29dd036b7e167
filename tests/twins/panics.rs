//! Panics: their text and their place. Locations of callers.

use std::panic::Location;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

#[timed]
fn with_text(value: u8) -> u8 {
    panic!("a text and {value}")
}

#[timed]
fn in_an_expression(values: &[u8], at: usize) -> u8 {
    let doubled = values[at] * 2;
    doubled
}

#[timed]
fn at_the_end(value: Option<u8>) -> u8 {
    value.unwrap()
}

#[timed]
fn in_an_assertion(value: u8) -> Result<u8, String> {
    assert_eq!(value, 5, "must be five");
    Ok(value)
}

#[timed]
fn in_a_closure(value: u8) -> u8 {
    let check = |value: u8| {
        assert!(value > 5);
        value
    };
    check(value)
}

#[timed]
#[track_caller]
fn tracked(value: Option<u8>) -> u8 {
    value.expect("a value")
}

#[timed]
#[track_caller]
fn tracked_location() -> (u32, u32) {
    let location = Location::caller();
    (location.line(), location.column())
}

#[track_caller]
#[timed]
fn tracked_outside() -> &'static Location<'static> {
    Location::caller()
}

#[timed]
#[cfg_attr(all(), track_caller)]
fn tracked_if(value: Result<u8, String>) -> u8 {
    value.unwrap()
}

#[timed]
fn own_location() -> (u32, u32) {
    let location = Location::caller();
    (line!() - location.line(), column!())
}

#[timed]
fn calls_tracked() -> (u32, u32) {
    tracked_location()
}

struct Checked;

impl Checked {
    #[timed]
    #[track_caller]
    fn method(&self, fail: bool) -> u32 {
        assert!(!fail, "was told to");
        Location::caller().line()
    }
}

#[timed]
async fn waits(value: Option<u8>) -> u8 {
    yield_once().await;
    value.expect("a value after waiting")
}

#[timed]
async fn waits_for_ever(value: u8) -> ! {
    yield_once().await;
    panic!("{value} is the end")
}

#[timed]
fn boxed(value: u8) -> std::pin::Pin<Box<dyn std::future::Future<Output = u8>>> {
    assert_ne!(value, 1, "before the future");
    Box::pin(async move {
        yield_once().await;
        assert_ne!(value, 2, "in the future");
        value
    })
}

#[timed]
fn overflows(value: u8) -> u8 {
    value + std::hint::black_box(255)
}

#[timed]
fn with_payload(value: u8) -> u8 {
    std::panic::panic_any(value.to_string())
}

#[timed]
fn names() -> (&'static str, &'static str, u32, u32) {
    (module_path!(), file!(), line!(), column!())
}

pub(crate) fn run(t: &mut Trace) {
    t.caught("text", || with_text(1));
    t.caught("index", || in_an_expression(&[1], 3));
    t.caught("end", || at_the_end(None));
    t.caught("assertion", || in_an_assertion(1));
    t.caught("closure", || in_a_closure(1));
    t.caught("tracked", || tracked(None));
    t.caught("tracked", tracked_location);
    t.caught("tracked", || tracked_outside().line());
    t.caught("tracked", || tracked_if(Err("no".to_owned())));
    t.caught("own", own_location);
    t.caught("calls", calls_tracked);
    t.caught("method", || Checked.method(true));
    t.caught("method", || Checked.method(false));
    t.caught("waits", || drive(waits(None)));
    t.caught("for ever", || drive(waits_for_ever(1)));
    t.caught("boxed", || drive(boxed(1)));
    t.caught("boxed", || drive(boxed(2)));
    t.caught("overflow", || overflows(1));
    t.caught("payload", || with_payload(1));
    t.add("names", {
        let it = names();
        (it.2, it.3)
    });
}
