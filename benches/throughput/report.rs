//! The table.
#![expect(
    clippy::cast_precision_loss,
    reason = "counts of records and nanoseconds of one run"
)]

use storyline_benches::child::Answers;

use crate::options::Options;
use crate::row::{Row, Shape, Target};

const MILLION: f64 = 1e6;

pub(crate) fn print(options: &Options, rows: &[Row], results: &[Vec<Answers>]) {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "disk: {}; load: {}",
        options.disk.display(),
        load.trim_end()
    );
    println!(
        "{} runs of each row; million records/s, nanoseconds a record\n",
        options.repeats
    );
    println!(
        "{:<44}{:>9}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "",
        "records",
        "MB",
        "best",
        "median",
        "target",
        "behind",
        "caller",
        "MB/s",
        "sleeps",
        "broken"
    );
    for (row, results) in rows.iter().zip(results) {
        let rate = |it: &Answers| row.records as f64 / it.number("seconds") / MILLION;
        let rates = sorted(results.iter().map(rate));
        let least = |key| sorted(results.iter().map(|it| it.number(key)))[0];
        let (best, median) = (rates[rates.len() - 1], rates[rates.len() / 2]);
        let megabytes = least("bytes") / MILLION;
        println!(
            "{:<44}{:>9}{:>8.0}{:>8.2}{:>8.2}{:>8}{:>8.1}{:>8.1}{:>8.0}{:>8.0}{:>8.0}",
            row.name(),
            row.records,
            megabytes,
            best,
            median,
            target(row),
            least("behind"),
            least("caller"),
            megabytes * best / (row.records as f64 / MILLION),
            least("sleeps"),
            least("interruptions"),
        );
    }
    println!(
        "\nEvery line of every file was read: each record once, whole, in its producer's order; 0 dropped."
    );
}

fn target(row: &Row) -> &'static str {
    match (row.shape, &row.target, row.producers) {
        (Shape::Line, Target::File(_), 1) => "6",
        (Shape::Json, Target::File(_), 1) => "5",
        _ => "",
    }
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}
