//! `#[timed]`: everything it can stand on, and what it leaves out.
#![expect(
    clippy::needless_pass_by_value,
    clippy::toplevel_ref_arg,
    reason = "arguments of every kind are what is tested"
)]

use std::error::Error;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use storyline::testing::capture;
use storyline::timed;

use crate::timed::{Declined, now, outcome, poll_once, text, yield_once};

#[derive(Default)]
struct Store {
    values: Vec<u8>,
}

impl Store {
    #[timed]
    fn by_ref(&self) -> usize {
        self.values.len()
    }

    #[timed]
    fn get_mut(&mut self, at: usize) -> Result<&mut u8, Declined> {
        let values = &mut self.values;
        values.get_mut(at).ok_or(Declined::new("no such value"))
    }

    #[timed]
    fn push(mut self, value: u8) -> Self {
        self.values.push(value);
        self
    }

    #[timed]
    fn by_box(self: Box<Self>) -> usize {
        self.values.len()
    }

    #[timed]
    fn by_arc(self: &Arc<Self>) -> usize {
        Arc::strong_count(self)
    }

    #[timed]
    fn by_rc(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }

    #[timed]
    fn by_pin(self: Pin<&mut Self>) -> usize {
        self.get_mut().values.len()
    }

    #[timed(fields(self.values = self.values.len(), by))]
    async fn async_mut(&mut self, by: u8) -> &mut Self {
        yield_once().await;
        self.values.push(by);
        self
    }

    #[timed]
    fn iterate<'a>(
        &'a self,
        from: &str,
    ) -> Result<impl Iterator<Item = &'a u8> + use<'a>, Box<dyn Error>> {
        let from: usize = from.parse()?;
        Ok(self.values.iter().skip(from))
    }
}

#[test]
fn every_receiver() {
    let logged = capture(|| {
        let mut store = Store::default().push(1).push(2);
        assert_eq!(store.by_ref(), 2);
        *store.get_mut(1).expect("two values") += 5;
        assert!(store.get_mut(9).is_err());
        assert_eq!(
            store
                .iterate("1")
                .expect("a number")
                .copied()
                .collect::<Vec<_>>(),
            [7]
        );
        assert!(store.iterate("x").is_err());
        let mut future = Box::pin(store.async_mut(3));
        assert!(poll_once(future.as_mut()).is_pending());
        assert!(poll_once(future.as_mut()).is_ready());
        drop(future);
        assert_eq!(Pin::new(&mut store).by_pin(), 3);
        assert_eq!(Box::new(store).by_box(), 3);
        assert_eq!(Arc::new(Store::default()).by_arc(), 1);
        assert_eq!(Rc::new(Store::default()).by_rc(), 1);
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(
        names,
        [
            "push",
            "push",
            "by_ref",
            "get_mut",
            "get_mut",
            "iterate",
            "iterate",
            "async_mut",
            "by_pin",
            "by_box",
            "by_arc",
            "by_rc"
        ]
    );
    assert_eq!(text(&logged[4], "error"), "no such value");
    assert_eq!(text(&logged[6], "error"), "invalid digit found in string");
}

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
fn returns_alias<'a>(steps: &'a Steps, fail: bool) -> Boxed<'a, Result<u8, Declined>> {
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

fn drive<F: Future>(future: F) {
    let mut future = Box::pin(future);
    assert!(poll_once(future.as_mut()).is_pending());
    assert!(poll_once(future.as_mut()).is_ready());
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

#[async_trait::async_trait]
trait Gateway {
    async fn charge(&self, amount: u64) -> Result<u64, Declined>;
    async fn refund(&self, amount: u64) -> Result<u64, Declined>;
}

struct Stripe {
    limit: u64,
}

#[async_trait::async_trait]
impl Gateway for Stripe {
    #[timed(fields(amount, self.limit))]
    async fn charge(&self, amount: u64) -> Result<u64, Declined> {
        yield_once().await;
        if amount > self.limit {
            return Err(Declined::new("limit"));
        }
        Ok(amount)
    }

    async fn refund(&self, amount: u64) -> Result<u64, Declined> {
        Ok(amount)
    }
}

struct Other {
    limit: u64,
}

#[timed(dependency = "other")]
#[async_trait::async_trait]
impl Gateway for Other {
    async fn charge(&self, amount: u64) -> Result<u64, Declined> {
        yield_once().await;
        if amount > self.limit {
            Err(Declined::new("limit"))?;
        }
        Ok(amount)
    }

    #[timed(skip)]
    async fn refund(&self, amount: u64) -> Result<u64, Declined> {
        Ok(amount)
    }
}

#[test]
fn async_trait_in_either_order() {
    let gateways: [Box<dyn Gateway>; 2] =
        [Box::new(Stripe { limit: 5 }), Box::new(Other { limit: 5 })];
    for gateway in &gateways {
        let logged = capture(|| {
            drive(gateway.charge(5));
            drive(gateway.charge(6));
            assert!(now(gateway.refund(1)).is_ok());
        });
        let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
        assert_eq!(outcomes, ["ok", "err"]);
        assert!(logged.iter().all(|it| text(it, "name") == "charge"));
        assert_eq!(
            logged[0].field("polls"),
            Some(&storyline::ValueBuf::UInt(2))
        );
    }
}

#[timed(level = DEBUG)]
mod inline {
    pub(super) const fn left_out(value: u8) -> u8 {
        value
    }

    pub(super) fn timed_here(value: u8) -> u8 {
        left_out(value)
    }

    #[timed(name = "own_name")]
    pub(super) fn named(value: u8) -> u8 {
        value
    }

    pub(super) struct Inner {
        pub(super) value: u8,
    }

    impl Inner {
        pub(super) fn method(&self) -> u8 {
            self.value
        }

        #[timed(skip)]
        pub(super) fn skipped(&self) -> u8 {
            self.value
        }
    }

    impl Drop for Inner {
        fn drop(&mut self) {
            self.value = 0;
        }
    }

    impl std::fmt::Display for Inner {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{}", self.value)
        }
    }

    pub(super) trait Described {
        const NAME: &'static str;
        fn bodiless(&self) -> u8;
        fn provided(&self) -> u8 {
            self.bodiless()
        }
    }

    impl Described for Inner {
        const NAME: &'static str = "inner";
        fn bodiless(&self) -> u8 {
            self.value
        }
    }

    macro_rules! untouched {
        ($name:ident) => {
            pub(super) fn $name() -> u8 {
                1
            }
        };
    }

    untouched!(from_a_macro);
}

#[test]
fn a_module_and_everything_in_it() {
    use inline::Described;

    let logged = capture(|| {
        assert_eq!(inline::left_out(1), 1);
        assert_eq!(inline::timed_here(2), 2);
        assert_eq!(inline::named(3), 3);
        let inner = inline::Inner { value: 4 };
        assert_eq!(inner.method(), 4);
        assert_eq!(inner.skipped(), 4);
        assert_eq!(inner.to_string(), "4");
        assert_eq!(inner.provided(), 4);
        assert_eq!(inline::Inner::NAME, "inner");
        assert_eq!(inline::from_a_macro(), 1);
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(
        names,
        ["timed_here", "own_name", "method", "bodiless", "provided"]
    );
    assert!(logged.iter().all(|it| it.level == storyline::Level::Debug));
}
