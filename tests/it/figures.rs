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
