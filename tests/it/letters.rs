//! The macros and the formats each know which characters cannot be seen, and which keys a record uses
//! itself. The macro crate cannot ask the runtime, so the lists are compared here.

use std::path::Path;

fn source(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    std::fs::read_to_string(path).expect("a source file of ours")
}

/// The ranges of a `matches!` over characters, read from the source of the function `name`.
fn ranges(file: &str, name: &str) -> Vec<(char, char)> {
    let source = source(file);
    let body = source
        .split(&format!("fn {name}("))
        .nth(1)
        .expect("the function");
    let body = body.split("\n}").next().expect("its end");
    let scalar = |text: &str| {
        let digits = text.split("\\u{").nth(1)?.split('}').next()?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    body.lines()
        .filter_map(|line| {
            let mut ends = line.split("..=").filter_map(scalar);
            let first = ends.next()?;
            Some((first, ends.next().unwrap_or(first)))
        })
        .collect()
}

#[test]
fn what_a_format_hides_is_refused_in_a_key() {
    let refused = ranges("macros/src/judge/letters.rs", "is_invisible");
    let hidden = ranges("runtime/src/format/hidden.rs", "is_hidden");
    assert!(
        refused.len() > 10 && hidden.len() > 10,
        "the lists were not found"
    );
    for letter in hidden.into_iter().flat_map(|(first, last)| first..=last) {
        let is_refused = letter.is_control()
            || letter.is_whitespace()
            || refused
                .iter()
                .any(|&(first, last)| (first..=last).contains(&letter));
        assert!(is_refused, "{letter:?} can stand in a key and not be seen");
    }
}

/// The first text of every line in the list that begins after `head`.
fn keys(file: &str, head: &str) -> Vec<String> {
    let source = source(file);
    let list = source.split(head).nth(1).expect("the list");
    let list = list.split("];").next().expect("its end");
    let list = list.split("],\n};").next().expect("its end");
    list.lines()
        .filter(|line| line.trim_start().starts_with(['"', '(']))
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_key_that_a_record_writes_is_refused_in_a_call() {
    let refused = keys("macros/src/field/reserved.rs", "const RECORD: Reserved");
    let written = keys("runtime/src/format/names.rs", "const RESERVED: [&str;");
    assert!(
        refused.len() > 10 && written.len() > 10,
        "the lists were not found"
    );
    for key in &written {
        assert!(refused.contains(key), "a call may write the key {key}");
    }
    // These two are fields of the record, which a format writes as it does any other; only a call must
    // not write them a second time.
    let fields = ["suppressed", "recovered"];
    let more: Vec<_> = refused
        .iter()
        .filter(|key| !written.contains(key))
        .collect();
    assert_eq!(more, fields, "keys that only the macros reserve");
}
