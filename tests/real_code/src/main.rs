//! Puts `#[timed]` on published crates and runs their own tests: bare, annotated with logging off, and
//! annotated with every call logged. See `run`.

mod annotate;
mod fetch;
mod list;
mod logs;
mod report;
mod state;
mod suite;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use annotate::Form;
use fetch::Places;
use list::{CRATES, Crate, QUICK};
use report::Row;
use suite::{Logging, Suite};

/// What went wrong outside of the crates.
type Failed = Box<dyn std::error::Error>;

/// How many of one kind of mistake are shown.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let places = Places::new();
    let names: Vec<&str> = match words[..] {
        ["lock"] => return fetch::lock(&places).map(|()| true),
        ["report"] => return report::write(&places).map(|()| true),
        ["all"] => CRATES.iter().map(|it| it.name).collect(),
        ["quick"] => QUICK.to_vec(),
        _ => words.clone(),
    };
    let mut crates = Vec::new();
    for name in names {
        let found = CRATES.iter().find(|it| it.name == name);
        crates.push(found.ok_or_else(|| format!("`{name}` is not in src/list.rs"))?);
    }
    if words == ["all"] {
        // A run that was interrupted goes on where it was.
        crates.retain(|of| !report::is_kept(&places, of));
    }
    fs::create_dir_all(&places.made)?;
    let sources = fetch::fetch(&places, &crates)?;
    let mut is_good = true;
    for (of, source) in crates.into_iter().zip(sources) {
        let row = one(&places, of, &source)?;
        row.keep(&places, of)?;
        is_good &= row.wrong.is_empty();
    }
    if words == ["all"] {
        report::write(&places)?;
    }
    Ok(is_good)
}

/// One crate: bare, off, on.
fn one(places: &Places, of: &Crate, source: &Path) -> Result<Row, Failed> {
    let mut counts = Vec::new();
    for (name, form) in [
        ("bare", None),
        ("blocks", Some(Form::Blocks)),
        ("functions", Some(Form::Functions)),
    ] {
        let (crates, sources) = ([of], [source.to_owned()]);
        counts.extend(fetch::lay_out(places, name, &crates, &sources, form)?);
        fetch::close_circle(places, name, of)?;
    }
    let count = counts.swap_remove(2);
    assert_eq!(
        counts[1].timed, count.timed,
        "both forms time the same functions"
    );
    let mut wrong = Vec::new();
    let bare = suite::run(places, "bare", of, Logging::Off)?;
    if !bare.is_whole || bare.with("FAILED") > 0 {
        wrong.push("its tests fail without annotation: see bare-*.txt below target".to_owned());
    }
    let off = suite::run(places, "blocks", of, Logging::Off)?;
    compare("annotated, off", &bare, &off, &mut wrong);
    let folder = places.made.join("logs").join(of.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let on = suite::run(places, "functions", of, Logging::Into(&folder))?;
    compare("annotated, on", &bare.without(of.long), &on, &mut wrong);
    let futures: BTreeSet<&str> = count.futures.iter().map(String::as_str).collect();
    let logged = logs::read(&folder, &futures)?;
    wrong.extend(logged.wrong.iter().take(SHOWN).cloned());
    if logged.calls == 0 {
        wrong.push("nothing was logged".to_owned());
    }
    if wrong.is_empty() {
        fs::remove_dir_all(&folder)?;
    }
    Ok(Row {
        version: of.version.to_owned(),
        state: state::of(places, of)?,
        functions: count.functions(),
        timed: count.timed,
        left_out: count.left_out,
        passed: [&bare, &off, &on].map(|it| it.with("ok")),
        lines: logged.lines,
        calls: logged.calls,
        by_outcome: logged.by_outcome,
        called: logged.functions.len(),
        unended: logged.unended,
        unpolled: logged.unpolled,
        wrong,
    })
}

fn compare(what: &str, bare: &Suite, timed: &Suite, wrong: &mut Vec<String>) {
    if !timed.is_whole {
        wrong.push(format!("{what}: did not compile, or a program ended early"));
    }
    let differing = bare.differing(timed);
    wrong.extend(
        differing
            .into_iter()
            .take(SHOWN)
            .map(|it| format!("{what}: {it}")),
    );
    if timed.warnings != bare.warnings {
        wrong.push(format!(
            "{what}: {} warnings, {} without",
            timed.warnings, bare.warnings
        ));
    }
}
