//! How long the compiler takes for a call site: a program with a thousand of them, or with fewer where that
//! takes minutes, less its twin without.
//!
//! `cargo bench --bench compile_time -- [--rounds N] [--only WORD]`
//!
//! Only the compiler on the program itself is measured, its dependencies ready, nothing incremental. Times on a
//! processor are those of all its threads together; in those on the wall several of them run at once.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::error::Error;
use std::path::Path;

use storyline_benches::sites::Row;
use storyline_benches::sites::arguments::Arguments;
use storyline_benches::sites::cost::Cost;
use storyline_benches::sites::rustc::{Mode, Workshop};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(5)?;
    let rows = arguments.rows();
    // The least of all rounds, of the program and of its twin, for each row and mode.
    let mut least = vec![[[Cost::MOST; 2]; 3]; rows.len()];
    let workshops =
        Mode::ALL.map(|mode| Workshop::open(Path::new(env!("CARGO_TARGET_TMPDIR")), mode));
    for _ in 0..arguments.rounds {
        for (workshop, mode) in workshops.iter().zip(0..) {
            let workshop = workshop.as_ref().map_err(ToString::to_string)?;
            for (row, least) in rows.iter().zip(&mut least) {
                for (is_twin, least) in [false, true].into_iter().zip(&mut least[mode]) {
                    let cost = workshop.compile("timed", &row.program(is_twin), row.library)?;
                    *least = least.min(cost);
                }
            }
        }
    }
    print(&rows, &least, arguments.rounds);
    Ok(())
}

fn print(rows: &[Row], least: &[[[Cost; 2]; 3]], rounds: u32) {
    println!(
        "milliseconds of the compiler for a call site; the least of {rounds} rounds\n\n\
         {:<34}{:^20}{:^20}{:^20}{:^16}",
        "", "check", "debug", "release", "targets"
    );
    println!(
        "{:<34}{}{:>8}{:>8}",
        "",
        format!("{:>10}{:>10}", "processor", "wall").repeat(3),
        "check",
        "release"
    );
    for (row, least) in rows.iter().zip(least) {
        print!("{:<34}", row.name);
        for [whole, twin] in least {
            let net = |whole: f64, twin: f64| (whole - twin) * 1e3 / f64::from(row.sites);
            let cpu = net(whole.cpu, twin.cpu);
            let wall = net(whole.wall, twin.wall);
            print!("{cpu:>10.2}{wall:>10.2}");
        }
        match row.target {
            Some([check, release, ..]) => println!("{check:>8.1}{release:>8.1}"),
            None => println!(),
        }
    }
}
