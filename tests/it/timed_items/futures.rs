//! Functions that return a future.

use std::future::Future;
use std::panic::catch_unwind;
use std::pin::Pin;

use storyline::testing::capture;
use storyline::timed;

use super::drive;
use crate::timed::{Declined, outcome, poll_once, yield_once};

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What was done before the future existed.
#[derive(Default)]
struct Steps(std::sync::Mutex<Vec<&'static str>>);

impl Steps {
    fn note(&self, step: &'static str) {
        self.0.lock().expect("steps").push(step);
    }

    fn taken(&self) -> Vec<&'static str> {
        self.0.lock().expect("steps").clone()
    }
}

#[timed]
fn returns_future(steps: &Steps, fail: bool) -> impl Future<Output = Result<u8, Declined>> + Send {
    steps.note("before");
    async move {
        yield_once().await;
        steps.note("inside");
        if fail {
            Err(Declined::new("no"))?;
        }
        Ok(1)
    }
}

#[timed]
fn returns_box<'a>(
    steps: &'a Steps,
    fail: bool,
) -> Pin<Box<dyn Future<Output = Result<u8, Declined>> + Send + 'a>> {
    steps.note("before");
    Box::pin(async move {
        yield_once().await;
        steps.note("inside");
        if fail {
            return Err(Declined::new("no"));
        }
        Ok(1)
    })
}

#[timed(future)]
fn returns_alias(steps: &Steps, fail: bool) -> Boxed<'_, Result<u8, Declined>> {
    steps.note("before");
    Box::pin(async move {
        yield_once().await;
        steps.note("inside");
        if fail {
            return Err(Declined::new("no"));
        }
        Ok(1)
    })
}

#[test]
fn returned_futures_are_timed_and_nothing_before_them_is_lost() {
    fn sent<F: Future + Send>(future: F) -> F {
        future
    }
    for (fail, expected) in [(false, "ok"), (true, "err")] {
        for kind in 0..3 {
            let steps = Steps::default();
            let logged = capture(|| match kind {
                0 => drive(sent(returns_future(&steps, fail))),
                1 => drive(sent(returns_box(&steps, fail))),
                _ => drive(sent(returns_alias(&steps, fail))),
            });
            assert_eq!(outcome(&logged), expected);
            assert_eq!(
                logged[0].field("polls"),
                Some(&storyline::ValueBuf::UInt(2))
            );
            assert_eq!(steps.taken(), ["before", "inside"]);
        }
    }
    let steps = Steps::default();
    let logged = capture(|| {
        let mut future = returns_box(&steps, false);
        assert!(poll_once(future.as_mut()).is_pending());
    });
    assert_eq!(outcome(&logged), "cancelled");
}

#[timed]
fn breaks_before_the_future(text: &str) -> impl Future<Output = ()> + use<> {
    assert!(!text.is_empty(), "empty");
    async {}
}

#[test]
fn a_panic_before_the_future_exists_is_recorded() {
    let logged = capture(|| {
        let _ = catch_unwind(|| drop(breaks_before_the_future("")));
    });
    assert_eq!(outcome(&logged), "panic");
}
