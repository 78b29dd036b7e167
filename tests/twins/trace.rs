//! What happened, in order, and what a scenario needs to tell it.

use std::cell::RefCell;
use std::fmt::Debug;
use std::future::Future;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Pairs of what was done and what came of it.
#[derive(Debug, Default)]
pub(crate) struct Trace(pub(crate) Vec<(String, String)>);

impl Trace {
    pub(crate) fn watching() -> Self {
        std::panic::set_hook(Box::new(|panic| {
            note(
                panic
                    .location()
                    .map_or_else(String::new, |at| format!("{}:{}", at.line(), at.column())),
            );
        }));
        Self::default()
    }

    pub(crate) fn add(&mut self, what: &str, came: impl Debug) {
        self.0.push((what.to_owned(), format!("{came:?}")));
    }

    /// Runs what may panic; where it did is among the notes.
    pub(crate) fn caught<R: Debug>(&mut self, what: &str, run: impl FnOnce() -> R) {
        let came = catch_unwind(AssertUnwindSafe(run));
        let came = came.map_err(|payload| {
            let text = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
            text.or_else(|| payload.downcast_ref::<String>().cloned())
        });
        self.add(what, (came, take_notes()));
    }
}

thread_local! {
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes something on this thread: a destructor, or the panic hook.
pub(crate) fn note(text: impl Into<String>) {
    NOTES.with(|notes| notes.borrow_mut().push(text.into()));
}

/// What was noted since the last time.
pub(crate) fn take_notes() -> Vec<String> {
    NOTES.with(|notes| notes.borrow_mut().split_off(0))
}

/// Notes its name when it is dropped.
#[derive(Debug)]
pub(crate) struct Named(pub(crate) &'static str);

impl Drop for Named {
    fn drop(&mut self) {
        note(self.0);
    }
}

impl Named {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn itself(&self) -> &Self {
        self
    }
}

pub(crate) fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until it is ready.
pub(crate) fn drive<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        if let Poll::Ready(value) = poll_once(future.as_mut()) {
            return value;
        }
    }
}

/// Waits once.
pub(crate) fn yield_once() -> impl Future<Output = ()> + Send + Unpin {
    let mut waited = false;
    std::future::poll_fn(move |_| {
        if std::mem::replace(&mut waited, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
}
