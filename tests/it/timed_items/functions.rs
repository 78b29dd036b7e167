//! Functions of all kinds.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};

use storyline::testing::capture;
use storyline::timed;

use crate::ledger::text;
use crate::timed::{outcome, poll_once, yield_once};

#[timed]
fn generic<const N: usize, T>(values: [T; N], (first, mut second): (T, T)) -> usize
where
    T: Clone,
{
    second.clone_from(&first);
    values.len()
}

#[timed]
fn with_patterns([a, b]: [u8; 2], _: String, ref c: String, mut d: u8, _held: Vec<u8>) -> usize {
    d += a + b;
    usize::from(d) + c.len()
}

#[timed]
extern "C" fn foreign(value: u8) -> u8 {
    value
}

#[timed]
fn never() -> ! {
    panic!("always")
}

#[timed]
async fn never_async() -> ! {
    yield_once().await;
    panic!("always")
}

#[timed]
fn dynamic<'a>(text: &'a str) -> Box<dyn Fn() -> &'a str + 'a> {
    Box::new(move || text)
}

#[timed]
fn takes_impl(text: impl AsRef<str>) -> usize {
    text.as_ref().len()
}

#[timed]
fn raw(r#type: u8) -> u8 {
    #![allow(clippy::let_and_return, reason = "an attribute inside the body")]
    //! And a comment.
    let value = r#type;
    value
}

#[timed]
fn early(text: &str) -> Result<u8, Box<dyn Error>> {
    if text.is_empty() {
        return Ok(0);
    }
    let value = text.parse::<u8>()?;
    Ok(value)
}

#[test]
fn functions_of_all_kinds() {
    let logged = capture(|| {
        assert_eq!(generic([1_u8, 2, 3], (4, 5)), 3);
        let patterns = with_patterns([1, 2], String::new(), "abc".to_owned(), 4, Vec::new());
        assert_eq!(patterns, 10);
        assert_eq!(foreign(4), 4);
        assert_eq!(dynamic("x")(), "x");
        assert_eq!(takes_impl("four"), 4);
        assert_eq!(raw(5), 5);
        assert!(matches!(early(""), Ok(0)));
        assert!(matches!(early("7"), Ok(7)));
        assert!(early("x").is_err());
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(
        outcomes,
        ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "err"]
    );
    let logged = capture(|| {
        let _ = catch_unwind(|| never());
    });
    assert_eq!(outcome(&logged), "panic");
    let logged = capture(|| {
        let mut future = Box::pin(never_async());
        assert!(poll_once(future.as_mut()).is_pending());
        let _ = catch_unwind(AssertUnwindSafe(|| poll_once(future.as_mut()).is_ready()));
    });
    assert_eq!(outcome(&logged), "panic");
    let logged = capture(|| {
        let mut future = Box::pin(never_async());
        assert!(poll_once(future.as_mut()).is_pending());
    });
    assert_eq!(outcome(&logged), "cancelled");
}
