//! The line under every table: what was read, and what in it was odd.

use std::io::{self, Write};

use crate::input::Tally;
use crate::judge::Missing;
use crate::show::{Row, Screen, Style, count, plural, wrap};

/// Writes it. `without_request` is how many records belong to no request.
pub(crate) fn write(
    tally: &Tally,
    without_request: u64,
    screen: &Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut parts = Vec::new();
    let mut part = |number: u64, one: &str, many: &str, style| {
        if number > 0 {
            let mut row = Row::default();
            if !parts.is_empty() {
                row.put(format!("{} ", screen.glyphs.dot), Style::Dim);
            }
            row.put(plural(number, one, many), style);
            parts.push(row);
        }
    };
    part(tally.lines, "line read", "lines read", Style::Dim);
    part(tally.records, "record", "records", Style::Dim);
    let (one, many) = ("record of no request", "records of no request");
    part(without_request, one, many, Style::Dim);
    let (one, many) = (
        "was in two files, counted once",
        "were in two files, counted once",
    );
    part(tally.copies, one, many, Style::Dim);
    let (one, many) = ("line is no record", "lines are no records");
    part(tally.not_records, one, many, Style::Warn);
    let (one, many) = ("line is longer than 1 MiB", "lines are longer than 1 MiB");
    part(tally.too_long, one, many, Style::Warn);
    let (one, many) = (
        "file ends in the middle of a line",
        "files end in the middle of a line",
    );
    part(tally.truncated, one, many, Style::Warn);
    let (one, many) = ("last line has no end", "last lines have no end");
    part(tally.unended, one, many, Style::Warn);
    for line in wrap(parts, screen.width, 2) {
        screen.write(&line, out)?;
    }
    Ok(())
}

/// Writes what the records say is missing, if anything is.
pub(crate) fn write_missing(
    missing: &Missing,
    screen: &Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let parts = parts_missing(missing, screen);
    if parts.is_empty() {
        return Ok(());
    }
    let mut head = Row::default();
    head.put("missing:", Style::Bad);
    let parts = std::iter::once(head).chain(parts).collect();
    for line in wrap(parts, screen.width, 2) {
        screen.write(&line, out)?;
    }
    Ok(())
}

/// The same in groups that stay together.
pub(crate) fn parts_missing(missing: &Missing, screen: &Screen) -> Vec<Row> {
    let sentences = sentences(missing).into_iter().enumerate();
    let parts = sentences.map(|(nth, text)| {
        let mut row = Row::default();
        if nth > 0 {
            row.put(format!("{} ", screen.glyphs.dot), Style::Dim);
        }
        row.put(text, Style::Bad);
        row
    });
    parts.collect()
}

/// What is missing, in words; none when nothing is.
pub(crate) fn sentences(missing: &Missing) -> Vec<String> {
    let mut all = Vec::new();
    let sum = missing
        .dropped
        .values()
        .fold(0, |a: u64, b| a.saturating_add(*b));
    if sum > 0 {
        let by_reason = missing.dropped.iter();
        let by_reason: Vec<_> = by_reason
            .map(|(reason, number)| format!("{reason} {}", count(*number)))
            .collect();
        let records = plural(sum, "record was dropped", "records were dropped");
        all.push(format!("{records} ({})", by_reason.join(", ")));
    }
    let mut part = |number: u64, one: &str, many: &str| {
        if number > 0 {
            all.push(plural(number, one, many));
        }
    };
    part(missing.deaths, "process died", "processes died");
    let (one, many) = ("ring of theirs is damaged", "rings of theirs are damaged");
    part(missing.damaged_rings, one, many);
    let (one, many) = (
        "record waits to be recovered",
        "records wait to be recovered",
    );
    part(missing.waiting, one, many);
    all
}
