//! What a team changes from one version to the next: what fails, what is worth a note, what is fine.

use std::path::Path;

use crate::{catalog, golden};

const FINE: &str = "nothing that others rely on has changed";

/// Holds a changed catalogue against the golden one.
fn check(folder: &Path, older: &str, newer: &str) -> (u8, String) {
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    std::fs::write(&old, older).unwrap();
    std::fs::write(&new, newer).unwrap();
    catalog(&new, &["--check", old.to_str().unwrap()])
}

/// Each change with the exit code, and what is said of it.
fn expect(changes: &[(&str, &str, u8, &str)]) {
    let whole = golden();
    let folder = tempfile::tempdir().unwrap();
    for (from, to, code, says) in changes {
        assert!(whole.contains(from), "{from}");
        let (found, said) = check(folder.path(), &whole, &whole.replacen(from, to, 1));
        assert!(said.contains(says), "{from} to {to}: {said}");
        assert_eq!(found, *code, "{from} to {to}: {said}");
    }
}

#[test]
fn names_and_kinds() {
    expect(&[
        (
            "\"event\",\"name\":\"paid\"",
            "\"event\",\"name\":\"was_paid\"",
            1,
            "broken  event paid: is gone; renamed to `was_paid`? (was at tests/editions",
        ),
        (
            "\"kind\":\"event\",\"name\":\"paid\"",
            "\"kind\":\"timed\",\"name\":\"paid\"",
            1,
            "broken  event paid: is gone; `timed` of this name is new",
        ),
        (
            "{\"kind\":\"event\",\"name\":\"paid\"",
            "{\"kind\":\"event\",\"name\":\"repaid\",\"levels\":[],\"fields\":[],\"constants\":[],\
             \"template\":null,\"options\":[],\"target\":\"m\",\"module\":\"m\",\"file\":\"f\",\"line\":1},\n\
             {\"kind\":\"event\",\"name\":\"paid\"",
            0,
            "new     event repaid (f:1)",
        ),
    ]);
}

#[test]
fn fields_and_their_types() {
    expect(&[
        (
            "\"key\":\"rows\"",
            "\"key\":\"lines\"",
            1,
            "broken  event held_back: has lost the field `rows`",
        ),
        (
            "\"key\":\"amount\"",
            "\"key\":\"id_2\"",
            1,
            "broken  transition order: has lost the field `amount`",
        ),
        (
            "\"key\":\"by\",\"types\":[\"str\"]",
            "\"key\":\"by\",\"types\":[\"u64\"]",
            1,
            "broken  event paid: has the field `by` as u64, which was str",
        ),
        (
            "\"key\":\"by\",\"types\":[\"str\"]",
            "\"key\":\"by\",\"types\":[\"Option<str>\"]",
            1,
            "broken  event paid: has the field `by` as Option<str>, which was str",
        ),
        (
            "\"key\":\"by\",\"types\":[\"str\"]",
            "\"key\":\"by\",\"types\":[\"redacted\"]",
            1,
            "broken  event paid: has the field `by` as redacted, which was str",
        ),
        // What text cannot tell apart, and what is never missing any more.
        (
            "\"key\":\"by\",\"types\":[\"str\"]",
            "\"key\":\"by\",\"types\":[\"display\"]",
            0,
            FINE,
        ),
        (
            "\"key\":\"a\",\"types\":[\"u64\"]",
            "\"key\":\"a\",\"types\":[\"i64\"]",
            0,
            FINE,
        ),
        ("[\"Option<u64>\"]", "[\"u64\"]", 0, FINE),
        (
            "\"key\":\"rows\"",
            "\"key\":\"more\",\"types\":[\"u64\"]},{\"key\":\"rows\"",
            0,
            FINE,
        ),
        (
            "\"dependency\"",
            "\"leads_to\"",
            1,
            "broken  timed charge: has lost the field `dependency`",
        ),
        (
            "\"stripe\"",
            "\"adyen\"",
            1,
            "broken  timed charge: has `dependency=adyen`, which was `stripe`",
        ),
    ]);
}

/// Nobody who reads records knows which structure their fields come from.
#[test]
fn fields_of_structures() {
    expect(&[
        (
            "\"kind\":\"fields\",\"name\":\"Card\"",
            "\"kind\":\"fields\",\"name\":\"Kard\"",
            0,
            FINE,
        ),
        (",\"of\":\"Charge\"", "", 0, FINE),
        (
            "\"key\":\"charge.card.id\"",
            "\"key\":\"charge.card.number_of\"",
            1,
            "broken  event card_charged: has lost the field `charge.card.id`",
        ),
    ]);
    // Of a structure that is not known nothing is said to be lost, and nothing was promised.
    let whole = golden();
    let folder = tempfile::tempdir().unwrap();
    let key = "\"key\":\"charge.lines\",\"types\":[\"debug\"]";
    let unknown = whole.replace(key, "\"key\":\"charge.*\",\"types\":[\"fields\"]");
    assert_ne!(whole, unknown);
    for (older, newer) in [(&whole, &unknown), (&unknown, &whole)] {
        let (code, said) = check(folder.path(), older, newer);
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn states_and_steps() {
    let whole = golden();
    let folder = tempfile::tempdir().unwrap();
    let renamed = whole.replace("\"closed\"", "\"shut\"");
    let (code, said) = check(folder.path(), &whole, &renamed);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("broken  transition door: no longer has the state `closed`"),
        "{said}"
    );
    assert!(!said.contains("note"), "{said}");
    let fewer = whole.replace(
        "{\"name\":\"open\",\"to\":[\"closed\"]}",
        "{\"name\":\"open\",\"to\":[]}",
    );
    let (code, said) = check(folder.path(), &whole, &fewer);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("note    transition door: no longer goes from `open` to `closed`"),
        "{said}"
    );
}

#[test]
fn levels_and_outcomes() {
    expect(&[
        (
            "\"level\":\"CRITICAL\"",
            "\"level\":\"ERROR\"",
            1,
            "broken  event every_capture: has the level ERROR, which was at least CRITICAL",
        ),
        (
            "\"level\":\"CRITICAL\"",
            "\"level\":null",
            1,
            "broken  event every_capture: has a level known at run time only",
        ),
        (
            "\"level\":\"DEBUG\"",
            "\"level\":\"ERROR\"",
            0,
            "has the level ERROR of outcome ok, which was DEBUG: alerts may fire",
        ),
        (
            "{\"when\":\"panic\",\"level\":\"ERROR\"},{\"when\":\"slow\"",
            "{\"when\":\"slow\"",
            1,
            "broken  timed charge: is no longer recorded for outcome panic",
        ),
        ("\"level\":null", "\"level\":\"INFO\"", 0, FINE),
        // A function that gives no `Result` any more, and one whose value can be judged now.
        (
            "{\"when\":\"err\",\"level\":\"WARNING\"},",
            "",
            1,
            "broken  timed later: is no longer recorded for outcome err",
        ),
        (
            "\"when\":\"returned\"",
            "\"when\":\"ok\"",
            1,
            "broken  timed of_any_type: is no longer recorded for outcome returned",
        ),
    ]);
}

#[test]
fn what_else_there_is_to_a_record() {
    expect(&[
        ("\"line\":", "\"line\":1", 0, FINE),
        ("\"file\":\"tests/", "\"file\":\"elsewhere/", 0, FINE),
        (
            "\"target\":\"db\"",
            "\"target\":\"sql\"",
            0,
            "note    target db: is `sql` for 1 name: what says `db=..` does not reach it",
        ),
        (
            "a `text`",
            "another text",
            0,
            "note    event every_capture: says \"another text",
        ),
        (
            "at_most(5 per 1s)",
            "once",
            0,
            "note    event held_back: is held back by `once`: there may be fewer records",
        ),
        (
            "slow = 500ms",
            "slow = 50ms",
            0,
            "note    timed charge: has another option: `slow = 50ms`",
        ),
        (
            "\"start\"",
            "\"err(none)\"",
            1,
            "broken  timed later: no longer writes `function_started`",
        ),
        (
            "\"start\"",
            "\"start\",\"err(none)\"",
            1,
            "broken  timed later: no longer writes `error`",
        ),
    ]);
}

/// A person who sees this in a build for the first time must know how to go on.
#[test]
fn what_to_do_is_said() {
    let whole = golden();
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = check(folder.path(), &whole, &whole);
    assert_eq!((code, said.lines().count()), (0, 1), "{said}");
    let renamed = whole.replace("\"paid\"", "\"was_paid\"");
    let (code, said) = check(folder.path(), &whole, &renamed);
    assert_eq!(code, 1);
    let renewal = format!(
        "keep `storyline catalog {0}/new.json --json` in place of `{0}/old.json`",
        folder.path().display()
    );
    let advice = format!("put them back, or change what relies on them and then {renewal}");
    assert!(said.contains(&advice), "{said}");
    let without = "{\"format\":1,\"program\":\"catalog\",\"entries\":[]}";
    let (code, said) = check(folder.path(), without, &whole);
    assert_eq!(code, 0);
    assert!(
        said.contains(&format!("what is new is not watched yet: {renewal}")),
        "{said}"
    );
}

#[test]
fn what_is_no_catalogue_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = golden();
    for (older, reason) in [
        (
            "{\"format\":2,\"program\":\"x\",\"entries\":[]}",
            "its format is 2",
        ),
        ("{\"format\":1}", "missing field"),
        ("paid", "is no ELF file"),
    ] {
        let (code, said) = check(folder.path(), older, &whole);
        assert_eq!(code, 2);
        assert!(
            said.contains(reason) && said.contains("old.json`"),
            "{said}"
        );
    }
    let (code, said) = catalog(
        &folder.path().join("new.json"),
        &["--check", "/nowhere/old.json"],
    );
    assert_eq!(code, 2);
    assert!(said.contains("cannot read `/nowhere/old.json`"), "{said}");
}
