//! The figures in the README are those that were measured.

use std::collections::HashMap;

const README: &str = include_str!("../../README.md");
const RESULTS: &str = include_str!("../../benches/RESULTS.md");

/// The text between two others.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// What was measured of quiet bursts with the recorder in memory, by the name of the row.
fn measured() -> HashMap<&'static str, Vec<&'static str>> {
    between(
        RESULTS,
        "recorder in /dev/shm; nanoseconds",
        "\n\nrecorder in a directory",
    )
    .lines()
    .filter_map(|line| {
        let (name, figures) = line.split_once('|')?;
        let name = name.trim_end().strip_suffix('%')?;
        let name = name.trim_end_matches(|it: char| it.is_ascii_digit()).trim();
        let quiet = figures.split('|').next()?;
        Some((name, quiet.split_whitespace().collect()))
    })
    .collect()
}

#[test]
fn what_a_call_costs_is_what_was_measured() {
    let measured = measured();
    let table = between(README, "| | ns a call |", "\n\n");
    let rows: Vec<Vec<_>> = table
        .lines()
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 5, "{table}");
    for row in rows {
        let known = measured.get(row[0]);
        assert_eq!(known.map(Vec::as_slice), Some(&row[1..]), "{row:?}");
    }
}

const REAL_CODE: &str = include_str!("../REAL_CODE.md");

fn number(text: &str) -> Option<u64> {
    let text = text.trim().split([' ', '\\']).next()?;
    text.replace(',', "").parse().ok()
}

#[test]
fn the_sums_of_real_code_are_those_of_its_rows() {
    let table = between(REAL_CODE, "| crate | functions |", "\n\n");
    let rows: Vec<Vec<_>> = table
        .lines()
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let sum = |column: usize| -> u64 {
        let cells = rows.iter().map(|row| row[column]);
        cells.map(|cell| number(cell).expect(cell)).sum()
    };
    let (functions, annotated, bare) = (sum(1), sum(2), sum(3));
    assert_eq!(bare, sum(4), "without a log all tests are run");
    let lines = sum(7);
    let whole: Vec<_> = REAL_CODE
        .lines()
        .find(|it| it.contains(" crates, "))
        .expect("the sums")
        .split(' ')
        .filter_map(|it| number(it.trim_end_matches([',', '.'])))
        .collect();
    let ended = between(REAL_CODE, "| outcome | records |", "\n\n");
    let calls: u64 = ended
        .lines()
        .skip(2)
        .map(|line| number(line.split('|').nth(2).expect("a cell")).expect(line))
        .sum();
    let crates = u64::try_from(rows.len()).expect("few");
    assert_eq!(
        whole,
        [crates, functions, annotated, bare, lines, calls],
        "in the sentence, and in the tables"
    );
}
