//! How a body is left: by needless words, by values wrapped in vain, by panics.

use storyline::timed;

use crate::trace::Trace;

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
fn extra_parentheses(value: u8) -> u8 {
    if (value > 1) {
        return (value);
    }
    ({ value })
}

#[timed]
fn never_loop(values: &[u8]) -> u8 {
    for value in values {
        return *value;
    }
    0
}

pub(super) fn run(t: &mut Trace) {
    t.add(
        "returns",
        (needless_return(1), needless_return_in_branches(None)),
    );
    t.add(
        "returns",
        (needless_unit_return(&mut Vec::new()), let_and_return(1)),
    );
    t.add("question", needless_question_mark("x"));
    t.caught("unwraps", || unwraps("x", &[1]));
    t.add("wraps", (unnecessary_wraps(1), must_use_candidate(1)));
    t.caught("unwrap", || unwrap_in_result("x"));
    t.add("errors", missing_errors_and_panics("x"));
    t.add("parentheses", (extra_parentheses(1), never_loop(&[1])));
}
