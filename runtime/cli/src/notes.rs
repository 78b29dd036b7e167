//! The line under every table: what was read, and what in it was odd.

use std::io::{self, Write};

use crate::input::Tally;
use crate::show::{Row, Screen, Style, plural, wrap};

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
