//! `log_event!` through the public door: what is evaluated when, what a record then holds, and what
//! keeps secrets out of it.

use std::cell::RefCell;
use std::error::Error;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use storyline::testing::{Captured, capture};
use storyline::{Level, Secret, context, context_of, log_event};

fn only(captured: &Captured) -> Vec<(String, String)> {
    assert_eq!(captured.len(), 1, "{captured:?}");
    captured[0]
        .fields
        .iter()
        .map(|(key, value)| (key.clone(), format!("{value:?}")))
        .collect()
}

#[test]
fn arguments_are_evaluated_once_and_in_order() {
    let seen = RefCell::new(Vec::new());
    let note = |name: &'static str| {
        seen.borrow_mut().push(name);
        name
    };
    let captured = capture(|| {
        log_event!(
            INFO, "order_checked", b = note("first"), a = %note("second"), c: debug = note("third"),
            d: redact = note("fourth"), e: hash = note("fifth")
        );
    });
    assert_eq!(
        *seen.borrow(),
        ["first", "second", "third", "fourth", "fifth"]
    );
    let keys: Vec<_> = only(&captured).into_iter().map(|it| it.0).collect();
    assert_eq!(keys, ["b", "a", "c", "d", "e"]);
}

#[test]
fn a_call_that_is_held_back_evaluates_nothing() {
    let mut evaluated = 0;
    let captured = capture(|| {
        for round in 0..7 {
            log_event!(
                INFO,
                every(3),
                "round_done",
                round,
                count = {
                    evaluated += 1;
                    evaluated
                }
            );
        }
    });
    assert_eq!(evaluated, 3);
    captured.assert_count("round_done", 3);
    assert!(captured[0].field("suppressed").is_none());
    captured
        .assert_logged("round_done")
        .with("round", 3)
        .with("suppressed", 2);
    captured
        .assert_logged("round_done")
        .with("round", 6)
        .with("count", 3);
}

#[test]
fn a_level_of_run_time_is_the_record_s() {
    for level in Level::ALL {
        let captured = capture(|| log_event!((level), "level_chosen"));
        assert_eq!(captured[0].level, level);
    }
}

#[test]
fn shortcuts_have_their_levels() {
    let captured = capture(|| {
        storyline::trace!("level_chosen");
        storyline::debug!("level_chosen");
        storyline::info!("level_chosen");
        storyline::warning!("level_chosen");
        storyline::error!("level_chosen");
        storyline::critical!("level_chosen");
        storyline::warn!("level_chosen");
    });
    let mut levels: Vec<_> = captured.iter().map(|record| record.level).collect();
    assert_eq!(levels.pop(), Some(Level::Warning));
    assert_eq!(levels, Level::ALL);
}

struct Panics;

impl fmt::Display for Panics {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("no text today");
    }
}

struct Logs;

impl fmt::Display for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        log_event!(DEBUG, "inner_shown", depth = 2);
        f.write_str("outer")
    }
}

#[test]
fn a_display_may_panic_or_log() {
    let captured = capture(|| {
        log_event!(INFO, "value_shown", before = 1, value = %Panics, after = 2);
        log_event!(INFO, "outer_shown", value = %Logs);
    });
    captured
        .assert_logged("value_shown")
        .with("before", 1)
        .with("value", "<panicked: no text today>")
        .with("after", 2);
    captured.assert_logged("inner_shown").with("depth", 2);
    captured.assert_logged("outer_shown").with("value", "outer");
}

struct Point;

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut point = to.serialize_struct("Point", 2)?;
        point.serialize_field("x", &1.5)?;
        point.serialize_field("name", "a\"b")?;
        point.end()
    }
}

#[derive(Debug)]
struct Outer(std::num::ParseIntError);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the amount is no number")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn captures_keep_what_they_promise() {
    let failure = Outer("x".parse::<u8>().expect_err("no number"));
    let boxed: Box<dyn Error + Send + Sync> = "disk full".into();
    let captured = capture(|| {
        log_event!(INFO, "all_shown", point: serde = Point, failure: error, boxed: error, text = ?"a\nb");
    });
    let fields = only(&captured);
    assert_eq!(fields[0].1, r#"Json("{\"x\":1.5,\"name\":\"a\\\"b\"}")"#);
    captured
        .assert_logged("all_shown")
        .with(
            "failure",
            "the amount is no number: invalid digit found in string",
        )
        .with("boxed", "disk full")
        .with("text", "\"a\\nb\"");
}

#[test]
fn secrets_stay_out_of_the_record() {
    const CARD: &str = "4111111111111111";
    let login = Secret::new(CARD.to_owned());
    let captured = capture(|| {
        log_event!(
            INFO, "login_tried", "with {password} and {card}", password: redact = login, pwd: redact = CARD,
            card: mask(last = 4) = CARD, seen: hash = CARD, again: hash = login, shown = ?login
        );
        let _context = context!(token: redact = CARD, iban: mask(last = 2) = CARD);
        log_event!(INFO, "login_done");
    });
    let text = format!("{captured:?}");
    assert!(!text.contains("41111"), "{text}");
    let record = captured
        .assert_logged("login_tried")
        .with("card", "****1111");
    assert_eq!(record.field("seen"), record.field("again"));
    record
        .with("msg", "with [redacted] and ****1111")
        .with("shown", "Secret([redacted])");
    captured
        .assert_logged("login_done")
        .with("token", "[redacted]")
        .with("iban", "****11");
}

#[test]
fn a_template_shows_its_fields() {
    let (table, rows) = ("orders", 1234.5678);
    let captured = capture(|| {
        log_event!(INFO, "rows_read", "{{{table:>8}}} {rows:.2} {left:#06x} {table:?}", table = ?table, left = 255);
    });
    captured
        .assert_logged("rows_read")
        .with("rows", 1234.5678)
        .with("left", 255)
        .with("msg", "{\"orders\"} 1234.57 0x00ff \"orders\"");
}

/// The macro writes a hole's form into the text of the site, the runtime reads it there, and what is shown is what
/// `format!` makes of the same hole.
#[test]
fn a_hole_is_shown_as_rust_would_show_it() {
    macro_rules! same {
        ($name:ident = $value:expr, $($template:literal),+) => {$(
            let $name = $value;
            let captured = capture(|| log_event!(INFO, "value_seen", $template));
            captured.assert_logged("value_seen").with("msg", format!($template).as_str());
        )+};
    }
    same!(
        value = 255,
        "{value}",
        "{value:8}",
        "{value:<8}|",
        "{value:^8}|",
        "{value:>8}|",
        "{value:*^9}|",
        "{value:>>8}",
        "{value:+}",
        "{value:08}",
        "{value:+08}",
        "{value:x}",
        "{value:X}",
        "{value:#x}",
        "{value:#010X}",
        "{value:o}",
        "{value:#o}",
        "{value:b}",
        "{value:#012b}",
        "{value:é<+#8x}|",
        "{value:1000}"
    );
    same!(value = -7, "{value:+}", "{value:05}", "{value:<5}|");
    same!(
        value = 1234.5678,
        "{value:.2}",
        "{value:.0}",
        "{value:12.3}|",
        "{value:<+12.1}|",
        "{value:012.2}",
        "{value:e}",
        "{value:.2e}"
    );
    same!(
        value = "naïve",
        "{value:.3}",
        "{value:>8}",
        "{value:-^9.4}",
        "{value:8}|"
    );
}

#[test]
fn a_context_binds_what_the_call_does_not_name() {
    let (tenant, user_id) = ("acme", 7);
    let captured = capture(|| {
        let outer = context_of!(tenant, attempt = 1);
        let _outer = outer.enter();
        let _inner = context!(user_id, attempt = 2);
        log_event!(INFO, "order_created", user_id = 8);
    });
    captured
        .assert_logged("order_created")
        .with("tenant", "acme")
        .with("attempt", 2)
        .with("user_id", 8);
}
