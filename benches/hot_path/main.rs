//! What one call costs its thread, beside what no logger can avoid: reading the time-stamp counter
//! and publishing a 48-byte record.
//!
//! `cargo bench --bench hot_path -- [--rounds N]`
//!
//! All cases take turns within one run, in bursts that fit into a ring; between bursts the background
//! thread empties it. `call` is the median over bursts of the mean of a burst; the percentiles are of
//! single calls, from which the cost of the two clock readings around them was taken; they are no finer than
//! the steps of the counter, which a virtual machine may make coarse (10 ns).
//!
//! Where the rings are is chosen once in a process, so each place is a process of its own: the process's
//! own memory (no recorder), a recorder in `/dev/shm`, a recorder in a directory on disk. The measuring
//! thread is bound to a processor, the background thread to the others; each place is measured once on the
//! first and once on the last one. The tables are those of the processor that was quiet for longer, the
//! targets are held against both.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and ticks of one run"
)]

mod cases;
mod limit;
mod measure;
mod report;
mod targets;
mod threads;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use storyline::{Guard, Level, Recorder, sink};
use storyline_benches::child::{self, Answers};
use storyline_benches::cores;

/// Where the rings are.
const PLACES: [&str; 3] = ["memory", "tmpfs", "disk"];

const FLUSH: Duration = Duration::from_secs(10);

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = child::job() {
        return run(&Answers::read(&job));
    }
    let mut rounds = 300;
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    while let Some(argument) = arguments.next() {
        match (&*argument, arguments.next()) {
            ("--rounds", Some(number)) => rounds = number.parse()?,
            _ => return Err(format!("`{argument}` is no argument: there is `--rounds N`").into()),
        }
    }
    let mut runs = Vec::new();
    for place in PLACES {
        for core in first_and_last() {
            let job = format!("place={place};core={core};rounds={rounds}");
            runs.push((place, child::run(&job)?));
        }
    }
    report::print(&runs);
    targets::print(&runs);
    Ok(())
}

fn first_and_last() -> Vec<usize> {
    let last = cores::count() - 1;
    if last == 0 { vec![0] } else { vec![0, last] }
}

/// The child: all cases with the rings in one place.
fn run(job: &Answers) -> Result<(), Box<dyn Error>> {
    let rounds = job.number("rounds") as usize;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = folder.join(format!("storyline-hot-path-{}", std::process::id()));
    let core = job.number("core") as usize;
    cores::bind(&cores::all_but(core));
    let guard = start(job.text("place"), &folder)?;
    cores::bind(&[core]);

    let mut cases = cases::all(core);
    for _ in 0..rounds {
        for case in &mut cases {
            case.burst();
            guard.flush(FLUSH)?;
            case.single_calls();
            guard.flush(FLUSH)?;
        }
    }
    println!("core={core}");
    measure::answer(&mut cases);
    cores::free();
    threads::measure(&guard, rounds)?;

    let counters = storyline::counters();
    if counters.dropped_total() > 0 {
        return Err(
            format!("records were dropped, so the figures are not of calls: {counters}").into(),
        );
    }
    drop(guard);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

fn start(place: &str, folder: &Path) -> Result<Guard, storyline::SetupError> {
    let recorder = match place {
        "memory" => Recorder::off(),
        "disk" => Recorder::at(folder.join("recorder")),
        _ => Recorder::default(),
    };
    storyline::setup("payment-service")
        .level(Level::Info)
        .sink(sink::file(folder.join("hot_path.log")))
        .recorder(recorder)
        .start()
}
