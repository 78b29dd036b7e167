//! Says what was found: a line on the way, and `tests/REAL_CODE.md` at the end of a whole run.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::fs;

use serde::{Deserialize, Serialize};

use crate::Failed;
use crate::annotate::Reason;
use crate::fetch::Places;
use crate::list::{CRATES, Crate};
use crate::state;

/// What the last run of one crate has found.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) version: String,
    /// What it was found with.
    #[serde(default)]
    pub(crate) state: String,
    pub(crate) functions: usize,
    pub(crate) timed: usize,
    pub(crate) left_out: BTreeMap<Reason, usize>,
    /// Tests that passed: bare, off, on.
    pub(crate) passed: [usize; 3],
    pub(crate) lines: u64,
    pub(crate) calls: u64,
    pub(crate) by_outcome: BTreeMap<String, u64>,
    /// Annotated functions that were called.
    pub(crate) called: usize,
    pub(crate) unended: u64,
    pub(crate) unpolled: u64,
    pub(crate) wrong: Vec<String>,
}

impl Row {
    fn read(places: &Places, of: &Crate) -> Result<Self, Failed> {
        let text = fs::read_to_string(places.result(of))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Whether it was found with everything as it is now.
    fn is_new(&self, places: &Places, of: &Crate) -> bool {
        state::of(places, of).is_ok_and(|it| it == self.state)
    }

    /// Says it, and keeps it for the page.
    pub(crate) fn keep(&self, places: &Places, of: &Crate) -> Result<(), Failed> {
        println!(
            "{} {}: {} of {} functions; tests {:?}; {} lines, {} functions called, {:?}, {} unended, {} unpolled",
            of.name,
            self.version,
            self.timed,
            self.functions,
            self.passed,
            self.lines,
            self.called,
            self.by_outcome,
            self.unended,
            self.unpolled,
        );
        for it in &self.wrong {
            println!("  WRONG {it}");
        }
        fs::create_dir_all(places.results())?;
        fs::write(places.result(of), serde_json::to_string(self)?)?;
        Ok(())
    }
}

/// What the page says before its tables.
const HEAD: &str = include_str!("head.md");

/// Whether there is a good result of this crate, found with everything as it is now.
pub(crate) fn is_kept(places: &Places, of: &Crate) -> bool {
    let kept = Row::read(places, of).ok();
    kept.is_some_and(|row| row.wrong.is_empty() && row.is_new(places, of))
}

/// Writes the page, from the last run of each crate.
pub(crate) fn write(places: &Places) -> Result<(), Failed> {
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for of in CRATES {
        match Row::read(places, of) {
            Ok(row) if row.version == of.version && row.wrong.is_empty() => rows.push((of, row)),
            Ok(row) if row.version == of.version => {
                missing.push(format!("{} {} (went wrong)", of.name, of.version));
            }
            _ => missing.push(format!("{} {}", of.name, of.version)),
        }
    }
    let sum = |of: fn(&Row) -> u64| rows.iter().map(|it| of(&it.1)).sum::<u64>();
    let timed: usize = rows.iter().map(|it| it.1.timed).sum();
    let functions: usize = rows.iter().map(|it| it.1.functions).sum();
    let passed: usize = rows.iter().map(|it| it.1.passed[0]).sum();
    let mut page = HEAD.to_owned();
    writeln!(
        page,
        "{} crates, {} functions, {} of them annotated ({}). {} tests pass without annotation, and with it. {} lines \
         were logged, {} of them calls; every one reads back, and every call that ended has its one record.\n",
        rows.len(),
        grouped(&functions),
        grouped(&timed),
        share(timed, functions),
        grouped(&passed),
        grouped(&sum(|it| it.lines)),
        grouped(&sum(|it| it.calls)),
    )?;
    page +=
        "| crate | functions | annotated | tests bare | off | on | functions called | lines |\n";
    page += "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (of, row) in &rows {
        writeln!(
            page,
            "| {} {}{} | {} | {} ({}) | {} | {} | {}{} | {} | {} |",
            of.name,
            of.version,
            if row.is_new(places, of) { "" } else { " †" },
            grouped(&row.functions),
            grouped(&row.timed),
            share(row.timed, row.functions),
            row.passed[0],
            row.passed[1],
            row.passed[2],
            if of.long.is_empty() { "" } else { "\\*" },
            grouped(&row.called),
            grouped(&row.lines),
        )?;
    }
    if rows.iter().any(|(of, row)| !row.is_new(places, of)) {
        page += "\n† with storyline, or with what is said of the crate here, as it was before its last change.\n";
    }
    let long = rows.iter().filter(|it| !it.0.long.is_empty());
    let long = long.map(|(of, _)| format!("{}: `{}`", of.name, of.long.join("`, `")));
    list(
        &mut page,
        "\\* without the tests that make too many calls for a log of each, here by a part of their names",
        long,
    )?;
    let environment = rows.iter().flat_map(|(of, _)| {
        let environment = of.environment.iter();
        environment.map(|(name, value)| format!("{}: `{name}={value}`", of.name))
    });
    list(
        &mut page,
        "With less random input than they try by themselves, so that a log of each call is no larger than some gigabytes",
        environment,
    )?;
    let skipped = rows.iter().flat_map(|(of, _)| {
        let skipped = of.skipped.iter();
        skipped.map(|it| format!("{}, `{}`: {}", of.name, it.test, it.reason))
    });
    list(
        &mut page,
        "Not run at all, because the published package is without something they need",
        skipped,
    )?;
    if !missing.is_empty() {
        writeln!(
            page,
            "\nIn the list, and not in this run: {}.",
            missing.join(", ")
        )?;
    }
    left_out(&mut page, &rows)?;
    endings(&mut page, &rows)?;
    fs::write(places.tool.join("../REAL_CODE.md"), page)?;
    Ok(())
}

type Rows = [(&'static Crate, Row)];

fn left_out(page: &mut String, rows: &Rows) -> Result<(), Failed> {
    *page += "\n## What is left out\n\n| crate |";
    for reason in Reason::ALL {
        write!(page, " {} |", reason.text())?;
    }
    *page += "\n|";
    *page += &" --- |".repeat(1 + Reason::ALL.len());
    *page += "\n";
    for (of, row) in rows {
        write!(page, "| {} |", of.name)?;
        for reason in Reason::ALL {
            match row.left_out.get(&reason) {
                Some(count) => write!(page, " {} |", grouped(count))?,
                None => *page += " |",
            }
        }
        *page += "\n";
    }
    let by_hand = rows.iter().flat_map(|(of, _)| {
        let left = of.left.iter();
        left.map(|it| {
            format!(
                "{}, `{}`, `{}`: {}",
                of.name, it.path, it.function, it.reason
            )
        })
    });
    list(page, "By hand", by_hand)
}

/// A heading with a list below it, or neither.
fn list(
    page: &mut String,
    heading: &str,
    items: impl Iterator<Item = String>,
) -> Result<(), Failed> {
    for (at, item) in items.enumerate() {
        if at == 0 {
            writeln!(page, "\n{heading}:\n")?;
        }
        writeln!(page, "- {item}")?;
    }
    Ok(())
}

fn endings(page: &mut String, rows: &Rows) -> Result<(), Failed> {
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for (outcome, count) in rows.iter().flat_map(|it| &it.1.by_outcome) {
        *outcomes.entry(outcome).or_default() += count;
    }
    *page += "\n## How the calls ended\n\n| outcome | records |\n| --- | --- |\n";
    for (outcome, count) in outcomes {
        writeln!(page, "| `{outcome}` | {} |", grouped(&count))?;
    }
    let unended: u64 = rows.iter().map(|it| it.1.unended).sum();
    let unpolled: u64 = rows.iter().map(|it| it.1.unpolled).sum();
    writeln!(
        page,
        "\nCalls that went on when their process ended: {}. Futures that were made and never polled: {}. These have \
         no record.",
        grouped(&unended),
        grouped(&unpolled),
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
fn grouped(number: &impl Display) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_nothing_has_no_heading() {
        let mut page = String::new();
        list(&mut page, "By hand", std::iter::empty()).expect("it is written");
        assert_eq!(page, "");
        let items = ["a", "b"].map(str::to_owned).into_iter();
        list(&mut page, "By hand", items).expect("it is written");
        assert_eq!(page, "\nBy hand:\n\n- a\n- b\n");
    }
}
