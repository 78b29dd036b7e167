//! What an error shows, and what counts as one.

use std::error::Error;
use std::fmt;

use storyline::testing::capture;
use storyline::{timed, timed_block};

use super::{Declined, now};
use crate::ledger::text;

#[derive(Debug)]
#[allow(dead_code, reason = "it is there to be shown by Debug")]
struct Secretive {
    card: &'static str,
}

#[timed]
fn without_text() -> Result<(), Secretive> {
    Err(Secretive { card: "4111" })
}

#[timed(err(debug))]
fn with_debug() -> Result<(), Secretive> {
    Err(Secretive { card: "4111" })
}

#[timed(err(none))]
fn with_nothing() -> Result<(), Declined> {
    Err(Declined::new("private"))
}

#[timed(err(display))]
fn with_display() -> Result<(), Declined> {
    Err(Declined::because("shown", Declined::new("hidden")))
}

#[timed]
fn boxed(parse: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    Ok(parse.parse::<u8>()?)
}

#[timed]
fn boxed_plainly() -> Result<(), Box<dyn Error>> {
    Err(Box::new(Declined::because("outer", Declined::new("inner"))))
}

#[timed]
fn generic<E>(error: E) -> Result<(), E> {
    Err(error)
}

#[timed]
fn generic_with_text<E: fmt::Display>(error: E) -> Result<(), E> {
    Err(error)
}

#[test]
fn errors_show_what_their_type_allows() {
    let logged = capture(|| {
        let _ = without_text();
        let _ = with_debug();
        let _ = with_nothing();
        let _ = with_display();
        let _ = boxed("x");
        let _ = boxed_plainly();
        let _ = generic(Secretive { card: "4111" });
        let _ = generic(Declined::new("has a text, but the function does not know"));
        let _ = generic_with_text(7);
    });
    let errors: Vec<Option<&str>> = logged
        .iter()
        .map(|it| it.field("error").map(|_| text(it, "error")))
        .collect();
    assert_eq!(
        errors,
        [
            Some("it::timed::errors::Secretive"),
            Some("Secretive { card: \"4111\" }"),
            None,
            Some("shown"),
            Some("invalid digit found in string"),
            Some("outer: inner"),
            Some("it::timed::errors::Secretive"),
            Some("it::timed::Declined"),
            Some("7"),
        ]
    );
    assert!(logged.iter().all(|it| text(it, "outcome") == "err"));
}

struct Response(u16);

impl Response {
    fn is_fine(&self) -> bool {
        self.0 < 500
    }
}

#[timed(ok_if = Response::is_fine)]
fn responds(status: u16) -> Response {
    Response(status)
}

fn not_found_is_fine(result: &Result<(), Declined>) -> bool {
    !matches!(result, Err(error) if error.text != "not found")
}

#[timed(ok_if = not_found_is_fine)]
fn looks_up(text: &'static str) -> Result<(), Declined> {
    Err(Declined::new(text))
}

#[timed(ok_if = |response| response.0 < 500)]
async fn responds_later(status: u16) -> Response {
    Response(status)
}

#[timed(ok_if = |it| matches!(it, Ok(found) if !found.is_empty()))]
fn finds(text: &str) -> Result<Vec<&str>, Declined> {
    Ok(text.split_whitespace().collect())
}

#[timed(ok_if = broken_rule)]
fn judged_by_a_broken_rule() -> Result<(), Declined> {
    Err(Declined::new("no"))
}

fn broken_rule(_: &Result<(), Declined>) -> bool {
    panic!("broken rule")
}

#[test]
fn ok_if_takes_a_closure() {
    let logged = capture(|| {
        let _ = now(responds_later(200)).0;
        let _ = now(responds_later(503)).0;
        let _ = finds("one two");
        let _ = finds("");
        timed_block!("sum", ok_if = |sum| *sum < 3, { 1 + 1 });
        timed_block!("sum", ok_if = |sum| *sum < 3, { 2 + 2 });
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "err", "ok", "err", "ok", "err"]);
}

#[test]
fn ok_if_decides() {
    let logged = capture(|| {
        let _ = responds(200).0;
        let _ = responds(503).0;
        let _ = looks_up("not found");
        let _ = looks_up("no access");
        let _ = judged_by_a_broken_rule();
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(outcomes, ["ok", "err", "ok", "err", "err"]);
    assert!(logged[1].field("error").is_none());
    assert_eq!(text(&logged[3], "error"), "no access");
}
