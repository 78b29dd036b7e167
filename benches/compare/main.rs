//! What a record costs through storyline and through its rivals, in one run.
//!
//! ```text
//! cargo run --release --manifest-path benches/compare/Cargo.toml
//! cargo run --release --manifest-path benches/compare/Cargo.toml -- --quick
//! ```
//!
//! prints a Markdown table; the second in a short form, to see that all of it works. It is a package
//! outside the workspace, with a lock file of its own.
//!
//! All write the event `payment_initiated` with `user_id: u64`, `amount: u64` and `provider: &str` into
//! a file, each through its own non-blocking writer, set up as its documentation shows; what was changed
//! stands below the table. Where a logger can wait when its queue is full it does, as storyline does by
//! itself, for a line that was dropped costs nothing.
//!
//! Most loggers are one per process, so each is measured in a process of its own. Each of those measures
//! the limit, too (see `limit.rs`), in turns with the rival, and `x limit` compares these two only. All
//! rivals take turns for several rounds, every second one backwards; each figure is the median over them.
//!
//! `--rival NAME` measures that one here and prints its figures as `name = value`.

mod limit;
mod lines;
mod machine;
mod measure;
mod report;
mod rivals;

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

use measure::{Error, Figures, Size};
use rivals::{ENTRIES, Entry};

const FULL: Size = Size {
    rounds: 100,
    events: 500_000,
};
const FULL_TURNS: usize = 3;

const QUICK: Size = Size {
    rounds: 10,
    events: 50_000,
};
const QUICK_TURNS: usize = 1;

const USAGE: &str = "usage: compare [--quick] [--rival NAME]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let (mut quick, mut rival) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--rival" => rival = Some(arguments.next().ok_or(USAGE)?),
            _ => {
                return Err(format!("`{argument}` is no argument of this program; {USAGE}").into());
            }
        }
    }
    match rival {
        Some(name) => alone(&name, if quick { QUICK } else { FULL }),
        None => all(quick),
    }
}

/// Measures one rival in this process.
fn alone(name: &str, size: Size) -> Result<(), Error> {
    let entry = ENTRIES
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = ENTRIES.iter().map(|entry| entry.name).collect();
            format!("`{name}` is no rival here; there are {}", names.join(", "))
        })?;
    let folder = measure::new_folder(name)?;
    let figures = (entry.measure)(&folder, size);
    std::fs::remove_dir_all(&folder)?;
    for (name, value) in figures? {
        println!("{name} = {value}");
    }
    Ok(())
}

/// Lets all rivals take turns, each in a process of its own.
fn all(quick: bool) -> Result<(), Error> {
    let (size, turns) = if quick {
        (QUICK, QUICK_TURNS)
    } else {
        (FULL, FULL_TURNS)
    };
    let load = machine::load();
    let mut measured: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    for turn in 0..turns {
        let mut order: Vec<&Entry> = ENTRIES.iter().collect();
        if turn % 2 == 1 {
            order.reverse();
        }
        for entry in order {
            eprintln!("turn {} of {turns}: {}", turn + 1, entry.name);
            let figures = child(entry, quick)?;
            measured.entry(entry.name).or_default().push(figures);
        }
    }
    print!("{}", report::markdown(&measured, size, turns, &load));
    Ok(())
}

fn child(entry: &Entry, quick: bool) -> Result<Figures, Error> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--rival", entry.name]);
    if quick {
        command.arg("--quick");
    }
    // A level from the environment would measure something else.
    for variable in ["STORYLINE_LOG", "RUST_LOG", "SPDLOG_RS_LEVEL"] {
        command.env_remove(variable);
    }
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("`--rival {}` ended with {}", entry.name, output.status).into());
    }
    let mut figures = Figures::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        if let Some((name, value)) = line.split_once(" = ") {
            figures.insert(name.into(), value.parse()?);
        }
    }
    Ok(figures)
}
