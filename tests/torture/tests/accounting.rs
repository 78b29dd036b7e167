//! The equations of the counters over seeded random schedules of faults, each in a process of its own.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|error| panic!("{variable}={text}: {error}")),
    )
}

fn one(seed: u64) -> Result<String, String> {
    let place = tempfile::Builder::new()
        .prefix("storyline-schedule-")
        .tempdir()
        .expect("a directory");
    let mut command = Command::new(VICTIM);
    for variable in ["STORYLINE_LOG", "RUST_LOG", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
        .args([
            "--scenario",
            "schedule",
            "--seed",
            &seed.to_string(),
            "--log",
        ])
        .arg(place.path());
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("the victim starts");
    let [out, error] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() {
        Ok(out)
    } else {
        Err(format!("{} {error}", output.status))
    }
}

#[test]
fn schedules_of_faults_add_up() {
    let first = number("STORYLINE_SEED");
    let count = number("STORYLINE_SCHEDULES").unwrap_or(if first.is_some() { 1 } else { 300 });
    let first = first.unwrap_or(1);
    let next = AtomicU64::new(first);
    let failed = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, |it| it.get().min(4));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= first + count || failed.lock().expect("nobody panics").len() >= 5 {
                    break;
                }
                if let Err(faults) = one(seed) {
                    let again = format!("STORYLINE_SEED={seed} cargo test -p storyline-torture --test accounting");
                    failed.lock().expect("nobody panics").push(format!("seed {seed}: {faults}\n  again: {again}"));
                }
            });
        }
    });
    let failed = failed.into_inner().expect("nobody panics");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
