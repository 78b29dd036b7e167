//! Every row of the table, alone and among other words, in every style of writing.

use super::table::{ABOUT, BEFORE, COMPOUNDS, HARMLESS, MEASURES, SQUASHED, WORDS};
use super::words::secret_in;

fn camel(words: &[&str]) -> String {
    let mut name = String::new();
    for (index, word) in words.iter().enumerate() {
        let (head, tail) = word.split_at(1);
        if index == 0 {
            name.push_str(head);
        } else {
            name.push_str(&head.to_uppercase());
        }
        name.push_str(tail);
    }
    name
}

/// The same words as people write them.
pub(crate) fn styles(phrase: &str) -> Vec<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    vec![
        words.join("_"),
        words.join("-"),
        words.join("_").to_uppercase(),
        camel(&words),
    ]
}

#[test]
fn every_forbidden_row_is_found_in_every_style() {
    for phrase in WORDS.iter().chain(COMPOUNDS).chain(SQUASHED) {
        for around in [
            (*phrase).to_owned(),
            format!("user {phrase}"),
            format!("new {phrase} value"),
        ] {
            for name in styles(&around) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for name in [
            format!("db.{}", phrase.replace(' ', "_")),
            phrase.replace(' ', "."),
        ] {
            assert!(secret_in(&name).is_some(), "`{name}` was let through");
        }
    }
}

#[test]
fn every_harmless_phrase_passes_in_every_style() {
    for phrase in HARMLESS {
        for around in [(*phrase).to_owned(), format!("mean {phrase} value")] {
            for name in styles(&around) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
    }
}

#[test]
fn every_excuse_works_for_every_forbidden_word() {
    for word in WORDS.iter().filter(|word| **word != "pan") {
        for excuse in BEFORE {
            for name in styles(&format!("{excuse} {word}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in ABOUT.iter().chain(MEASURES) {
            for name in styles(&format!("{word} {excuse}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in MEASURES {
            for name in styles(&format!("{word} of user {excuse}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
    }
}

#[test]
fn no_row_stands_twice() {
    for list in [
        WORDS, SQUASHED, COMPOUNDS, HARMLESS, BEFORE, ABOUT, MEASURES,
    ] {
        for (index, row) in list.iter().enumerate() {
            assert!(!list[..index].contains(row), "`{row}` stands twice");
        }
    }
}
