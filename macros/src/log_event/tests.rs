use super::*;
use crate::tests::snapshot_expr;
use quote::quote;

fn messages(source: &str) -> Vec<String> {
    let tokens: TokenStream = source.parse().expect("the test's own tokens");
    let mut errors = Errors::new();
    let args = args::parse(tokens, &mut errors);
    let _ = model::build(args, &mut errors);
    errors.into_messages()
}

#[test]
fn one_static_one_call() {
    snapshot_expr(
        "log_event/basic",
        &expand(quote!((::storyline) INFO, "payment_initiated", user_id, amount = 500)),
    );
}

#[test]
fn nothing_but_a_name() {
    snapshot_expr(
        "log_event/bare",
        &expand(quote!((::storyline) CRITICAL, "out_of_memory")),
    );
}

#[test]
fn a_level_known_at_run_time() {
    snapshot_expr(
        "log_event/run_time_level",
        &expand(quote!((::storyline)(pick(&x)), "request_done", status)),
    );
}

#[test]
fn every_capture() {
    snapshot_expr(
        "log_event/captures",
        &expand(quote!((::storyline)
            DEBUG, "all_of_them", %a, ?b, c: display = x + 1, d: debug, e: serde, f: error, g: redact,
            h: mask(last = 4), i: hash, j: reveal("words of a test") = j.k, "l-m" = 1.5
        )),
    );
}

#[test]
fn a_template_with_holes() {
    snapshot_expr(
        "log_event/template",
        &expand(quote!((::storyline)
            WARN,
            "slow_query",
            "{table} took {ms:>8.2} ms {{really}}: {error:?}",
            ms = took.as_millis(),
            rows
        )),
    );
}

#[test]
fn options_hold_back() {
    snapshot_expr(
        "log_event/options",
        &expand(quote!((::storyline) INFO, at_most(5 per 1s), target = "db", "row_read", id)),
    );
}

#[test]
fn awaits_before_it_captures() {
    snapshot_expr(
        "log_event/await",
        &expand(quote!((::storyline) INFO, once, "row_read", a = f().await, %b)),
    );
}

#[test]
fn right_calls_are_let_through() {
    for source in [
        "INFO, \"a\"",
        "INFO, \"a\",",
        "INFO, every(10), \"a\", b",
        "INFO, sample(0.5), target = TARGET, \"a\", \"text\", \"key\" = 1",
        "INFO, \"a\", \"{b}{b}\"",
        "INFO, \"a\", \"{b:?}{b:?}\"",
        "INFO, \"a\", \"{b:?}\", ?b",
        "INFO, \"a\", msg = 1",
        "INFO, \"a\", \"{password}\", password: redact",
        "INFO, \"a\", target = 3, every = 4, once = 5",
        "INFO, \"a\", \"key\": debug = 1",
    ] {
        assert_eq!(messages(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn says_what_to_write_instead() {
    for (source, part) in [
        ("", "a level and an event's name are missing"),
        ("INFO", "an event's name is missing"),
        ("INFO,", "an event's name is missing"),
        ("INFO \"a\"", "a comma is missing before `\"a\"`"),
        ("INFO, user_id = 3", "missing before the fields"),
        (
            "INFO, NAME, b",
            "`NAME` is not known when the program is compiled",
        ),
        ("INFO, format!(\"a\")", "cannot be an event's name"),
        ("INFO, %e", "missing before the fields"),
        ("\"order_created\", id", "the level comes first"),
        ("INFOO, \"a\"", "did you mean `INFO`"),
        ("INFO, \"PaymentFailed\"", "`\"payment_failed\"`"),
        (
            "INFO, \"could not open {e}\"",
            "`\"could_not_open\", \"could not open {e}\", e: error`",
        ),
        ("INFO, evry(10), \"a\"", "did you mean `every`"),
        ("INFO, onec, \"a\"", "did you mean `once`"),
        ("INFO, user_id, \"a\"", "move \"a\" in front of them"),
        ("INFO, once, once, \"a\"", "`once` is given twice"),
        (
            "INFO, once, every(2), \"a\"",
            "`once` and `every` both hold records back",
        ),
        (
            "INFO, target = \"x\", target = \"y\", \"a\"",
            "`target` is given twice",
        ),
        ("INFO, target(\"x\"), \"a\"", "`target = \"x\"`"),
        ("INFO, target(), \"a\"", "`target = \"payments\"`"),
        ("INFO, target = \"\", \"a\"", "a target must not be empty"),
        ("INFO, every, \"a\"", "`every(10)`"),
        ("INFO, every(0), \"a\"", "would write nothing"),
        ("INFO, every(1.5), \"a\"", "whole number"),
        ("INFO, every(0, 1), \"a\"", "would write nothing"),
        ("INFO, every(1, 0), \"a\"", "whole number"),
        ("INFO, at_most(5), \"a\"", "`at_most(5 per 1s)`"),
        ("INFO, at_most(5 in 1s), \"a\"", "`at_most(5 per 1s)`"),
        ("INFO, at_most(5 per 1sec), \"a\"", "write `1s`"),
        ("INFO, at_most(0 per 1s), \"a\"", "would write nothing"),
        ("INFO, sample(2), \"a\"", "a share above 0"),
        ("INFO, sample, \"a\"", "`sample(0.01)`"),
        ("INFO, once(1), \"a\"", "takes no argument"),
        ("INFO, every(10) \"a\"", "a comma is missing"),
        ("INFO, \"a\", \"{}\"", "every hole is a field"),
        (
            "INFO, \"a\", \"{password}\"",
            "the hole `{password}` names a secret",
        ),
        ("INFO, \"a\", \"{pid}\"", "the key `pid` is written by"),
        ("INFO, \"a\", \"text\", msg = 1", "written by the template"),
        ("INFO, \"a\", \"{e:?}\", e = x", "`e = ?x` after it"),
        ("INFO, \"a\", \"{e:?}{e}\"", "taken in one way"),
        (
            "INFO, \"a\", \"{password:?}\", password: hash",
            "which its capture says: write `{password}` in the text",
        ),
        (
            "INFO, \"a\", \"{e:?}\", e: reveal(\"a made-up one\") = password",
            "which its capture says: write `{e}` in the text",
        ),
        (
            "INFO, \"a\", b, \"late text\"",
            "belongs to an event, right after its name",
        ),
        ("INFO, \"a\" b", "a comma is missing before `b`"),
        ("INFO, \"a\", suppressed = 1", "`suppressed_count = 1`"),
    ] {
        let messages = messages(source);
        assert_eq!(messages.len(), 1, "{source}: {messages:?}");
        assert!(messages[0].contains(part), "{source}: {messages:?}");
    }
}

#[test]
fn all_mistakes_of_a_call_come_at_once() {
    let messages =
        messages("INFOO, evry(10), \"PaymentFailed\", \"{} {password}\", token, a b, a, pid, f()");
    assert_eq!(messages.len(), 7, "{messages:#?}");
}

#[test]
fn braces_of_a_text_and_ranges_are_no_mistakes() {
    for source in [
        r#"INFO, "braces_sent", "{a} {{}} {{0}} }}{{", a = 1"#,
        r#"INFO, "range_read", open: debug = ..last, all: debug = .."#,
    ] {
        assert_eq!(messages(source), [""; 0], "{source}");
    }
    let unnamed = r#"INFO, "braces_sent", "{{{}", 1"#;
    assert_eq!(messages(unnamed).len(), 1, "{unnamed}");
}
