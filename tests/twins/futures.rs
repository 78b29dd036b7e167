//! `async fn` and functions that return futures: what they borrow, and what their futures are.

use std::cell::Cell;
use std::future::{ready, Future};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::rc::Rc;

use storyline::timed;

use crate::trace::{drive, poll_once, take_notes, yield_once, Named, Trace};

#[timed]
async fn nothing() {}

#[timed]
async fn borrowed<'a>(text: &'a str, out: &mut String) -> Result<&'a str, std::fmt::Error> {
    yield_once().await;
    out.push_str(text);
    Ok(text)
}

#[timed]
async fn early(text: &str) -> Result<u8, std::num::ParseIntError> {
    if text.is_empty() {
        return Ok(0);
    }
    yield_once().await;
    let value = text.parse::<u8>()?;
    Ok(value)
}

#[timed]
async fn generic<T: Clone, const N: usize>(values: [T; N], mut more: Vec<T>) -> Vec<T>
where
    T: Send,
{
    yield_once().await;
    more.extend(values.iter().cloned());
    more
}

#[timed]
async fn takes_impl(text: impl AsRef<str>, then: impl AsyncFnOnce(usize) -> usize) -> usize {
    then(text.as_ref().len()).await
}

#[timed]
async fn returns_impl(text: &str) -> impl Iterator<Item = char> + '_ {
    yield_once().await;
    text.chars()
}

#[timed]
async fn returns_dyn(text: &str) -> Box<dyn Fn() -> usize + Send + '_> {
    yield_once().await;
    Box::new(move || text.len())
}

#[timed]
async fn recursive(n: u8) -> u8 {
    if n == 0 {
        return 0;
    }
    yield_once().await;
    Box::pin(recursive(n - 1)).await + 1
}

#[timed]
fn recursive_boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    Box::pin(async move {
        if text.is_empty() {
            return 0;
        }
        recursive_boxed(&text[1..]).await + 1
    })
}

#[timed]
async fn patterns((a, mut b): (u8, u8), [c, ..]: [u8; 2], _: u8, ref d: String) -> usize {
    b += a;
    yield_once().await;
    usize::from(b + c) + d.len()
}

#[timed]
async fn never() -> ! {
    yield_once().await;
    panic!("never")
}

#[timed]
async fn closures(by: u8) -> u8 {
    let add = async |value: u8| {
        yield_once().await;
        value + by
    };
    let block = async { add(1).await };
    block.await + add(2).await
}

#[timed]
async fn nested(n: u8) -> u8 {
    #[timed]
    async fn inner(n: u8) -> u8 {
        yield_once().await;
        n + 1
    }
    inner(inner(n).await).await
}

/// # Safety
///
/// None.
#[timed]
async unsafe fn not_safe(value: u8) -> u8 {
    value
}

#[timed]
fn plain(text: &str) -> impl Future<Output = usize> + Send + '_ {
    let len = text.len();
    async move {
        yield_once().await;
        len + text.len()
    }
}

#[timed]
fn unpinned(value: u8) -> impl Future<Output = u8> + Unpin + Send + Sync + 'static {
    ready(value)
}

#[timed]
fn in_a_box(value: u8) -> impl Future<Output = u8> + Unpin {
    Box::pin(async move { value })
}

#[timed]
fn captures<'a, T: Send + Clone>(value: &'a T) -> impl Future<Output = T> + Send + use<'a, T> {
    let value = value.clone();
    async move { value }
}

#[timed]
fn fallible(text: &str) -> Pin<Box<dyn Future<Output = Result<u8, String>> + Send>> {
    let parsed = match text.parse::<u8>() {
        Ok(parsed) => parsed,
        Err(error) => return Box::pin(ready(Err(error.to_string()))),
    };
    Box::pin(async move { Ok(parsed) })
}

#[timed]
fn local(cell: Rc<Cell<u8>>) -> Pin<Box<dyn Future<Output = u8>>> {
    cell.set(cell.get() + 1);
    Box::pin(async move {
        cell.set(cell.get() + 1);
        cell.get()
    })
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[timed(future)]
fn alias(text: &str) -> Boxed<'_, usize> {
    Box::pin(async move { text.len() })
}

#[timed]
async fn not_send(value: u8) -> u8 {
    let cell = Rc::new(Cell::new(value));
    yield_once().await;
    cell.get()
}

#[timed]
async fn holds(a: Named, _permit: Named, mut b: Named) {
    let _local = Named("local");
    yield_once().await;
    b.0 = "b changed";
    let _ = &a;
}

struct Auto<T>(T);

impl<T> Auto<T> {
    fn send(self) -> Self
    where
        T: Send,
    {
        self
    }

    fn sync(self) -> Self
    where
        T: Sync,
    {
        self
    }

    fn unwinds(self) -> T
    where
        T: UnwindSafe + RefUnwindSafe,
    {
        self.0
    }
}

pub(crate) fn run(t: &mut Trace) {
    t.add("nothing", drive(nothing()));
    let mut out = String::new();
    t.add("borrowed", drive(borrowed("a", &mut out)));
    t.add("borrowed", out);
    for text in ["", "7", "x"] {
        t.add("early", drive(early(text)));
        t.add("fallible", drive(fallible(text)));
    }
    t.add("generic", drive(generic([1, 2], vec![0])));
    t.add("impl", drive(takes_impl("abc", async |it| it + 1)));
    t.add("impl", drive(returns_impl("abc")).count());
    t.add("dyn", drive(returns_dyn("abc"))());
    t.add(
        "recursive",
        (drive(recursive(5)), drive(recursive_boxed("abc"))),
    );
    t.add(
        "patterns",
        drive(patterns((1, 2), [3, 4], 5, "abc".to_owned())),
    );
    t.caught("never", || drive(never()));
    t.add("closures", drive(closures(1)));
    t.add("nested", drive(nested(1)));
    t.add("unsafe", drive(unsafe { not_safe(1) }));
    t.add("plain", drive(plain("abc")));
    t.add("unpinned", poll_once(Pin::new(&mut unpinned(1))));
    t.add("unpinned", poll_once(Pin::new(&mut in_a_box(1))));
    t.add("captures", drive(captures(&"abc")));
    t.add("local", drive(local(Rc::new(Cell::new(1)))));
    t.add("alias", drive(alias("abc")));
    t.add("not send", drive(not_send(1)));

    let _ = Auto(early("")).send().sync().unwinds();
    let _ = Auto(nested(1)).send().sync().unwinds();
    let _ = Auto(plain("")).send();
    let _ = Auto(borrowed("", &mut String::new())).send().sync();

    drive(holds(Named("a"), Named("permit"), Named("b")));
    t.add("holds", take_notes());
    // Cancelled before the first poll, and after it.
    drop(holds(Named("a"), Named("permit"), Named("b")));
    t.add("never polled", take_notes());
    let mut future = Box::pin(holds(Named("a"), Named("permit"), Named("b")));
    t.add("polled", poll_once(future.as_mut()));
    drop(future);
    t.add("cancelled", take_notes());
}
