//! The macros and the formats each know which characters cannot be seen. The macro crate cannot ask the
//! runtime, so the two lists are compared here.

use std::path::Path;

/// The ranges of a `matches!` over characters, read from the source of the function `name`.
fn ranges(file: &str, name: &str) -> Vec<(char, char)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let source = std::fs::read_to_string(path).expect("a source file of ours");
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
    let refused = ranges("macros/src/field/letters.rs", "is_invisible");
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
