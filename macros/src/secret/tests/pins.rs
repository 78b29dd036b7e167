//! Each row decides a name of a corpus: without it the name would be judged otherwise. A row that decides none is
//! dead, or nobody has said what it is for.

use super::super::corpora::{MUST_FAIL, MUST_PASS, names};
use super::super::table::{TABLE, Table};
use super::super::words::{Extra, secret_by};

/// One list of the table, and how it is replaced.
type List = (
    &'static str,
    &'static [&'static str],
    for<'a> fn(&mut Table<'a>, &'a [&'a str]),
);

const LISTS: &[List] = &[
    ("WORDS", TABLE.words, |table, rows| table.words = rows),
    ("SQUASHED", TABLE.squashed, |table, rows| {
        table.squashed = rows;
    }),
    ("COMPOUNDS", TABLE.compounds, |table, rows| {
        table.compounds = rows;
    }),
    ("HARMLESS", TABLE.harmless, |table, rows| {
        table.harmless = rows;
    }),
    ("BEFORE", TABLE.before, |table, rows| table.before = rows),
    ("BESIDE", TABLE.beside, |table, rows| table.beside = rows),
    ("WITH_VERB", TABLE.with_verb, |table, rows| {
        table.with_verb = rows;
    }),
    ("ABOUT", TABLE.about, |table, rows| table.about = rows),
    ("MEASURES", TABLE.measures, |table, rows| {
        table.measures = rows;
    }),
    ("ENDS", TABLE.ends, |table, rows| table.ends = rows),
];

#[test]
fn every_row_decides_a_name() {
    let is_secret =
        |table: &Table<'_>, name: &str| secret_by(table, name, Extra::default()).is_some();
    let all: Vec<(&str, String, bool)> = [(MUST_FAIL, true), (MUST_PASS, false)]
        .into_iter()
        .flat_map(|(file, judged)| names(file).into_iter().map(move |it| (it, judged)))
        .map(|(name, judged)| (name, name.replace('_', ""), judged))
        .collect();
    let mut unpinned = Vec::new();
    for (list, rows, replace) in LISTS {
        for row in *rows {
            let others: Vec<&str> = rows.iter().copied().filter(|it| it != row).collect();
            let mut table = TABLE;
            replace(&mut table, &others);
            // A plural may end otherwise.
            let is_in = |joined: &str| {
                row.split(' ')
                    .all(|word| joined.contains(&word[..word.len() - 1]))
            };
            let decided = all
                .iter()
                .find(|(name, joined, judged)| is_in(joined) && is_secret(&table, name) != *judged);
            if decided.is_none() {
                unpinned.push(format!("{list} {row}"));
            }
        }
    }
    assert!(
        unpinned.is_empty(),
        "{} rows:\n{}",
        unpinned.len(),
        unpinned.join("\n")
    );
}
