//! What is wrong with the user's own types is said once, and nothing of ours beside it.

use storyline::{timed, timed_block};

#[timed]
fn unknown() -> Missing {
    1
}

#[timed]
fn unknown_error() -> Result<u8, Missing> {
    Ok(1)
}

#[timed]
async fn unknown_error_later() -> Result<u8, Missing> {
    Ok(1)
}

#[timed(future)]
fn unknown_future() -> Missing {
    todo!()
}

#[timed]
fn without_a_size() -> dyn std::fmt::Debug {
    1
}

#[timed]
fn text(text: str) -> usize {
    text.len()
}

#[timed]
fn lent<'a>(one: &'a str, other: &str) -> &'a str {
    if one.is_empty() { one } else { other }
}

#[timed]
async fn lent_for_later<'a>(one: &'a str, other: &str) -> &'a str {
    if one.is_empty() {
        return one;
    }
    other
}

fn not_known_yet() -> u8 {
    let parsed = timed_block!("parse", { "1".parse().unwrap() });
    parsed
}

fn main() {
    let _ = (unknown(), unknown_error());
    drop((unknown_error_later(), unknown_future()));
    lent("", "");
    drop(lent_for_later("", ""));
    timed_block!("missing", { missing });
    not_known_yet();
}
