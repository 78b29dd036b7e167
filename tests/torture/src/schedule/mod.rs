//! A random schedule of faults, the same for the same seed: sinks that are slow, fail, panic or stand
//! still, formats that panic, rings that are full, threads that come and go, flushes and new directives in
//! the middle of it. Then, and meanwhile, the counters are held against what was really logged and written.

mod calls;
mod checks;
mod faulty;
mod seen;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use storyline::sink::{self, Memory, Output};
use storyline::{Guard, Level, Recorder, WhenFull};

use crate::step::Random;
use calls::{Calls, DIRECTIVES};
use checks::Bench;
use faulty::{Faulty, Moody};
use seen::Seen;

/// How long a sink may need that has panicked again and again.
const REST: Duration = Duration::from_secs(40);

/// What a sink of the schedule is for the checks.
pub(crate) struct Observed {
    /// As the counters call it.
    pub(crate) name: String,
    pub(crate) level: Option<Level>,
    /// Whether it can write once all faults are over.
    pub(crate) heals: bool,
    pub(crate) place: Place,
}

/// Where to find what a sink was given.
pub(crate) enum Place {
    Custom(Faulty),
    Memory(Memory),
    /// The directory with all files that were ever the log.
    Files(std::path::PathBuf),
    Nowhere,
}

/// Runs the schedule of this seed in an empty directory. Once in a process.
///
/// # Errors
///
/// Tells all that did not add up.
pub fn run(seed: u64, place: &Path) -> Result<String, String> {
    // Panics are part of the schedule, and told by the counters.
    std::panic::set_hook(Box::new(|_| {}));
    let mut random = Random::of(&[seed]);
    let (guard, sinks) = start(&mut random, seed, place).map_err(|error| error.to_string())?;
    let lowest = sinks.iter().map(|sink| sink.level).min().flatten();
    let is_exact = random.below(3) > 0;
    let calls = Arc::new(Calls::new(is_exact, lowest));
    let mut bench = Bench::new(Arc::clone(&calls), sinks);
    for wave in 0..2 + random.below(3) {
        change_directives(&mut random, &calls);
        self::wave(&mut random, seed, wave, &calls, &mut bench, place);
    }
    heal(&bench, place, &guard)?;
    drop(guard);
    bench.close()
}

/// Sets up what the seed says.
fn start(
    random: &mut Random,
    seed: u64,
    place: &Path,
) -> Result<(Guard, Vec<Observed>), storyline::SetupError> {
    let when_full = match random.below(3) {
        0 => WhenFull::Drop,
        _ => WhenFull::Wait(Duration::from_micros(random.below(3_000))),
    };
    let mut setup = storyline::setup("schedule")
        .level(Level::Trace)
        .directives(DIRECTIVES[0].words)
        .ring_bytes(64 * 1024)
        .when_full(when_full)
        .recorder(if random.below(3) == 0 {
            Recorder::off()
        } else {
            Recorder::at(place.join("recorder"))
        });
    let mut sinks = Vec::new();
    let count = 1 + random.below(4);
    for number in 0..count {
        let level = [
            None,
            None,
            None,
            Some(Level::Warning),
            Some(Level::Critical),
        ];
        let level = level[random.index(5)];
        let mood = if random.below(4) == 0 {
            20 + random.below(300)
        } else {
            0
        };
        let format = Moody::new(mood, random.below(2) == 0);
        // One of a kind, so that every name is one sink's.
        let is_other = random.below(3) == 0;
        let (name, heals, at) = match number {
            1 if is_other => {
                let memory = Memory::new();
                setup = setup.sink(leveled(sink::memory(&memory).format(format), level));
                ("memory".to_owned(), true, Place::Memory(memory))
            }
            2 if is_other => {
                let path = place.join("logs").join("schedule.log");
                setup = setup.sink(leveled(sink::file(&path).format(format), level));
                (
                    path.display().to_string(),
                    true,
                    Place::Files(place.to_owned()),
                )
            }
            3 if is_other && Path::new("/dev/full").exists() => {
                setup = setup.sink(leveled(sink::file("/dev/full").format(format), level));
                ("/dev/full".to_owned(), false, Place::Nowhere)
            }
            _ => {
                let name = format!("faulty{number}");
                let faulty = Faulty::new(Random::of(&[seed, number]), random.below(100));
                setup = setup.sink(leveled(
                    sink::custom(&name, faulty.clone()).format(format),
                    level,
                ));
                (name, true, Place::Custom(faulty))
            }
        };
        sinks.push(Observed {
            name,
            level,
            heals,
            place: at,
        });
    }
    setup.start().map(|guard| (guard, sinks))
}

fn leveled<K: sink::Kind>(output: Output<K>, level: Option<Level>) -> Output<K> {
    match level {
        Some(level) => output.level(level),
        None => output,
    }
}

fn change_directives(random: &mut Random, calls: &Calls) {
    let index = if random.below(2) == 0 {
        0
    } else {
        random.index(DIRECTIVES.len())
    };
    storyline::set_directives(DIRECTIVES[index].words).expect("they can be read");
    calls.set_directives(index);
}

/// Threads that log and die, while everything else happens.
fn wave(
    random: &mut Random,
    seed: u64,
    wave: u64,
    calls: &Arc<Calls>,
    bench: &mut Bench,
    place: &Path,
) {
    let threads: Vec<_> = (0..=random.below(6))
        .map(|thread| {
            let calls = Arc::clone(calls);
            let id = wave * 100 + thread;
            let random = Random::of(&[seed, id, 1]);
            std::thread::spawn(move || calls.log_and_die(id, random))
        })
        .collect();
    while threads.iter().any(|thread| !thread.is_finished()) {
        match random.below(8) {
            0 => {
                let returned = calls.returned();
                if storyline::flush(Duration::from_micros(random.below(8_000))).is_ok() {
                    bench.check_flushed(returned);
                }
            }
            1 if !calls.is_exact() => change_directives(random, calls),
            2 if random.below(8) == 0 => block(place),
            3 => unblock(place),
            4 => std::thread::sleep(Duration::from_micros(random.below(2_000))),
            _ => drop(bench.check_now()),
        }
    }
    for thread in threads {
        if thread.join().is_err() {
            bench.fault("a thread that logs has panicked".to_owned());
        }
    }
    bench.check_now();
}

/// Moves the log's directory away and puts a file where it was.
fn block(place: &Path) {
    let logs = place.join("logs");
    let count = std::fs::read_dir(place).map_or(0, Iterator::count);
    if logs.is_dir() {
        let _ = std::fs::rename(&logs, place.join(format!("logs-{count:04}")));
        let _ = std::fs::write(&logs, "in the way");
    }
}

fn unblock(place: &Path) {
    let logs = place.join("logs");
    if logs.is_file() {
        let _ = std::fs::remove_file(logs);
    }
}

/// Ends all faults, and waits until everything that can be written is.
fn heal(bench: &Bench, place: &Path, guard: &Guard) -> Result<(), String> {
    unblock(place);
    for sink in bench.sinks() {
        if let Place::Custom(faulty) = &sink.place {
            faulty.heal();
        }
    }
    let start = Instant::now();
    loop {
        match guard.flush(Duration::from_secs(5)) {
            Ok(()) => return Ok(()),
            Err(error) if start.elapsed() > REST => {
                return Err(format!(
                    "all faults are over, and yet: {error}\n{}",
                    storyline::counters()
                ));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
