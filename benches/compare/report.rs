//! The tables, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::machine;
use crate::measure::{Figures, Size};
use crate::rivals::{ENTRIES, Entry};

type Measured<'a> = BTreeMap<&'a str, Vec<Figures>>;

pub(crate) fn markdown(measured: &Measured<'_>, size: Size, turns: usize, load: &str) -> String {
    let mut text = machine::description(load);
    let _ = write!(
        text,
        "- nanoseconds; turns: {turns}, each of {} rounds of 1,000 calls, and of {} events to the disk
\
         - the counter moves in steps of {:.1} ns, which single calls (p50 to p99.9) cannot beat

",
        size.rounds,
        thousands(size.events as f64),
        median(&measured["storyline"], "resolution"),
    );
    let mut notes = Vec::new();
    events(&mut text, measured, &mut notes);
    text.push('\n');
    functions(&mut text, measured, &mut notes);
    text.push('\n');
    for (number, (title, note)) in notes.iter().enumerate() {
        let _ = writeln!(text, "{}. {} {note}", number + 1, subject(title));
    }
    text.push_str(
        "\nfastrace has no row: it hands spans to a reporter and has no writer of files. Lines go to \
         the page cache; nobody but emit waits for the disk.\n\nVersions: ",
    );
    let mut packages: Vec<&str> = ENTRIES
        .iter()
        .flat_map(|entry| entry.packages)
        .copied()
        .collect();
    packages.sort_unstable();
    packages.dedup();
    let versions: Vec<String> = packages
        .iter()
        .map(|package| format!("{package} {}", machine::version(package)))
        .collect();
    let _ = writeln!(text, "{}.", versions.join(", "));
    text
}

fn events(text: &mut String, measured: &Measured<'_>, notes: &mut Vec<Note>) {
    text.push_str(
        "| `payment_initiated` | level off | one call, mean of bursts | x limit | p50 | p99 | p99.9 \
         | to disk, lines/s | missing |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    limit_row(text, measured, false, " | | |");
    text.push_str(
        "| storyline's goal | the limit's | | 1.15; with a request id 1.3 | | | 500 | 6,000,000; JSON 5,000,000 | 0 |\n",
    );
    for entry in ENTRIES.iter().filter(|entry| !entry.function) {
        let runs = &measured[entry.name];
        row_start(text, entry, runs, notes);
        let _ = writeln!(
            text,
            " {} | {} |",
            thousands(median(runs, "lines/s")),
            missing(runs),
        );
    }
}

fn functions(text: &mut String, measured: &Measured<'_>, notes: &mut Vec<Note>) {
    text.push_str(
        "| a function under an attribute | level off | one call, `Ok`, mean of bursts | x limit \
         | p50 | p99 | p99.9 | `Err`, mean of bursts |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    limit_row(text, measured, true, " | |");
    let goal = median(&measured["timed"], "limit readings") + 6.0;
    let _ = writeln!(
        text,
        "| storyline's goal: two clock reads and 6 ns | | {goal:.1} | | | | | |"
    );
    for entry in ENTRIES.iter().filter(|entry| entry.function) {
        let runs = &measured[entry.name];
        row_start(text, entry, runs, notes);
        let _ = writeln!(text, " {} |", nanos(median(runs, "failing")));
    }
}

/// The limit as all the processes of a table saw it, the smallest and the largest of their medians.
fn limit_row(text: &mut String, measured: &Measured<'_>, functions: bool, end: &str) {
    let runs: Vec<Figures> = ENTRIES
        .iter()
        .filter(|entry| entry.function == functions)
        .flat_map(|entry| measured[entry.name].iter().cloned())
        .collect();
    let range = |name: &str| {
        let values = sorted(&runs, name);
        format!(
            "{} to {}",
            nanos(values[0]),
            nanos(values[values.len() - 1])
        )
    };
    let _ = writeln!(
        text,
        "| the limit, over all processes | {} | {} | 1 | {} | {} | {}{end}",
        range("limit off"),
        range("limit"),
        range("limit p50"),
        range("limit p99"),
        range("limit p99.9"),
    );
}

/// The name without the form of its lines.
fn subject(title: &str) -> &str {
    title
        .split(", text")
        .next()
        .and_then(|title| title.split(", JSON").next())
        .unwrap_or(title)
}

type Note = (&'static str, &'static str);

/// The columns that both tables begin with.
fn row_start(text: &mut String, entry: &Entry, runs: &[Figures], notes: &mut Vec<Note>) {
    let mut title = entry.title.to_string();
    if let Some(note) = entry.note {
        let known = notes.iter().position(|known| known.1 == note);
        let number = known.unwrap_or_else(|| {
            notes.push((entry.title, note));
            notes.len() - 1
        });
        let _ = write!(title, " ({})", number + 1);
    }
    let _ = write!(
        text,
        "| {title} | {} | {} | {:.2} | {} | {} | {} |",
        nanos(median(runs, "off")),
        nanos(median(runs, "call")),
        median(runs, "ratio"),
        nanos(median(runs, "p50")),
        nanos(median(runs, "p99")),
        nanos(median(runs, "p99.9")),
    );
}

/// Lines that were logged and are not in the file.
fn missing(runs: &[Figures]) -> String {
    let lost = median(runs, "missing");
    let in_bursts = median(runs, "missing in bursts");
    let mut text = thousands(lost);
    if lost > 0.0 {
        let part = lost / median(runs, "events") * 100.0;
        let _ = write!(text, " ({part:.1} %)");
    }
    if in_bursts > 0.0 {
        let _ = write!(text, ", {} in bursts", thousands(in_bursts));
    }
    text
}

fn median(runs: &[Figures], name: &str) -> f64 {
    let values = sorted(runs, name);
    values[values.len() / 2]
}

fn sorted(runs: &[Figures], name: &str) -> Vec<f64> {
    let mut values: Vec<f64> = runs.iter().map(|run| run[name]).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn nanos(value: f64) -> String {
    if value < 20.0 {
        format!("{value:.2}")
    } else {
        thousands(value)
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
