//! How long the next start takes when the process before it was killed with every ring full: between the call
//! of `start` and its return lies the recovery of all of them. Every line of the log is then counted.
//!
//! `cargo bench --bench recovery -- [--repeats N]`
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use storyline::sink::{self, Batch, Sink, WriteError};
use storyline::{Recorder, Setup, log_event};
use storyline_benches::child::{self, Answers};

/// Records of 88 bytes that fill a ring of 256 KiB.
const EACH: u64 = 2_900;

/// Milliseconds that a start may take, recovery and all.
const TARGET: f64 = 50.0;

/// A sink in front of the file that never returns: what is logged stays in the rings.
struct Stuck;

impl Sink for Stuck {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        loop {
            std::thread::park();
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = child::job() {
        let job = Answers::read(&job);
        let place = PathBuf::from(job.text("place"));
        return match job.text("part") {
            "die" => die(&place, job.text("threads").parse()?),
            _ => start(&place),
        };
    }
    let repeats = repeats()?;
    println!("milliseconds that `start` takes, {repeats} runs of each row");
    println!(
        "{:<44}{:>9}{:>9}{:>9}{:>9}",
        "", "records", "median", "worst", "target"
    );
    for (name, directory) in [
        ("/dev/shm", PathBuf::from("/dev/shm")),
        ("disk", PathBuf::from(env!("CARGO_TARGET_TMPDIR"))),
    ] {
        for threads in [0, 1, 8, 64] {
            let place = directory.join(format!("storyline-bench-recovery-{}", std::process::id()));
            let outcome = row(name, &place, threads, repeats);
            let _ = std::fs::remove_dir_all(&place);
            outcome?;
        }
    }
    Ok(())
}

fn repeats() -> Result<usize, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(9),
        (Some("--repeats"), Some(number)) => Ok(number.parse::<usize>()?.max(1)),
        (Some(argument), _) => {
            Err(format!("`{argument}` is no argument: there is `--repeats N`").into())
        }
    }
}

fn row(name: &str, place: &Path, threads: u64, repeats: usize) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    for _ in 0..repeats {
        let _ = std::fs::remove_dir_all(place);
        let place = place.display();
        if threads > 0 {
            child::run(&format!("part=die;threads={threads};place={place}"))?;
        }
        let run = child::run(&format!("part=start;place={place}"))?;
        let lines = run.number("lines");
        if run.text("lines") != (threads * EACH).to_string() {
            return Err(format!("{lines} lines, of {threads} x {EACH} records").into());
        }
        took.push(run.number("millis"));
    }
    took.sort_by(f64::total_cmp);
    let what = match threads {
        0 => format!("recorder in {name}, nothing left"),
        _ => format!("recorder in {name}, rings left full: {threads}"),
    };
    let (median, worst) = (took[took.len() / 2], took[took.len() - 1]);
    let records = threads * EACH;
    println!("{what:<44}{records:>9}{median:>9.2}{worst:>9.2}{TARGET:>9}");
    Ok(())
}

fn setup(place: &Path) -> Setup {
    storyline::setup("shop").recorder(Recorder::at(place.join("recorder")))
}

/// Ends as a process does that is killed: nothing runs behind it.
#[expect(unsafe_code, reason = "an end without a last word is what is measured")]
fn die(place: &Path, threads: u64) -> Result<(), Box<dyn Error>> {
    let guard = setup(place)
        .sink(sink::custom("stuck", Stuck))
        .sink(sink::file(place.join("shop.log")))
        .start()?;
    std::mem::forget(guard);
    let logged = Barrier::new(usize::try_from(threads)? + 1);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for n in 0..EACH {
                    log_event!(
                        INFO,
                        "payment_initiated",
                        payment_id = n,
                        amount = 199.5,
                        currency = "EUR",
                        provider = "adyen"
                    );
                }
                logged.wait();
                std::thread::sleep(Duration::from_secs(60));
            });
        }
        logged.wait();
        // SAFETY: it ends the process; nothing that is lent to the threads is used behind it.
        unsafe { libc::_exit(0) }
    })
}

fn start(place: &Path) -> Result<(), Box<dyn Error>> {
    let log = place.join("shop.log");
    let setup = setup(place).sink(sink::file(&log));
    let before = Instant::now();
    let guard = setup.start()?;
    let took = before.elapsed();
    drop(guard);
    let text = std::fs::read_to_string(&log)?;
    let lines = text
        .lines()
        .filter(|line| line.contains("payment_initiated"))
        .count();
    println!("lines={lines}\nmillis={}", took.as_secs_f64() * 1e3);
    Ok(())
}
