//! Reads back what a run logged, and holds it against what was counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use storyline::ValueBuf;

use crate::Failed;

/// What the logs of one run hold.
#[derive(Debug, Default)]
pub(crate) struct Logged {
    /// Records, of whatever kind.
    pub(crate) lines: u64,
    /// Those of timed calls.
    pub(crate) calls: u64,
    pub(crate) by_outcome: BTreeMap<String, u64>,
    /// Annotated functions that ran.
    pub(crate) functions: BTreeSet<String>,
    /// Calls that went on when their process ended: they have no record yet.
    pub(crate) unended: u64,
    /// Futures that were made and never polled: they did nothing, and have no record.
    pub(crate) unpolled: u64,
    /// Everything that should not be.
    pub(crate) wrong: Vec<String>,
}

/// Reads every log in a folder. `futures` are functions that return a future.
pub(crate) fn read(folder: &Path, futures: &BTreeSet<&str>) -> Result<Logged, Failed> {
    let mut logged = Logged::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "log") {
            read_process(&path, futures, &mut logged)?;
        }
    }
    Ok(logged)
}

fn read_process(log: &Path, futures: &BTreeSet<&str>, logged: &mut Logged) -> Result<(), Failed> {
    let mut records: BTreeMap<String, u64> = BTreeMap::new();
    let file = log.file_name().unwrap_or_default().to_string_lossy();
    for (number, line) in BufReader::new(fs::File::open(log)?).lines().enumerate() {
        logged.lines += 1;
        let line = line?;
        let record = match storyline::parse::parse(&line) {
            Ok(record) => record,
            Err(error) => {
                logged
                    .wrong
                    .push(format!("{file}:{}: {error}: {line}", number + 1));
                continue;
            }
        };
        match (
            record.event.as_str(),
            record.field("name"),
            record.field("outcome"),
        ) {
            (
                "function_complete" | "function_failed" | "function_cancelled",
                Some(ValueBuf::Str(name)),
                Some(ValueBuf::Str(outcome)),
            ) => {
                logged.calls += 1;
                *records.entry(name.clone()).or_default() += 1;
                *logged.by_outcome.entry(outcome.clone()).or_default() += 1;
            }
            // The panic hook's; a test that panics wants to.
            ("panic", ..) => {}
            _ => logged.wrong.push(format!("{file}:{}: {line}", number + 1)),
        }
    }
    let calls = log.with_extension("calls");
    if !calls.exists() {
        logged
            .wrong
            .push(format!("{file}: its process did not come to its end"));
        return Ok(());
    }
    for (name, (entered, left)) in read_calls(&fs::read_to_string(calls)?)? {
        logged.unended += entered - left;
        let recorded = records.remove(&name).unwrap_or(0);
        if futures.contains(name.as_str()) && recorded < left {
            logged.unpolled += left - recorded;
        } else if recorded != left {
            logged
                .wrong
                .push(format!("{file}: {name}: {left} calls, {recorded} records"));
        }
        logged.functions.insert(name);
    }
    for (name, count) in records {
        logged
            .wrong
            .push(format!("{file}: {name}: {count} records of no call"));
    }
    Ok(())
}

/// How often each function was entered and left. One that a macro writes several times has one name.
fn read_calls(text: &str) -> Result<BTreeMap<String, (u64, u64)>, Failed> {
    let mut calls: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let name = columns.next().unwrap_or_default();
        let mut count = || columns.next().unwrap_or_default().parse::<u64>();
        let (entered, left) = (count()?, count()?);
        let all = calls.entry(name.to_owned()).or_default();
        *all = (all.0 + entered, all.1 + left);
    }
    Ok(calls)
}
