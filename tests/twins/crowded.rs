//! Names that are taken: methods that every type has, constants and arguments that are called what an expansion may
//! call its own.
#![allow(non_upper_case_globals)]

use std::fmt;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

/// One that takes `self` comes before another's that takes `&self`.
macro_rules! methods {
    ($($name:ident)*) => {
        trait ByValue {
            $(
                fn $name(self)
                where
                    Self: Sized,
                {
                }
            )*
        }

        impl<T: ?Sized> ByValue for T {}

        trait ByReference {
            $(fn $name(&self) {})*
        }

        impl<T: ?Sized> ByReference for T {}
    };
}

methods! {
    announced as_ref begin capture classifier clone counting deref emit end enter finish get highest into into_future
    is_compiled is_some leave level load map may_want off only poll record run slow take then to_string wants
}

const call: u8 = 1;
const future: u8 = 1;
const plan: u8 = 1;
static site: u8 = 1;

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

#[timed(fields(value, shown = %value), start, percentiles, slow = "1s", level = DEBUG, only(err, slow))]
fn with_options(value: u8) -> Result<u8, Refused> {
    if value == 0 {
        return Err(Refused);
    }
    Ok(value)
}

#[timed]
fn in_a_box(value: u8) -> Result<u8, Box<dyn std::error::Error>> {
    Ok(value)
}

#[timed]
fn with_text(value: u8) -> Result<u8, String> {
    Err("refused".into_text(value))
}

trait IntoText {
    fn into_text(&self, value: u8) -> String;
}

impl IntoText for str {
    fn into_text(&self, value: u8) -> String {
        format!("{self} {value}")
    }
}

#[timed(err(debug))]
async fn waits(value: u8) -> Result<u8, Refused> {
    yield_once().await;
    with_options(value)
}

fn is_large(value: &u8) -> bool {
    *value > 1
}

#[timed(ok_if = is_large)]
fn judged(value: u8) -> impl std::future::Future<Output = u8> {
    async move { value }
}

#[timed(err(none))]
fn unnamed<T>(value: T) -> Result<(), T> {
    Err(value)
}

#[timed]
#[track_caller]
fn tracked(value: u8) -> u8 {
    value
}

#[timed(fields(state, guard, value, result, pass, held))]
fn taken(state: u8, guard: u8, value: u8, result: u8, pass: u8, held: u8) -> u8 {
    state + guard + value + result + pass + held + call + future + plan + site
}

#[timed(fields(state, guard, value, result, pass, held))]
async fn taken_later(state: u8, mut guard: u8, value: u8, result: u8, pass: u8, held: u8) -> u8 {
    guard += 1;
    yield_once_more().await;
    state + guard + value + result + pass + held + call + future + plan + site
}

#[timed]
async fn yield_once_more() {
    yield_once().await
}

#[timed(fields(__storyline_value, __storyline_guard, of = __storyline_judged))]
fn ours(__storyline_value: u8, __storyline_guard: u8, __storyline_judged: u8) -> u8 {
    __storyline_value + __storyline_guard + __storyline_judged
}

#[timed(fields(__storyline_value))]
async fn ours_later(mut __storyline_value: u8, _storyline_guard: u8) -> u8 {
    __storyline_value += 1;
    __storyline_value
}

#[timed]
fn its_own_name(its_own_name: u8) -> u8 {
    its_own_name
}

#[timed]
fn an_item(value: u8) -> u8 {
    fn an_item(value: u8) -> u8 {
        value + 1
    }
    an_item(value)
}

#[timed]
fn a_local(value: u8) -> u8 {
    let a_local = value + 1;
    a_local
}

#[timed]
fn itself(value: u8) -> u8 {
    let next: fn(u8) -> u8 = itself;
    if value == 0 {
        return 0;
    }
    next(value - 1) + 1
}

struct Named;

impl Named {
    #[timed]
    fn items_of_its_own(&self) -> (&'static str, u8) {
        struct Inner;
        impl Inner {
            fn new() -> Self {
                Self
            }
            fn name(&self) -> &'static str {
                "inner"
            }
        }
        trait Counts {
            fn count(&self) -> u8;
        }
        impl Counts for Named {
            fn count(&self) -> u8 {
                COUNT
            }
        }
        const COUNT: u8 = 4;
        (Inner::new().name(), self.count())
    }
}

pub(crate) fn run(t: &mut Trace) {
    for value in [0, 1] {
        t.add("options", with_options(value).map_err(|it| format!("{it}")));
        t.add("box", in_a_box(value).is_ok());
        t.add("text", with_text(value));
        t.add("waits", drive(waits(value)).map_err(|it| format!("{it}")));
        t.add(
            "judged",
            (drive(judged(value)), is_large(&value), is_large(&2)),
        );
        t.add("unnamed", unnamed(value));
        t.add("tracked", tracked(value));
    }
    t.add("taken", taken(1, 2, 3, 4, 5, 6));
    t.add("taken", drive(taken_later(1, 2, 3, 4, 5, 6)));
    t.add("ours", (ours(1, 2, 3), drive(ours_later(1, 2))));
    t.add(
        "names",
        (its_own_name(1), an_item(1), a_local(1), itself(3)),
    );
    t.add("items", Named.items_of_its_own());
}
