//! What is measured.

use std::fmt;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use storyline::{Fields, log_event, timed};

use crate::limit::{self, Limit};
use crate::measure::{Case, Inside};

/// The names that targets speak of.
pub(crate) const LIMIT: &str = "the limit: counter, 48 bytes published";
pub(crate) const READ_LIMIT: &str = "the limit, read by another thread";
pub(crate) const LONG_LIMIT: &str = "the same with 88 bytes";
pub(crate) const OFF_LIMIT: &str = "level off, the limit: load and branch";
pub(crate) const OFF: &str = "level off, log_event!";
pub(crate) const PAYMENT: &str = "payment_initiated";
pub(crate) const REQUEST: &str = "payment_initiated, request id";
pub(crate) const READINGS: &str = "two readings of the clock";
pub(crate) const TIMED: &str = "#[timed] sync, ok";

/// All of them, for a thread on this processor. The first three are the limits.
pub(crate) fn all(core: usize) -> Vec<Case> {
    let mut cases = vec![
        limit_case(LIMIT),
        read_limit_case::<6>(READ_LIMIT, core),
        read_limit_case::<11>(LONG_LIMIT, core),
        Case::new(OFF_LIMIT, limit::level_off).cheap(),
        Case::new(OFF, |n| {
            log_event!(DEBUG, "payment_initiated", user_id = n, amount = 500_u64);
        })
        .cheap(),
        Case::new("no fields", |_| log_event!(INFO, "payment_initiated")),
        payment(PAYMENT),
        payment(REQUEST).inside(Inside::Request),
        payment("payment_initiated, request id, 2 bound").inside(Inside::Bound),
        five_fields(),
        structure(),
        ten_fields(),
        long_text(),
        Case::new(
            "a %Display value",
            |n| log_event!(INFO, "payment_initiated", order = %Order(n)),
        ),
        Case::new(READINGS, limit::two_readings),
    ];
    cases.extend(timed_cases());
    cases
}

fn limit_case(name: &'static str) -> Case {
    let mut limit = Limit::<6>::new();
    Case::new(name, move |n| limit.publish(n))
}

fn read_limit_case<const RECORD: usize>(name: &'static str, core: usize) -> Case {
    let mut limit = Limit::<RECORD>::new();
    let reader = limit.reader(core);
    Case::new(name, move |n| limit.publish(n)).behind(reader)
}

fn payment(name: &'static str) -> Case {
    let provider = String::from("stripe");
    Case::new(name, move |n| {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = n,
            amount = 500_u64,
            provider = provider
        );
    })
}

fn five_fields() -> Case {
    let provider = String::from("stripe");
    Case::new("five fields", move |n| {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = n,
            amount = 500_u64,
            attempt = 2_u8,
            is_retry = true,
            provider = provider
        );
    })
}

/// The same five.
#[derive(Fields)]
struct Payment {
    user_id: u64,
    amount: u64,
    attempt: u8,
    is_retry: bool,
    provider: String,
}

fn structure() -> Case {
    let mut payment = Payment {
        user_id: 0,
        amount: 500,
        attempt: 2,
        is_retry: true,
        provider: String::from("stripe"),
    };
    Case::new("five fields of a structure", move |n| {
        payment.user_id = n;
        log_event!(INFO, "payment_initiated", ..payment);
    })
}

fn ten_fields() -> Case {
    let provider = String::from("stripe");
    let address = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    Case::new("ten mixed fields", move |n| {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = n,
            amount = -500_i64,
            attempt = 2_u8,
            rate = 0.173_f64,
            is_retry = true,
            grade = 'a',
            provider = provider,
            limit = Some(n),
            waited = Duration::from_millis(15),
            peer = address
        );
    })
}

fn long_text() -> Case {
    let text = "the gateway said: ".repeat(12)[..200].to_owned();
    Case::new("a string of 200 bytes", move |_| {
        log_event!(INFO, "payment_initiated", text = text);
    })
}

struct Order(u64);

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "order-{}", self.0)
    }
}

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("card declined")
    }
}

impl std::error::Error for Refused {}

fn timed_cases() -> Vec<Case> {
    vec![
        Case::new(TIMED, sync_ok),
        Case::new("#[timed] sync, err at INFO", |n| drop(sync_err(n))),
        Case::new("#[timed] sync, err at ERROR", |n| drop(sync_error(n))),
        Case::new("#[timed] sync, ok, level off", sync_off).cheap(),
        Case::new("#[timed] sync, err, level off", |n| drop(sync_err_off(n))).cheap(),
        Case::new("#[timed(percentiles)], ok", sync_counted),
        Case::new("#[timed(percentiles)], ok, level off", sync_only_counted),
        Case::new("#[timed] async, ok", |n| ready(async_ok(n))),
        Case::new("#[timed] async, err at INFO", |n| drop(ready(async_err(n)))),
        Case::new("#[timed] async, ok, level off", |n| ready(async_off(n))).cheap(),
        Case::new("#[timed] async, err, level off", |n| {
            drop(ready(async_err_off(n)));
        })
        .cheap(),
    ]
}

/// The output of a future that is ready at the first poll.
#[inline(always)]
fn ready<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("nothing in it waits"),
    }
}

#[timed]
fn sync_ok(n: u64) {
    black_box(n);
}

#[timed(err_level = INFO)]
fn sync_err(n: u64) -> Result<(), Refused> {
    black_box(n);
    Err(Refused)
}

#[timed]
fn sync_error(n: u64) -> Result<(), Refused> {
    black_box(n);
    Err(Refused)
}

#[timed(level = DEBUG, panic_level = DEBUG)]
fn sync_off(n: u64) {
    black_box(n);
}

#[timed(percentiles)]
fn sync_counted(n: u64) {
    black_box(n);
}

/// No record is written, and every call counts.
#[timed(percentiles, level = DEBUG)]
fn sync_only_counted(n: u64) {
    black_box(n);
}

#[timed(level = DEBUG, err_level = DEBUG, panic_level = DEBUG)]
fn sync_err_off(n: u64) -> Result<(), Refused> {
    black_box(n);
    Err(Refused)
}

#[timed]
async fn async_ok(n: u64) {
    black_box(n);
}

#[timed(err_level = INFO)]
async fn async_err(n: u64) -> Result<(), Refused> {
    black_box(n);
    Err(Refused)
}

#[timed(level = DEBUG, panic_level = DEBUG, cancel_level = DEBUG)]
async fn async_off(n: u64) {
    black_box(n);
}

#[timed(level = DEBUG, err_level = DEBUG, panic_level = DEBUG, cancel_level = DEBUG)]
async fn async_err_off(n: u64) -> Result<(), Refused> {
    black_box(n);
    Err(Refused)
}
