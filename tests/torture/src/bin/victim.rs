//! The process that is ended. See the library's head for who starts it and why.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use storyline::format::{Json, Line};
use storyline::sink::{self, File, Output};
use storyline::{Level, Recorder, WhenFull, log_event};
use storyline_torture::oracle::{MAX_THREADS, Oracle};
use storyline_torture::os;
use storyline_torture::schedule;
use storyline_torture::step::{Random, Step};

/// What the command line says.
struct Options {
    scenario: String,
    seed: u64,
    threads: usize,
    log: PathBuf,
    oracle: PathBuf,
    recorder: PathBuf,
    json: bool,
}

impl Options {
    fn read() -> Result<Self, String> {
        let mut options = Self {
            scenario: "run".to_owned(),
            seed: 0,
            threads: 1,
            log: PathBuf::new(),
            oracle: PathBuf::new(),
            recorder: PathBuf::new(),
            json: false,
        };
        let mut words = std::env::args().skip(1);
        while let Some(name) = words.next() {
            let value = words
                .next()
                .ok_or_else(|| format!("`{name}` needs a value"))?;
            let number = || {
                value
                    .parse::<u64>()
                    .map_err(|error| format!("{name} {value}: {error}"))
            };
            match name.as_str() {
                "--scenario" => options.scenario = value,
                "--seed" => options.seed = number()?,
                "--threads" => {
                    let threads = usize::try_from(number()?).unwrap_or(usize::MAX);
                    options.threads = threads.clamp(1, MAX_THREADS);
                }
                "--log" => options.log = value.into(),
                "--oracle" => options.oracle = value.into(),
                "--recorder" => options.recorder = value.into(),
                "--format" => options.json = value == "json",
                _ => return Err(format!("`{name}` is no option; see src/bin/victim.rs")),
            }
        }
        Ok(options)
    }

    fn sink(&self) -> Output<File> {
        let file = sink::file(&self.log);
        if self.json {
            file.format(Json::default())
        } else {
            file.format(Line::default())
        }
    }

    /// Makes this process the one that ends as it should.
    fn become_restart(&self) -> std::io::Error {
        use std::os::unix::process::CommandExt;

        let program = match std::env::current_exe() {
            Ok(program) => program,
            Err(error) => return error,
        };
        std::process::Command::new(program)
            .args([
                "--scenario",
                "restart",
                "--format",
                if self.json { "json" } else { "line" },
            ])
            .arg("--log")
            .arg(&self.log)
            .arg("--recorder")
            .arg(&self.recorder)
            .arg("--oracle")
            .arg(self.oracle.with_extension("exec"))
            .exec()
    }
}

fn main() -> ExitCode {
    match Options::read().and_then(|options| run(&options).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a program that cannot run says so")]
            {
                eprintln!("victim: {error}");
            }
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if options.scenario == "schedule" {
        let figures = schedule::run(options.seed, &options.log)?;
        #[expect(clippy::print_stdout, reason = "the figures of a run are its result")]
        {
            println!("{figures}");
        }
        return Ok(());
    }
    let guard = storyline::setup("victim")
        .level(Level::Trace)
        .sink(options.sink())
        .recorder(Recorder::at(&options.recorder))
        // A small ring is full and wraps around all the time.
        .ring_bytes(if options.seed.is_multiple_of(2) {
            64 * 1024
        } else {
            256 * 1024
        })
        // What waits too long is dropped, and that is another test's subject.
        .when_full(WhenFull::Wait(Duration::from_secs(60)))
        .start()?;
    if options.scenario == "restart" {
        log_event!(INFO, "restarted");
        drop(guard);
        return Ok(());
    }
    let oracle = Arc::new(Oracle::open(&options.oracle)?);
    oracle.set_started();
    if options.scenario.starts_with("fixed") {
        log_fixed(&oracle, options.seed)?;
        if options.scenario == "fixed-abort" {
            std::process::abort();
        }
        drop(guard);
        return Ok(());
    }
    let stop = Arc::new(AtomicBool::new(false));
    let threads: Vec<_> = (0..options.threads)
        .map(|thread| {
            let (oracle, stop, seed) = (Arc::clone(&oracle), Arc::clone(&stop), options.seed);
            std::thread::spawn(move || log_until(&stop, &oracle, seed, thread))
        })
        .collect();
    let enough = Random::of(&[options.seed]).below(3_000);
    let wait = || {
        for thread in 0..options.threads {
            while oracle.acknowledged(thread) < enough {
                std::thread::sleep(Duration::from_micros(200));
            }
        }
    };
    match options.scenario.as_str() {
        "run" => loop {
            std::thread::park();
        },
        scenario => {
            wait();
            end(scenario, options);
        }
    }
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().map_err(|_| "a thread panicked")?;
    }
    drop(guard);
    Ok(())
}

/// Logs without end, or until it is to stop.
fn log_until(stop: &AtomicBool, oracle: &Oracle, seed: u64, thread: usize) {
    // Some are always ahead of the disk, some never.
    let pause = Random::of(&[seed, thread as u64]).below(3);
    for seq in 1.. {
        Step::of(seed, thread as u64, seq).log();
        oracle.acknowledge(thread, seq);
        if stop.load(Ordering::Relaxed) {
            return;
        }
        if pause > 0 && seq % (1 << (3 * pause)) == 0 {
            std::thread::sleep(Duration::from_micros(100));
        }
    }
}

/// Few records, always the same, through all that a thread's ring goes through: its first record, a flush, its
/// end while records are pending.
fn log_fixed(oracle: &Arc<Oracle>, seed: u64) -> Result<(), Box<dyn std::error::Error>> {
    let log = move |oracle: &Oracle, thread, numbers: std::ops::Range<u64>| {
        for seq in numbers {
            Step::of(seed, thread as u64, seq).log();
            oracle.acknowledge(thread, seq);
        }
    };
    log(oracle, 0, 1..10);
    storyline::flush(Duration::from_secs(60))?;
    let page = Arc::clone(oracle);
    let other = std::thread::spawn(move || log(&page, 1, 1..30));
    other.join().map_err(|_| "a thread panicked")?;
    log(oracle, 0, 10..20);
    storyline::flush(Duration::from_secs(60))?;
    log(oracle, 0, 20..300);
    Ok(())
}

/// Ends the process in this way, while its threads log on. Returns where `main` is to return.
fn end(scenario: &str, options: &Options) {
    match scenario {
        "return" => {}
        "exit" => std::process::exit(7),
        "abort" => std::process::abort(),
        "segv" => {
            os::read_null();
        }
        "overflow" => {
            overflow(0);
        }
        "panic" => panic!("as it was told to"),
        "exec" => {
            let error = options.become_restart();
            panic!("exec: {error}");
        }
        other => panic!("`{other}` is no scenario; see src/bin/victim.rs"),
    }
}

/// Calls itself until the stack is full.
#[expect(unconditional_recursion, reason = "that is what it is for")]
fn overflow(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 64]);
    overflow(depth + 1) + room[0]
}
