//! Every row of the table, alone and among other words, in every style of writing.

use super::super::table::{
    ABOUT, BEFORE, BESIDE, COMPOUNDS, ENDS, HARMLESS, MEASURES, SQUASHED, WITH_VERB, WORDS,
};
use super::super::words::{self, Extra, Found};

fn secret_in(name: &str) -> Option<Found> {
    words::secret_in(name, Extra::default())
}

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
fn styles(phrase: &str) -> Vec<String> {
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
    for word in WORDS
        .iter()
        .chain(&["password"])
        .filter(|word| **word != "pan")
    {
        for excuse in BEFORE.iter().chain(BESIDE) {
            let phrase = format!("{excuse} {word}");
            // `enable_password` is a router's, and no question.
            if COMPOUNDS.contains(&phrase.trim_end_matches('s')) {
                continue;
            }
            for name in styles(&phrase) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in WITH_VERB {
            for name in styles(&format!("{excuse} use {word}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
            for name in styles(&format!("{excuse} {word}")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for excuse in BESIDE {
            for name in styles(&format!("{excuse} reply {word}")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
        for excuse in ABOUT.iter().chain(MEASURES) {
            let phrase = format!("{word} {excuse}");
            // `cookie_id` is a secret of its own.
            if COMPOUNDS.contains(&phrase.trim_end_matches('s')) {
                continue;
            }
            for name in styles(&phrase) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in MEASURES.iter().chain(ENDS) {
            for name in styles(&format!("{word} of user {excuse}")) {
                assert_eq!(secret_in(&name), None, "`{name}`");
            }
        }
        for excuse in ENDS {
            for name in styles(&format!("{word} {excuse} login")) {
                assert!(secret_in(&name).is_some(), "`{name}` was let through");
            }
        }
    }
}

#[test]
fn no_row_stands_twice() {
    for list in [
        WORDS, SQUASHED, COMPOUNDS, HARMLESS, BEFORE, BESIDE, WITH_VERB, ABOUT, MEASURES, ENDS,
    ] {
        for (index, row) in list.iter().enumerate() {
            assert!(!list[..index].contains(row), "`{row}` stands twice");
        }
    }
}
