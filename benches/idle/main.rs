//! What storyline takes while nothing is logged, and what threads that log leave behind.
//!
//! `cargo bench --bench idle -- [--seconds N]`
//!
//! Each part is a process of its own, once with the recorder in a directory in memory and once without:
//! the time used while idle; the memory of threads that log; what is left of threads that have ended.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(
    clippy::cast_precision_loss,
    reason = "bytes and nanoseconds of one run"
)]

mod parts;

use std::error::Error;

use storyline_benches::child::{self, Answers};

use parts::{ENDED, LOGGING};

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = child::job() {
        return parts::run(&Answers::read(&job));
    }
    let mut seconds = 10;
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    while let Some(argument) = arguments.next() {
        match (&*argument, arguments.next()) {
            ("--seconds", Some(number)) => seconds = number.parse()?,
            _ => return Err(format!("`{argument}` is no argument: there is `--seconds N`").into()),
        }
    }
    for recorder in ["on", "off"] {
        let run = |part: &str| {
            child::run(&format!(
                "part={part};recorder={recorder};seconds={seconds}"
            ))
        };
        println!("recorder {recorder}");
        idle(&run("idle")?, seconds);
        memory(&run("memory")?);
        ended(&run("ended")?);
    }
    Ok(())
}

fn idle(run: &Answers, seconds: u64) {
    let share = run.number("nanos") / (seconds as f64 * 1e9) * 100.0;
    let met = if share < 0.1 { "met" } else { "missed" };
    println!("  time on a processor over {seconds} s: {share:.5} % (target: below 0.1, {met})");
    println!(
        "  the background thread slept {} times in it",
        run.number("sleeps")
    );
    println!(
        "  threads: {}, before `start`: {}",
        run.number("threads"),
        run.number("threads_before")
    );
}

fn memory(run: &Answers) {
    let each = run.number("each") / 1024.0;
    println!(
        "  memory of each of {LOGGING} threads with one record: {each:.1} KiB (a ring is 256 KiB)"
    );
}

fn ended(run: &Answers) {
    println!(
        "  {ENDED} threads that each logged once and ended, before, after, and after as many again:"
    );
    for (name, key) in [
        ("memory, KiB", "kib"),
        ("files in the recorder's directory", "recorded"),
        ("open files", "files"),
        ("threads", "threads"),
    ] {
        let [before, after, later] =
            ["before", "after", "later"].map(|when| run.number(&format!("{key}_{when}")));
        println!("    {name:<36}{before:>8.0}{after:>8.0}{later:>8.0}");
    }
}
