//! `#[timed]`: outcomes, levels, fields and options, seen from outside.

mod errors;
mod fields;
mod lent;
mod options;
mod outcomes;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use crate::ledger::text;
use storyline::RecordBuf;
use storyline::testing::Captured;

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

pub(crate) fn only(captured: &Captured) -> &RecordBuf {
    match &**captured {
        [record] => record,
        other => panic!("not one record: {other:?}"),
    }
}

pub(crate) fn outcome(captured: &Captured) -> &str {
    text(only(captured), "outcome")
}

pub(crate) fn swallow_panic(run: impl FnOnce()) {
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
