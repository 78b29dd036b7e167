//! Names as the world writes them: those of `tests/names/must_fail.txt` are refused and those of
//! `must_pass.txt` let through, in every style of writing. The files were written before the table was held
//! against them; a name in them is none that somebody made up from a row, but for those under their last headings,
//! which are there because no other name needs the row.

use super::words::{Extra, secret_in};

pub(super) const MUST_FAIL: &str = include_str!("../../tests/names/must_fail.txt");
pub(super) const MUST_PASS: &str = include_str!("../../tests/names/must_pass.txt");

/// The names of a file, without its headings.
pub(super) fn names(file: &str) -> Vec<&str> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

/// `user_pin`, `userPin`, `UserPin`, `user-pin`, `user.pin`, `USER_PIN`
fn styles(name: &str) -> [String; 6] {
    let capital = |word: &str| {
        let (head, tail) = word.split_at(1);
        head.to_uppercase() + tail
    };
    let pascal: String = name.split('_').map(capital).collect();
    let first = name.split('_').next().map_or(0, str::len);
    [
        name.to_owned(),
        name[..first].to_owned() + &pascal[first..],
        pascal,
        name.replace('_', "-"),
        name.replace('_', "."),
        name.to_uppercase(),
    ]
}

/// The names of a file that are judged otherwise than expected, in any style.
fn wrong(file: &str, is_secret: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in names(file) {
        let styles = styles(name);
        let bad = |style: &&String| secret_in(style, Extra::default()).is_some() != is_secret;
        if let Some(style) = styles.iter().find(bad) {
            wrong.push(style.clone());
        }
    }
    wrong
}

#[test]
fn both_files_are_large_and_no_name_stands_twice() {
    for file in [MUST_FAIL, MUST_PASS] {
        let mut names = names(file);
        assert!(names.len() >= 1_000, "{}", names.len());
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

#[test]
fn every_name_of_a_secret_is_refused() {
    let wrong = wrong(MUST_FAIL, true);
    assert!(
        wrong.is_empty(),
        "{} let through: {}",
        wrong.len(),
        wrong.join(" ")
    );
}

#[test]
fn every_harmless_name_passes() {
    let wrong = wrong(MUST_PASS, false);
    assert!(
        wrong.is_empty(),
        "{} refused: {}",
        wrong.len(),
        wrong.join(" ")
    );
}
