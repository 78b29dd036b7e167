//! The children: one part each.
#![expect(clippy::print_stdout, reason = "a child answers on its output")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::time::Duration;
use std::{fs, thread};

use storyline::{Guard, Recorder, info, sink};
use storyline_benches::child::Answers;
use storyline_benches::process::{self, Activity};

/// Threads that log and live.
pub(crate) const LOGGING: usize = 64;

/// Threads that log and end.
pub(crate) const ENDED: usize = 1000;

const FLUSH: Duration = Duration::from_secs(10);

/// By then a background thread with nothing to do sleeps deeply, and rings of ended threads are gone.
const CALM: Duration = Duration::from_millis(300);

/// Threads that end at once, before the next ones begin.
const BATCH: usize = 10;

pub(crate) fn run(job: &Answers) -> Result<(), Box<dyn Error>> {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    let folder = place.join(format!("storyline-idle-{}", std::process::id()));
    let recorder = folder.join("recorder");
    println!("threads_before={}", process::threads());
    let guard = storyline::setup("payment-service")
        .sink(sink::file(log(&folder)))
        .recorder(if job.text("recorder") == "on" {
            Recorder::at(&recorder)
        } else {
            Recorder::off()
        })
        .start()?;
    let outcome = match job.text("part") {
        "idle" => idle(&guard, job.number("seconds")),
        "memory" => memory_of_threads(&guard),
        _ => ended(&guard, &folder, &recorder),
    };
    drop(guard);
    fs::remove_dir_all(folder)?;
    outcome
}

fn log(folder: &Path) -> PathBuf {
    folder.join("idle.log")
}

fn idle(guard: &Guard, seconds: f64) -> Result<(), Box<dyn Error>> {
    for order_id in 0..1000_u64 {
        info!("order_paid", order_id);
    }
    guard.flush(FLUSH)?;
    thread::sleep(CALM);
    let before = (Activity::of_process(), Activity::of_background());
    thread::sleep(Duration::from_secs_f64(seconds));
    let process = Activity::of_process().since(before.0);
    println!("nanos={}", process.nanos);
    println!(
        "sleeps={}",
        Activity::of_background().since(before.1).sleeps
    );
    println!("threads={}", process::threads());
    Ok(())
}

fn memory_of_threads(guard: &Guard) -> Result<(), Box<dyn Error>> {
    info!("order_paid", order_id = 0_u64);
    guard.flush(FLUSH)?;
    let [born, logged, looked] = [0; 3].map(|_| Barrier::new(LOGGING + 1));
    thread::scope(|scope| {
        for order_id in 0..LOGGING {
            let (born, logged, looked) = (&born, &logged, &looked);
            scope.spawn(move || {
                born.wait();
                info!("order_paid", order_id);
                logged.wait();
                looked.wait();
            });
        }
        // Their stacks are there when they wait.
        thread::sleep(CALM);
        let before = process::resident_bytes();
        born.wait();
        logged.wait();
        let flushed = guard.flush(FLUSH);
        let more = process::resident_bytes().saturating_sub(before);
        looked.wait();
        println!("each={}", more / LOGGING as u64);
        Ok(flushed?)
    })
}

fn ended(guard: &Guard, folder: &Path, recorder: &Path) -> Result<(), Box<dyn Error>> {
    // The first few make what is kept for all.
    one_record_each(2 * BATCH)?;
    look(guard, recorder, "before")?;
    one_record_each(ENDED)?;
    look(guard, recorder, "after")?;
    one_record_each(ENDED)?;
    look(guard, recorder, "later")?;
    let text = fs::read_to_string(log(folder))?;
    let lines = text
        .lines()
        .filter(|line| line.contains("| order_paid |"))
        .count();
    if lines != 2 * BATCH + 2 * ENDED {
        return Err(format!(
            "{lines} records of {} are in the file",
            2 * BATCH + 2 * ENDED
        )
        .into());
    }
    Ok(())
}

fn one_record_each(threads: usize) -> Result<(), Box<dyn Error>> {
    for _ in 0..threads / BATCH {
        let batch: Vec<_> = (0..BATCH)
            .map(|order_id| thread::spawn(move || info!("order_paid", order_id)))
            .collect();
        for thread in batch {
            thread
                .join()
                .map_err(|_| "a thread that logs has panicked")?;
        }
    }
    Ok(())
}

fn look(guard: &Guard, recorder: &Path, when: &str) -> Result<(), Box<dyn Error>> {
    guard.flush(FLUSH)?;
    thread::sleep(CALM);
    println!("kib_{when}={}", process::resident_bytes() / 1024);
    println!("recorded_{when}={}", process::entries(recorder).len());
    println!("files_{when}={}", process::open_files());
    println!("threads_{when}={}", process::threads());
    Ok(())
}
