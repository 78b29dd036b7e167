//! Says what was found: a line on the way, and `tests/REAL_CODE.md` at the end of a whole run.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::fs;
use std::path::Path;

use crate::Failed;
use crate::annotate::{Count, Reason};
use crate::list::Crate;
use crate::logs::Logged;
use crate::suite::Suite;

/// What is known of one crate.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) of: &'static Crate,
    pub(crate) count: Count,
    pub(crate) bare: Suite,
    pub(crate) off: Suite,
    pub(crate) on: Suite,
    pub(crate) logged: Logged,
    pub(crate) wrong: Vec<String>,
}

/// One crate, while the others run.
pub(crate) fn print(row: &Row) {
    let Row {
        of, count, logged, ..
    } = row;
    println!(
        "{} {}: {} of {} functions; tests {} / {} / {}; {} lines, {} functions ran, {:?}, {} unended, {} unpolled",
        of.name,
        of.version,
        count.timed,
        count.functions(),
        row.bare.with("ok"),
        row.off.with("ok"),
        row.on.with("ok"),
        logged.lines,
        logged.functions.len(),
        logged.by_outcome,
        logged.unended,
        logged.unpolled,
    );
    for it in &row.wrong {
        println!("  WRONG {it}");
    }
}

/// What the page says before its tables.
const HEAD: &str = include_str!("head.md");

/// The page that is kept.
pub(crate) fn write(path: &Path, rows: &[Row]) -> Result<(), Failed> {
    let mut page = HEAD.to_owned();
    let total = |count: fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let lines: u64 = rows.iter().map(|it| it.logged.lines).sum();
    let calls: u64 = rows.iter().map(|it| it.logged.calls).sum();
    let (timed, functions) = (total(|it| it.count.timed), total(|it| it.count.functions()));
    writeln!(
        page,
        "{} crates, {} functions, {} of them annotated ({}). {} tests passed without annotation, and with it. {} \
         lines were logged, {} of them calls; every one reads back, and every call that ended has its one record.\n",
        rows.len(),
        grouped(functions),
        grouped(timed),
        share(timed, functions),
        grouped(total(|it| it.bare.with("ok"))),
        grouped(lines),
        grouped(calls),
    )?;
    page += "| crate | functions | annotated | tests bare | off | on | that ran | lines |\n";
    page += "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for row in rows {
        writeln!(
            page,
            "| {} {} | {} | {} ({}) | {} | {} | {}{} | {} | {} |",
            row.of.name,
            row.of.version,
            grouped(row.count.functions()),
            grouped(row.count.timed),
            share(row.count.timed, row.count.functions()),
            row.bare.with("ok"),
            row.off.with("ok"),
            row.on.with("ok"),
            if row.of.long.is_empty() { "" } else { "*" },
            grouped(row.logged.functions.len()),
            grouped(row.logged.lines),
        )?;
    }
    page += "\n\\* without tests that make too many calls for a log of each:\n\n";
    for row in rows.iter().filter(|it| !it.of.long.is_empty()) {
        writeln!(page, "- {}: `{}`", row.of.name, row.of.long.join("`, `"))?;
    }
    left_out(&mut page, rows)?;
    endings(&mut page, rows)?;
    fs::write(path, page)?;
    Ok(())
}

fn left_out(page: &mut String, rows: &[Row]) -> Result<(), Failed> {
    *page += "\n## What is left out\n\n| why | functions |\n| --- | --- |\n";
    for reason in Reason::ALL {
        let counts = rows.iter().filter_map(|it| it.count.left_out.get(&reason));
        writeln!(
            page,
            "| {} | {} |",
            reason.text(),
            grouped(counts.sum::<usize>())
        )?;
    }
    *page += "\nBy hand:\n\n";
    for row in rows {
        for left in row.of.left {
            writeln!(
                page,
                "- {}, `{}`, `{}`: {}",
                row.of.name, left.path, left.function, left.reason
            )?;
        }
    }
    Ok(())
}

fn endings(page: &mut String, rows: &[Row]) -> Result<(), Failed> {
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for (outcome, count) in rows.iter().flat_map(|it| &it.logged.by_outcome) {
        *outcomes.entry(outcome).or_default() += count;
    }
    *page += "\n## How the calls ended\n\n| outcome | records |\n| --- | --- |\n";
    for (outcome, count) in outcomes {
        writeln!(page, "| {outcome} | {} |", grouped(count))?;
    }
    let unended: u64 = rows.iter().map(|it| it.logged.unended).sum();
    let unpolled: u64 = rows.iter().map(|it| it.logged.unpolled).sum();
    writeln!(
        page,
        "\n{} calls went on when their process ended, and {} futures were made and never polled: these have no record.",
        grouped(unended),
        grouped(unpolled),
    )?;
    Ok(())
}

fn share(part: usize, whole: usize) -> String {
    format!(
        "{} %",
        (part * 100 + whole / 2).checked_div(whole).unwrap_or(0)
    )
}

/// `1234567` as `1,234,567`.
fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
