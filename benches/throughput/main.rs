//! Events to a file, end to end: so many records from one or more producers, none dropped, and the time
//! until the last one is in the file. Every line of the file is then read and checked.
//!
//! `cargo bench --bench throughput -- [--records N] [--gigabytes G] [--repeats N]
//! [--directory PATH] [--only PART_OF_A_NAME]`
//!
//! A row is a process of its own, run several times in turn with the others: `best` and `median` are of
//! those runs. The background thread has a processor, the producers share the others. `behind` is the time
//! on a processor of the background thread for each record, `caller` that of the producers; `sleeps` and
//! `broken` are how often in a second the background thread slept and had its processor taken away; of all
//! four the least of the runs. The last rows say where the time behind goes: into taking records out of the
//! rings, into text, into the file.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod check;
mod options;
mod report;
mod row;

use std::error::Error;

use options::Options;
use storyline_benches::child;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = child::job() {
        return row::run(&job);
    }
    let options = Options::read(std::env::args().skip(1))?;
    let rows = options.rows();
    let mut results = vec![Vec::new(); rows.len()];
    for _ in 0..options.repeats {
        for (row, results) in rows.iter().zip(&mut results) {
            results.push(child::run(&row.job())?);
        }
    }
    report::print(&options, &rows, &results);
    Ok(())
}
