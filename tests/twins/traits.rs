//! Methods of traits: default ones, generic associated types, `impl Trait` and `async` in traits, objects.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

trait Described {
    const NAME: &'static str;
    type Part<'a>: Debug
    where
        Self: 'a;

    fn part<'a>(&'a self, at: usize) -> Option<Self::Part<'a>>;

    #[timed]
    fn whole(&self) -> Vec<Self::Part<'_>> {
        let mut parts = Vec::new();
        while let Some(part) = self.part(parts.len()) {
            parts.push(part);
        }
        parts
    }

    #[timed]
    fn consumed(self) -> usize
    where
        Self: Sized,
    {
        self.whole().len()
    }

    #[timed]
    fn made() -> Self
    where
        Self: Default,
    {
        Self::default()
    }

    #[timed]
    fn parts(&self) -> impl Iterator<Item = Self::Part<'_>> {
        (0..).map_while(move |at| self.part(at))
    }

    #[timed]
    fn boxed(self: Box<Self>) -> usize {
        self.whole().len()
    }

    #[timed]
    fn firsts(&self, most: &usize) -> impl Iterator<Item = Self::Part<'_>> + use<'_, Self> {
        let most = *most;
        (0..most).map_while(move |at| self.part(at))
    }
}

#[derive(Default)]
struct Words(Vec<String>);

#[timed]
impl Described for Words {
    const NAME: &'static str = "words";
    type Part<'a> = &'a str;

    fn part<'a>(&'a self, at: usize) -> Option<&'a str> {
        self.0.get(at).map(String::as_str)
    }
}

/// Implemented for functions.
trait Handler {
    fn handle(&self, value: u8) -> u8;
    fn twice(&self, value: u8) -> u8;
}

impl<F> Handler for F
where
    F: Fn(u8) -> u8,
{
    #[timed]
    fn handle(&self, value: u8) -> u8 {
        self(value)
    }

    #[timed]
    fn twice(&self, value: u8) -> u8 {
        self(self.handle(value))
    }
}

trait Nullary {
    fn call(self) -> u8;
}

impl Nullary for fn() -> u8 {
    #[timed]
    fn call(self) -> u8 {
        self()
    }
}

trait Waits {
    async fn wait(&mut self, by: u8) -> Result<&u8, String>;

    fn later(&self) -> impl Future<Output = u8> + Send;

    #[timed]
    async fn default_wait(&mut self) -> bool
    where
        Self: Sized,
    {
        self.wait(1).await.is_ok() && self.wait(100).await.is_err()
    }
}

struct Counter(u8);

impl Waits for Counter {
    #[timed]
    async fn wait(&mut self, by: u8) -> Result<&u8, String> {
        yield_once().await;
        if by > 50 {
            return Err(format!("{by} is too much"));
        }
        self.0 += by;
        Ok(&self.0)
    }

    #[timed]
    fn later(&self) -> impl Future<Output = u8> + Send {
        let now = self.0;
        async move { now }
    }
}

trait Service<Request> {
    type Response;
    type Error;
    type Future: Future<Output = Result<Self::Response, Self::Error>>;

    fn call(&mut self, request: Request) -> Self::Future;
}

impl Service<u8> for Counter {
    type Response = u8;
    type Error = String;
    type Future = Pin<Box<dyn Future<Output = Result<u8, String>> + Send>>;

    #[timed(future)]
    fn call(&mut self, request: u8) -> Self::Future {
        self.0 += request;
        let now = self.0;
        Box::pin(async move {
            if now > 5 {
                Err(now.to_string())
            } else {
                Ok(now)
            }
        })
    }
}

struct Iter(u8);

impl Iterator for Iter {
    type Item = u8;

    #[timed]
    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

impl std::ops::Index<u8> for Iter {
    type Output = u8;

    #[timed]
    fn index(&self, _at: u8) -> &u8 {
        &self.0
    }
}

impl From<u8> for Iter {
    #[timed]
    fn from(value: u8) -> Self {
        Self(value)
    }
}

impl std::str::FromStr for Iter {
    type Err = <u8 as std::str::FromStr>::Err;

    #[timed]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Future for Counter {
    type Output = u8;

    #[timed]
    fn poll(self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<u8> {
        if self.0 == 0 {
            return std::task::Poll::Ready(7);
        }
        self.get_mut().0 -= 1;
        cx.waker().wake_by_ref();
        std::task::Poll::Pending
    }
}

pub(crate) fn run(t: &mut Trace) {
    let words = Words(vec!["a".to_owned(), "b".to_owned()]);
    t.add("whole", (Words::NAME, words.whole(), words.parts().count()));
    t.add("firsts", words.firsts(&1).collect::<Vec<_>>());
    t.add(
        "consumed",
        (words.consumed(), Box::new(Words::made()).boxed()),
    );
    t.add("functions", (|it| it + 1).handle(1));
    t.add("functions", Handler::twice(&(|it: u8| it * 3), 1));
    t.add("pointer", Nullary::call((|| 5_u8) as fn() -> u8));
    let mut counter = Counter(0);
    t.add("wait", drive(counter.wait(4)));
    t.add("default", drive(counter.default_wait()));
    t.add("later", drive(counter.later()));
    t.add("service", (drive(counter.call(0)), drive(counter.call(1))));
    t.add("iterator", Iter::from(3).collect::<Vec<_>>());
    t.add("index", Iter::from(3)[0]);
    t.add(
        "parse",
        (
            "3".parse::<Iter>().map(|it| it.0),
            "x".parse::<Iter>().map(|it| it.0),
        ),
    );
    t.add("future", drive(counter));
}
