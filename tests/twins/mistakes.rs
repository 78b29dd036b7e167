//! What the compiler and clippy complain of. They must go on to, once and at the same place.

use std::collections::HashMap;

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
fn needless_return(value: u8) -> u8 {
    return value;
}

#[timed]
fn needless_return_in_branches(value: Option<u8>) -> u8 {
    match value {
        Some(value) => return value,
        None => {
            return 0;
        }
    }
}

#[timed]
fn needless_unit_return(values: &mut Vec<u8>) {
    values.push(1);
    return;
}

#[timed]
fn let_and_return(value: u8) -> u8 {
    let doubled = value * 2;
    doubled
}

#[timed]
fn needless_question_mark(text: &str) -> Result<u8, std::num::ParseIntError> {
    Ok(text.parse::<u8>()?)
}

#[timed]
fn redundant_clone(text: &str) -> usize {
    let owned = text.to_owned();
    let again = owned.clone();
    again.len()
}

#[timed]
fn needless_borrow(text: &String, values: &Vec<u8>) -> usize {
    let first = &values[0];
    text.len() + usize::from(*&*first)
}

#[timed]
fn by_value(text: String, values: Vec<u8>) -> usize {
    text.len() + values.len()
}

#[timed]
fn too_many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u8 {
    a + b + c + d + e + f + g + h
}

#[timed]
fn complex(value: u8) -> u8 {
    if value == 0 {
        if value == 1 {
            return 1;
        }
    }
    if value > 2 {
        true
    } else {
        false
    };
    let x = value as u32 as u8;
    match x {
        1 => 1,
        _ => match value {
            2 => 2,
            _ => 3,
        },
    }
}

#[timed]
fn needless_lifetimes<'a>(text: &'a str) -> &'a str {
    text
}

#[timed]
fn unused_lifetime<'a, T>(value: u8) -> u8 {
    value
}

#[timed]
fn unwraps(text: &str, values: &[u8]) -> u8 {
    let value: u8 = text.parse().unwrap();
    let other: u8 = text.parse().expect("a number");
    if value == 1 {
        panic!("one");
    }
    if value == 2 {
        todo!();
    }
    value + other + values[0]
}

#[timed]
fn shadows(value: u8) -> u8 {
    let value = value + 1;
    let value = value.to_string();
    value.len() as u8
}

#[timed]
fn unwrap_in_result(text: &str) -> Result<u8, String> {
    let value = text.parse::<u8>().unwrap();
    Ok(value)
}

#[timed]
fn unnecessary_wraps(value: u8) -> Option<u8> {
    Some(value)
}

#[timed]
pub fn must_use_candidate(value: u8) -> u8 {
    value
}

#[timed]
pub fn missing_errors_and_panics(text: &str) -> Result<u8, std::num::ParseIntError> {
    assert!(!text.is_empty());
    text.parse()
}

#[timed]
async fn unused_async(value: u8) -> u8 {
    value
}

#[timed]
async fn async_mistakes(argument: u8, mut changed: u8) -> Result<u8, std::num::ParseIntError> {
    let unused = 5;
    std::future::ready(()).await;
    "5".parse::<u8>();
    dead_less();
    return Ok(7);
}

async fn dead_less() {}

#[timed]
async fn async_unreachable(flag: bool) -> u8 {
    if flag {
        return 1;
    }
    return 2;
    3
}

#[timed]
async fn async_let_and_return(value: u8) -> u8 {
    let doubled = value * 2;
    doubled
}

#[timed]
async fn async_lock(lock: &std::sync::Mutex<u8>) -> u8 {
    let guard = lock.lock().unwrap();
    std::future::ready(()).await;
    *guard
}

#[timed]
async fn large(values: [u8; 20_000]) -> u8 {
    std::future::ready(()).await;
    values[1]
}

#[timed]
fn manual_async(value: u8) -> impl std::future::Future<Output = u8> {
    async move { value }
}

#[timed]
fn boxed_mistakes(argument: u8) -> std::pin::Pin<Box<dyn std::future::Future<Output = u8>>> {
    let unused = 5;
    return Box::pin(async move {
        let inner = 6;
        7
    });
}

#[timed]
fn naming(camelCase: u8) -> u8 {
    let OtherName = camelCase;
    OtherName
}

#[timed]
fn extra_parentheses(value: u8) -> u8 {
    if (value > 1) {
        return (value);
    }
    ({ value })
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
fn never_loop(values: &[u8]) -> u8 {
    for value in values {
        return *value;
    }
    0
}

#[timed]
fn identity_op(value: u8) -> u8 {
    value + 0 * 1
}

#[timed]
fn unused_doc(value: u8) -> u8 {
    /// Of nothing.
    {
        value
    }
}

#[timed]
fn unconditional(value: u8) -> u8 {
    let never = value < 0;
    u8::from(never)
}

#[timed]
fn implicit(text: &str) -> String {
    text.to_string()
}

#[timed]
unsafe fn no_safety_section(at: *const u8) -> u8 {
    *at
}

#[timed]
fn only_used_in_recursion(n: u8, passed: u8) -> u8 {
    if n == 0 {
        0
    } else {
        only_used_in_recursion(n - 1, passed)
    }
}

struct Method;

#[timed]
impl Method {
    fn unused_self(&self) -> u8 {
        5
    }

    fn new() -> u8 {
        5
    }

    fn to_owned_thing(self) -> u8 {
        5
    }

    fn needless_mut(&mut self, values: &mut Vec<u8>) -> usize {
        values.len()
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

pub(crate) fn run(t: &mut Trace) {
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
    t.add(
        "returns",
        (needless_return(1), needless_return_in_branches(None)),
    );
    t.add(
        "returns",
        (needless_unit_return(&mut Vec::new()), let_and_return(1)),
    );
    t.add("question", needless_question_mark("x"));
    t.add(
        "clone",
        (
            redundant_clone("x"),
            needless_borrow(&String::new(), &vec![1]),
        ),
    );
    t.add(
        "by value",
        (
            by_value(String::new(), vec![1]),
            too_many(1, 2, 3, 4, 5, 6, 7, 8),
        ),
    );
    t.add(
        "complex",
        (
            complex(0),
            complex(3),
            needless_lifetimes("a"),
            unused_lifetime::<u8>(1),
        ),
    );
    t.caught("unwraps", || unwraps("x", &[1]));
    t.add(
        "shadows",
        (shadows(1), unnecessary_wraps(1), must_use_candidate(1)),
    );
    t.caught("unwrap", || unwrap_in_result("x"));
    t.add("errors", missing_errors_and_panics("x"));
    t.add(
        "async",
        (
            drive(unused_async(1)),
            drive(async_mistakes(1, 2)),
            drive(async_unreachable(true)),
        ),
    );
    t.add(
        "async",
        (
            drive(async_let_and_return(1)),
            drive(async_lock(&std::sync::Mutex::new(1))),
        ),
    );
    t.add("large", drive(large([0; 20_000])));
    t.add("manual", (drive(manual_async(1)), drive(boxed_mistakes(1))));
    t.add(
        "names",
        (naming(1), extra_parentheses(1), allowed(1), expected(1)),
    );
    t.add(
        "inside",
        (
            expected_in_vain(1),
            allowed_inside(1),
            never_loop(&[1]),
            identity_op(1),
        ),
    );
    t.add(
        "more",
        (unused_doc(1), implicit("x"), unsafe {
            no_safety_section(&1)
        }),
    );
    t.add("never", unconditional(1));
    t.add("recursion", only_used_in_recursion(3, 1));
    t.add(
        "methods",
        (Method.unused_self(), Method::new(), Method.to_owned_thing()),
    );
    t.add("methods", Method.needless_mut(&mut vec![1]));
    t.add(
        "module",
        (inside::unused_in_module(1), fields_do_not_hide(1, 2)),
    );
}
