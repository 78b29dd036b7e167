//! When values are dropped: arguments, locals, temporaries at the end of a body, captures.

use std::cell::RefCell;
use std::sync::Mutex;

use storyline::timed;

use crate::trace::{drive, note, poll_once, take_notes, yield_once, Named, Trace};

#[timed]
fn arguments(a: Named, b: Named, c: Named) {
    let _local = Named("local");
    let _second = Named("second");
}

#[timed]
fn used_partly(a: Named, _b: Named, mut c: Named) -> usize {
    c.0 = "c changed";
    a.len()
}

#[timed]
fn moved(a: Named, b: Named) -> Named {
    let b = b;
    note("body");
    drop(b);
    a
}

#[timed]
fn returned_early(a: Named, b: Named, early: bool) -> usize {
    let _first = Named("first");
    if early {
        let _inner = Named("inner");
        return a.len();
    }
    let _last = Named("last");
    b.len()
}

#[timed]
fn failed(a: Named, text: &str) -> Result<Named, std::num::ParseIntError> {
    let _first = Named("first");
    let value = text.parse::<u8>()?;
    let _last = Named("last");
    note(value.to_string());
    Ok(a)
}

#[timed]
fn unwound(a: Named, b: Named) {
    let _local = Named("local");
    let _ = (&a, &b);
    panic!("unwinds")
}

/// Before the edition 2024 what is made at the end of a body lives longer than its locals.
#[timed]
fn temporary_at_the_end(a: Named) -> usize {
    let _local = Named("local");
    Named("temporary").itself().len() + a.len()
}

#[timed]
fn temporary_in_a_match(a: Named) -> usize {
    let _local = Named("local");
    match Named("scrutinee").itself().len() {
        0 => 0,
        len => {
            note("arm");
            len + a.len()
        }
    }
}

#[timed]
fn temporary_in_if_let(cell: &RefCell<Option<u8>>) -> u8 {
    if let Some(value) = Named("condition")
        .itself()
        .0
        .chars()
        .next()
        .filter(|_| false)
    {
        note("then");
        value as u8
    } else {
        note("else");
        cell.borrow_mut().take().unwrap_or(0)
    }
}

#[timed]
fn lock_at_the_end(lock: &Mutex<u8>) -> u8 {
    *lock.lock().expect("not poisoned")
}

#[timed]
fn temporary_without_semicolon(values: &mut Vec<Named>) {
    let _local = Named("local");
    values.push(Named("pushed"))
}

#[timed]
fn discarded(a: Named) {
    let _local = Named("local");
    let _ = a;
    let _ = Named("discarded");
    note("end");
}

#[timed]
fn captured(a: Named, b: (Named, Named)) -> usize {
    let closure = move || a.len() + b.0.len();
    let len = closure();
    note("called");
    len
}

struct Owner(Named, Named);

impl Owner {
    #[timed]
    fn consumed(self, a: Named) -> usize {
        let _local = Named("local");
        self.0.len() + a.len()
    }

    #[timed]
    fn taken_apart(self, a: Named) -> Named {
        let _ = &a;
        let Self(first, second) = self;
        drop(second);
        first
    }

    #[timed]
    fn untouched(self, a: Named) {
        let _local = Named("local");
    }

    #[timed]
    async fn async_consumed(self, a: Named) -> usize {
        let _local = Named("local");
        yield_once().await;
        self.0.len() + a.len()
    }

    #[timed]
    async fn async_untouched(self, a: Named) {
        yield_once().await;
    }
}

#[timed]
async fn async_arguments(a: Named, b: Named, c: Named) -> usize {
    let _local = Named("local");
    yield_once().await;
    a.len() + b.len() + c.len()
}

#[timed]
async fn async_in_another_order(a: Named, b: Named, c: Named) -> usize {
    let _local = Named("local");
    yield_once().await;
    c.len() + a.len() + b.len()
}

#[timed]
async fn async_unused(a: Named, b: Named, c: Named) {
    let _local = Named("local");
    yield_once().await;
    let _ = &b;
}

#[timed]
async fn async_held(a: Named, _permit: Named, _second: Named) {
    yield_once().await;
    let _ = &a;
}

#[timed]
async fn async_moved(a: Named, b: Named) -> Named {
    drop(a);
    yield_once().await;
    b
}

#[timed]
async fn async_temporary(a: Named) -> usize {
    let _local = Named("local");
    yield_once().await;
    Named("temporary").itself().len() + a.len()
}

#[timed]
async fn async_failed(a: Named, text: &str) -> Result<Named, std::num::ParseIntError> {
    let _first = Named("first");
    yield_once().await;
    text.parse::<u8>()?;
    Ok(a)
}

#[timed]
async fn async_unwound(a: Named, b: Named) {
    let _local = Named("local");
    yield_once().await;
    let _ = (&a, &b);
    panic!("unwinds")
}

#[timed]
async fn async_patterns((a, b): (Named, Named), c: Named) {
    yield_once().await;
    let _ = (&a, &b, &c);
}

#[timed]
fn future_returned(a: Named, b: Named) -> impl std::future::Future<Output = usize> {
    let _local = Named("local");
    async move {
        yield_once().await;
        a.len()
    }
}

#[timed]
fn wild(a: Named, _: Named, (b, _): (Named, Named), c: Named) {
    note("body");
}

#[timed]
async fn async_wild(a: Named, _: Named, c: Named) {
    note("body");
    let _ = (&a, &c);
}

pub(crate) fn run(t: &mut Trace) {
    let n = Named;
    let owner = || Owner(Named("self.0"), Named("self.1"));
    t.caught("arguments", || arguments(n("a"), n("b"), n("c")));
    t.caught("partly", || used_partly(n("a"), n("b"), n("c")));
    t.caught("moved", || moved(n("a"), n("b")));
    t.caught("early", || returned_early(n("a"), n("b"), true));
    t.caught("not early", || returned_early(n("a"), n("b"), false));
    t.caught("failed", || failed(n("a"), "x").is_err());
    t.caught("not failed", || failed(n("a"), "1").is_err());
    t.caught("unwound", || unwound(n("a"), n("b")));
    t.caught("temporary", || temporary_at_the_end(n("a")));
    t.caught("match", || temporary_in_a_match(n("a")));
    t.caught("if let", || temporary_in_if_let(&RefCell::new(Some(1))));
    t.caught("lock", || lock_at_the_end(&Mutex::new(1)));
    t.caught("no semicolon", || {
        temporary_without_semicolon(&mut Vec::new())
    });
    t.caught("discarded", || discarded(n("a")));
    t.caught("captured", || captured(n("a"), (n("b.0"), n("b.1"))));
    t.caught("consumed", || owner().consumed(n("a")));
    t.caught("apart", || owner().taken_apart(n("a")).len());
    t.caught("untouched", || owner().untouched(n("a")));
    t.caught("async temporary", || drive(async_temporary(n("a"))));
    t.caught("async failed", || drive(async_failed(n("a"), "x")).is_err());
    t.caught("async moved", || drive(async_moved(n("a"), n("b"))).len());
    t.caught("future", || drive(future_returned(n("a"), n("b"))));
    t.caught("async untouched", || drive(owner().async_untouched(n("a"))));
    t.caught("async held", || drive(async_held(n("a"), n("b"), n("c"))));
    t.caught("async never polled", || {
        drop(async_arguments(n("a"), n("b"), n("c")))
    });
    t.add("nothing left", take_notes());
}

pub(crate) fn run_what_differs(t: &mut Trace) {
    let n = Named;
    let owner = || Owner(Named("self.0"), Named("self.1"));
    t.caught("async consumed", || drive(owner().async_consumed(n("a"))));
    t.caught("async unwound", || drive(async_unwound(n("a"), n("b"))));
    t.caught("async arguments", || {
        drive(async_arguments(n("a"), n("b"), n("c")))
    });
    t.caught("async order", || {
        drive(async_in_another_order(n("a"), n("b"), n("c")))
    });
    t.caught("async unused", || {
        drive(async_unused(n("a"), n("b"), n("c")))
    });
    t.caught("async cancelled", || {
        let mut future = Box::pin(async_arguments(n("a"), n("b"), n("c")));
        let _ = poll_once(future.as_mut());
    });
    t.caught("wild", || {
        wild(n("a"), n("wild"), (n("b"), n("b.wild")), n("c"))
    });
    t.caught("async wild", || {
        drive(async_wild(n("a"), n("wild"), n("c")))
    });
    t.caught("async patterns", || {
        drive(async_patterns((n("a"), n("b")), n("c")))
    });
}
