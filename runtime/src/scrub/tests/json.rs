//! JSON stays JSON, whatever was in it.

use proptest::prelude::*;

use super::JWT;
use crate::format;
use crate::scrub::find;
use crate::scrub::replace::replaced;

#[test]
fn json_stays_json() {
    for (text, expected) in [
        (r#"{"n":4111111111111111}"#, r#"{"n":"[card]"}"#),
        (
            r#"{"n":-4111111111111111,"m":[4111111111111111,1]}"#,
            r#"{"n":"[card]","m":["[card]",1]}"#,
        ),
        (
            r#"{"n":"4111111111111111","m":5}"#,
            r#"{"n":"[card]","m":5}"#,
        ),
        (
            r#"["\"4111111111111111\\",4111111111111111]"#,
            r#"["\"[card]\\","[card]"]"#,
        ),
        (
            r#"["a\n4111111111111111","\u00414111111111111111"]"#,
            r#"["a\n[card]","\u0041[card]"]"#,
        ),
        (
            r#"{"4111 1111 1111 1111":"123-45-6789"}"#,
            r#"{"[card]":"[ssn]"}"#,
        ),
        (
            r#"["-----BEGIN PRIVATE KEY-----\nMII",7]"#,
            r#"["[private_key]",7]"#,
        ),
        (
            "[4111111111111111.0,4111111111111111e2]",
            "[4111111111111111.0,4111111111111111e2]",
        ),
    ] {
        assert_eq!(replaced(text, true), expected);
        let mut one_form = Vec::new();
        assert!(
            format::push_json::<true>(expected, &mut one_form),
            "{expected}"
        );
    }
}

/// Pieces of which texts are made that look like something.
const PIECES: &[&str] = &[
    "4111111111111111",
    "4111 1111 1111 1111",
    "123-45-6789",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "AKIAIOSFODNN7EXAMPLE",
    JWT,
    "\\\"",
    "\\n",
    "\\\\",
    "\\u0041",
    " ",
    "-",
    "a",
    "ä",
    "{",
    ",",
];

proptest! {
    #[test]
    fn json_stays_json_whatever_stands_in_it(
        texts in prop::collection::vec(prop::collection::vec(0..PIECES.len(), 0..8), 1..4),
        numbers in prop::collection::vec(any::<bool>(), 1..4),
    ) {
        let strings = texts.iter().map(|text| {
            let inside: String = text.iter().map(|piece| PIECES[*piece]).collect();
            format!("\"{inside}\"")
        });
        let numbers = numbers.iter().map(|it| if *it { "-4111111111111111" } else { "411" }.to_owned());
        let values: Vec<_> = strings.chain(numbers).collect();
        let text = format!("{{\"k\":[{}]}}", values.join(","));
        let scrubbed = replaced(&text, true);
        prop_assert!(format::push_json::<true>(&scrubbed, &mut Vec::new()), "{} {}", text, scrubbed);
        prop_assert_eq!(scrubbed == text, find::in_json(&text).next().is_none());
    }
}
