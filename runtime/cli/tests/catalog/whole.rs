//! The fixture has all that a reader of entries knows: what macros write and what is read of it are compared in the
//! golden files, and nothing is left out of that.

use std::collections::BTreeSet;

use serde_json::Value;
use storyline::catalog::{Captured, Kind, Outline, SiteKind};

use crate::golden;

fn entries() -> Vec<Value> {
    let whole: Value = serde_json::from_str(&golden()).unwrap();
    whole["entries"].as_array().unwrap().clone()
}

/// The types of all fields, those that may be missing as what they are.
fn types(entries: &[Value]) -> BTreeSet<String> {
    let fields = entries
        .iter()
        .flat_map(|it| it["fields"].as_array().unwrap());
    let types = fields.flat_map(|it| it["types"].as_array().unwrap());
    let names = types.map(|it| it.as_str().unwrap());
    names
        .map(|it| {
            it.trim_start_matches("Option<")
                .trim_end_matches('>')
                .to_owned()
        })
        .collect()
}

fn letters() -> impl Iterator<Item = char> {
    (' '..='~').filter(|it| !"@>!:\"{".contains(*it))
}

#[test]
fn what_a_text_may_describe_is_in_the_fixture() {
    let entries = entries();
    let mut kinds = 0;
    for letter in letters() {
        let Some(outline) = Outline::read(&format!("{letter}I x\n@m\n1\nf")).map(|it| it.kind)
        else {
            continue;
        };
        let kind = match outline {
            SiteKind::Event => "event",
            SiteKind::Timed => "timed",
            SiteKind::Block => "block",
            SiteKind::Transition => "transition",
            SiteKind::Fields => "fields",
        };
        assert!(entries.iter().any(|it| it["kind"] == kind), "{kind}");
        kinds += 1;
    }
    assert_eq!(kinds, 5);
}

#[test]
fn how_a_field_may_be_taken_is_in_the_fixture() {
    let entries = entries();
    let types = types(&entries);
    let mut ways = 0;
    for letter in letters() {
        let text = format!("eI x\n{letter}key\n@m\n1\nf");
        let Some((captured, _)) = Outline::read(&text).and_then(|mut it| it.fields.pop()) else {
            continue;
        };
        let shown = match captured {
            Captured::Group => {
                let mut fields = entries
                    .iter()
                    .flat_map(|it| it["fields"].as_array().unwrap());
                assert!(fields.any(|it| it["of"].is_string()), "a structure");
                ways += 1;
                continue;
            }
            Captured::Typed | Captured::Revealed => "str",
            Captured::Display => "display",
            Captured::Debug => "debug",
            Captured::Serde => "json",
            Captured::Error => "error",
            Captured::Redacted => "redacted",
            Captured::Masked => "masked",
            Captured::Hashed => "hashed",
        };
        assert!(types.contains(shown), "{shown}");
        ways += 1;
    }
    assert_eq!(ways, 10);
}

#[test]
fn every_type_of_a_value_is_in_the_fixture() {
    let types = types(&entries());
    for (kind, _) in (0..0x80).filter_map(Kind::from_byte) {
        // What only the runtime writes, or a capture has another word for.
        if !matches!(
            kind,
            Kind::Absent | Kind::Millis | Kind::Json | Kind::Fields
        ) {
            assert!(types.contains(kind.name()), "{}", kind.name());
        }
    }
}

/// The page for the people on call has the words of the library's own page.
#[test]
fn what_storyline_itself_says_is_told_as_in_the_readme() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = std::fs::read_to_string(path.join("src/catalog/own.md")).unwrap();
    let readme = std::fs::read_to_string(path.join("../../README.md")).unwrap();
    assert!(
        readme.contains(&own),
        "src/catalog/own.md differs from the README"
    );
}
