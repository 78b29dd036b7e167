//! `#[timed(percentiles)]`: which calls count, what a summary says, and what becomes of a call that nobody
//! writes down.

mod counted;
mod ends;
mod lost;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::Poll;

use crate::ledger::text;
use crate::timed::{Declined, poll_once};
use storyline::{Level, RecordBuf, ValueBuf, timed};

/// Its successes are below the level of set-up.
#[timed(percentiles, level = DEBUG, dependency = "stripe")]
fn charge(amount: u64) -> Result<u64, Declined> {
    match amount {
        0 => Err(Declined::new("nothing to pay")),
        u64::MAX => panic!("too much"),
        _ => Ok(amount + 1),
    }
}

#[timed(percentiles, level = DEBUG, fields(id))]
async fn fetch(id: u64) {
    if id == 0 {
        std::future::pending::<()>().await;
    }
}

/// Polls a future once and drops it where it still waits.
fn abandon(future: impl Future<Output = ()>) {
    let mut future = pin!(future);
    let future: Pin<&mut _> = future.as_mut();
    assert!(matches!(poll_once(future), Poll::Pending));
}

/// The summaries of a function, oldest first.
fn summaries<'a>(records: &'a [RecordBuf], name: &str) -> Vec<&'a RecordBuf> {
    let all = records.iter().filter(|it| it.event == "timing_summary");
    let own: Vec<_> = all.filter(|it| text(it, "name") == name).collect();
    for summary in &own {
        assert_eq!(summary.level, Level::Info);
        let at = summary.location.as_ref().expect("the function's own");
        assert!(at.module.contains("::percentiles"), "{at:?}");
        assert!(at.line > 0);
    }
    own
}

fn millis(record: &RecordBuf, key: &str) -> f64 {
    match record.field(key) {
        Some(&ValueBuf::Millis(millis) | &ValueBuf::Float(millis)) => millis,
        other => panic!("`{key}` is {other:?} in {record:?}"),
    }
}
