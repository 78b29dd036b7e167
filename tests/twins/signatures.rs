//! What stands in signatures: generic associated types, constants in lengths, types without a size behind references,
//! `Self` with parameters, `impl Trait` inside of types, functions that wait as arguments.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::ops::{ControlFlow, Deref};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

trait Lends {
    type Item<'a>
    where
        Self: 'a;

    fn lend<'a>(&'a mut self) -> Option<Self::Item<'a>>;

    #[timed]
    fn second<'a>(&'a mut self) -> Option<Self::Item<'a>> {
        self.lend();
        self.lend()
    }

    #[timed]
    fn each<F>(&mut self, mut f: F)
    where
        F: for<'x> FnMut(Self::Item<'x>),
        Self: Sized,
    {
        while let Some(item) = self.lend() {
            f(item);
        }
    }
}

struct Windows {
    at: usize,
    values: Vec<u8>,
}

impl Lends for Windows {
    type Item<'a> = &'a mut [u8];

    #[timed]
    fn lend<'a>(&'a mut self) -> Option<Self::Item<'a>> {
        self.at += 1;
        self.values.get_mut(self.at - 1..=self.at)
    }
}

struct Held<'a, T: ?Sized, const N: usize = 2>(&'a T);

impl<T: ?Sized, const N: usize> Clone for Held<'_, T, N> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<'a, T: ?Sized + Debug + 'a, const N: usize> Held<'a, T, N> {
    const HERE: usize = N;

    #[timed]
    fn get(&self) -> &'a T {
        self.0
    }

    #[timed]
    fn filled<const M: usize>(&self) -> [usize; M]
    where
        [(); N]: Sized,
    {
        [Self::HERE; M]
    }

    #[timed]
    fn beside<'b, U: ?Sized>(&'b self, other: &'b U) -> (Held<'b, U, N>, Self)
    where
        'a: 'b,
        Self: Clone,
    {
        (Held(other), self.clone())
    }

    #[timed]
    fn pinned(self: Pin<&'_ mut Self>) -> &'a T {
        self.0
    }

    #[timed]
    fn counted_and_pinned(self: Pin<Rc<Self>>) -> &'a T {
        self.0
    }

    #[timed]
    fn twice_lent<'r>(self: &'r &'r Self) -> &'r &'a T {
        &self.0
    }

    #[timed]
    fn counted_in_a_box(self: Box<Rc<Self>>) -> Rc<Self> {
        *self
    }

    #[timed]
    async fn waits<'s>(&'s self, text: &'s str) -> (&'s T, &'s str) {
        yield_once().await;
        (self.0, text)
    }
}

struct Three;

impl Three {
    const TWO: usize = 2;

    #[timed]
    fn lengths(
        _: [u8; Self::TWO + 1],
        values: [u8; {
            const ONE: usize = 1;
            ONE * 2
        }],
    ) -> [u8; Self::TWO] {
        values
    }
}

#[timed]
fn without_a_size<T: ?Sized + Debug>(
    first: &T,
    bytes: Box<[u8]>,
    text: Box<str>,
    shared: Arc<dyn Debug + Send + Sync>,
    read: &dyn Fn(&str) -> usize,
) -> String {
    format!("{first:?} {bytes:?} {shared:?} {}", read(&text))
}

trait Members {
    fn shown(self) -> Vec<String>;
}

macro_rules! members {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Display),*> Members for ($($name,)*) {
            #[timed]
            #[allow(non_snake_case)]
            fn shown(self) -> Vec<String> {
                let ($($name,)*) = self;
                vec![$($name.to_string()),*]
            }
        }
    )*};
}

members! {
    ;
    A;
    A B;
    A B C;
}

#[timed]
fn of_displays<'a>(values: &'a [u8]) -> impl Iterator<Item = impl Display + 'a> + 'a {
    values.iter()
}

#[timed]
fn pair() -> (impl Display, Vec<impl Debug>, [impl Debug + Clone; 2]) {
    (1, vec![2], [3, 4])
}

#[timed]
fn goes_on(value: u8) -> ControlFlow<u8, impl Debug> {
    if value > 2 {
        return ControlFlow::Break(value);
    }
    ControlFlow::Continue("on")
}

#[timed]
fn dereferences(value: &u8) -> impl Deref<Target = u8> + '_ {
    value
}

#[timed]
fn goes_into() -> impl IntoIterator<Item = u8, IntoIter = impl Iterator<Item = u8> + Clone> {
    vec![1, 2]
}

#[timed]
fn later_display(value: u8) -> impl Future<Output = Result<impl Display, String>> {
    async move {
        if value == 0 {
            Err("zero".to_owned())
        } else {
            Ok(value)
        }
    }
}

#[timed]
fn waits_when_called<'a>(text: &'a str) -> impl AsyncFn(&str) -> usize + 'a {
    async move |more: &str| {
        yield_once().await;
        more.len() + text.len()
    }
}

#[timed]
fn calls_what_waits(read: impl AsyncFn(&str) -> usize) -> usize {
    drive(read("abc"))
}

#[timed]
async fn awaits_each(mut each: impl AsyncFnMut(u8)) {
    each(1).await;
    each(2).await;
}

#[timed]
async fn outlives<'a, 'b, T>(all: &'a [T], out: &'b mut Vec<&'a T>) -> Option<&'b mut &'a T>
where
    'a: 'b,
{
    out.extend(all);
    yield_once().await;
    out.last_mut()
}

#[timed]
async fn all_at_once(
    first: impl Into<String>,
    second: &(impl ToString + ?Sized),
    told: &mut dyn FnMut(usize),
) -> Result<impl Display, String> {
    let text = first.into() + &second.to_string();
    yield_once().await;
    told(text.len());
    if text.is_empty() {
        return Err(text);
    }
    Ok(text.len())
}

#[timed]
async fn hidden(values: std::slice::Iter<'_, u8>) -> Option<&u8> {
    yield_once().await;
    values.clone().next()
}

pub(crate) fn run(t: &mut Trace) {
    let mut windows = Windows {
        at: 0,
        values: vec![1, 2, 3, 4],
    };
    t.add("lends", windows.second());
    windows.each(|window| window[0] = 9);
    t.add("lends", windows.values);
    let held: Held<'_, str> = Held("abc");
    t.add(
        "held",
        (held.get(), held.filled::<3>(), held.beside("x").0 .0),
    );
    t.add("held", Pin::new(&mut held.clone()).pinned());
    t.add("held", Pin::new(Rc::new(held.clone())).counted_and_pinned());
    t.add("held", (&held).twice_lent());
    t.add("held", Box::new(Rc::new(held.clone())).counted_in_a_box().0);
    t.add("held", drive(held.waits("x")));
    t.add("lengths", Three::lengths([1, 2, 3], [4, 5]));
    let shared = Arc::new(1);
    t.add(
        "size",
        without_a_size("a", Box::new([1]), "bc".into(), shared, &str::len),
    );
    t.add("members", (().shown(), (1,).shown(), (1, "b", 'c').shown()));
    t.add(
        "displays",
        of_displays(&[1, 2]).map(|it| it.to_string()).last(),
    );
    let (first, second, third) = pair();
    t.add("pair", (first.to_string(), second, third.clone()));
    t.add("goes", (goes_on(1), goes_on(3), *dereferences(&4)));
    t.add("into", goes_into().into_iter().clone().count());
    for value in [0, 1] {
        let came = drive(later_display(value));
        t.add("display", came.map(|it| it.to_string()));
    }
    t.add("waits", drive(waits_when_called("ab")("c")));
    t.add("calls", calls_what_waits(async |it: &str| it.len()));
    let mut sum = 0;
    drive(awaits_each(async |value| sum += value));
    t.add("each", sum);
    let mut out = Vec::new();
    t.add(
        "outlives",
        drive(outlives(&[1, 2], &mut out)).map(|it| **it),
    );
    let mut told = 0;
    let mut tell = |length| told = length;
    let came = drive(all_at_once("a", "b", &mut tell)).map(|it| it.to_string());
    t.add("all", (came, told));
    t.add("hidden", drive(hidden([1].iter())).copied());
}
