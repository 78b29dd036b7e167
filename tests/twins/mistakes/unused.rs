//! What nobody uses, nobody calls and nobody reaches; and where it was said that this is known.

use std::collections::HashMap;
use std::future::{ready, Future};
use std::pin::Pin;

use storyline::timed;

use crate::trace::{drive, Trace};

#[timed]
fn unused_variable(argument: u8, (part, _other): (u8, u8)) -> u8 {
    let local = 5;
    7
}

#[timed]
fn unused_mut(mut argument: u8) -> u8 {
    let mut local = argument;
    local
}

#[timed]
fn unused_assignment(mut argument: u8) -> u8 {
    let mut local = argument;
    local = 5;
    argument = 6;
    7
}

#[timed]
fn dead_function() -> u8 {
    5
}

struct Dead;

impl Dead {
    #[timed]
    fn dead_method(&self) -> u8 {
        5
    }

    #[timed]
    async fn dead_async_method(&self) -> u8 {
        5
    }
}

#[timed]
async fn dead_async(argument: u8) -> u8 {
    5
}

#[timed]
fn dead_recursive(n: u8) -> u8 {
    dead_recursive(n)
}

#[timed]
fn unreachable_code(flag: bool) -> u8 {
    if flag {
        return 1;
        unreachable_code(false);
    }
    return 2;
    3
}

#[timed]
fn unreachable_tail() -> u8 {
    panic!("always");
    5
}

#[timed]
fn unused_results(values: &mut HashMap<u8, u8>, text: &str) {
    text.parse::<u8>();
    values.insert(1, 2);
    drive(std::future::ready(1));
    text.len();
    std::future::ready(1);
}

#[timed]
fn unused_lifetime<'a, T>(value: u8) -> u8 {
    value
}

#[timed]
#[allow(unused_variables)]
fn allowed(value: u8) -> u8 {
    let unused = 5;
    return 7;
}

#[timed]
#[expect(unused_variables)]
fn expected(value: u8) -> u8 {
    7
}

#[timed]
#[expect(unused_mut)]
fn expected_in_vain(value: u8) -> u8 {
    value
}

#[timed]
fn allowed_inside(value: u8) -> u8 {
    #![allow(unused_variables)]
    #[expect(clippy::let_and_return)]
    let doubled = 5;
    doubled
}

#[timed]
fn unused_doc(value: u8) -> u8 {
    /// Of nothing.
    {
        value
    }
}

#[timed]
fn only_used_in_recursion(n: u8, passed: u8) -> u8 {
    if n == 0 {
        0
    } else {
        only_used_in_recursion(n - 1, passed)
    }
}

#[timed]
mod inside {
    use std::collections::BTreeMap;

    pub(super) fn unused_in_module(argument: u8) -> u8 {
        let local = 5;
        return 7;
    }

    fn dead_in_module() {}
}

#[timed(fields(named))]
fn fields_do_not_hide(named: u8, other: u8) -> u8 {
    let local = 5;
    7
}

#[timed]
#[must_use = "it is all there is"]
fn needed(value: u8) -> u8 {
    value
}

#[deprecated(since = "0.1.0", note = "use `needed`")]
#[timed]
fn old(value: u8) -> u8 {
    value
}

#[timed]
async fn awaited(value: u8) -> u8 {
    value
}

#[must_use = "the answer matters"]
#[timed]
async fn needed_later(value: u8) -> u8 {
    value
}

#[timed]
fn future(value: u8) -> impl Future<Output = u8> {
    ready(value)
}

#[timed]
fn boxed(value: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    Box::pin(ready(value))
}

#[timed]
fn fallible(value: u8) -> Result<u8, u8> {
    Err(value)
}

#[timed]
fn lazy(value: u8) -> impl Iterator<Item = u8> {
    std::iter::once(value)
}

#[timed]
async fn ignores(value: u8) {
    needed(value);
    old(value);
    awaited(value);
    needed_later(value);
    needed_later(value).await;
    future(value);
    boxed(value);
    fallible(value);
    lazy(value);
}

pub(super) fn run(t: &mut Trace) {
    t.add(
        "values",
        (
            unused_variable(1, (2, 3)),
            unused_mut(1),
            unused_assignment(1),
        ),
    );
    t.add(
        "unreachable",
        (unreachable_code(true), unreachable_code(false)),
    );
    t.caught("tail", unreachable_tail);
    t.add("results", unused_results(&mut HashMap::new(), "x"));
    t.add("ignored", drive(ignores(1)));
    t.add("lifetime", unused_lifetime::<u8>(1));
    t.add("said", (allowed(1), expected(1), expected_in_vain(1)));
    t.add("inside", (allowed_inside(1), unused_doc(1)));
    t.add("recursion", only_used_in_recursion(3, 1));
    t.add(
        "module",
        (inside::unused_in_module(1), fields_do_not_hide(1, 2)),
    );
}
