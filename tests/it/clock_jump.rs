//! The wall clock is set forward and back by an hour: timestamps follow it, durations and the order do not,
//! and nothing waits for a moment that was in its future. And a counter that is not to be trusted.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::alone::{Place, Process, SOON, say, wait_until};
use crate::ledger::{numbers, records};
use crate::machine::{failing, skip};
use storyline::sink::{self, Memory};
use storyline::{ValueBuf, log_event, timed_block};

/// Stands between a process and the wall clock: adds the seconds that a file holds.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    const char *path = getenv("CLOCK_OFFSET");
    if (result == 0 && clock == CLOCK_REALTIME && path) {
        char text[32] = {0};
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file >= 0) {
            if (read(file, text, sizeof text - 1) > 0)
                time->tv_sec += atol(text);
            close(file);
        }
    }
    return result;
}
"#;

const SECOND: i64 = 1_000_000_000;
const HOUR: i64 = 3600;

/// The shim as a library; none without a C compiler.
fn shim(place: &Place) -> Option<PathBuf> {
    let (source, library) = (place.join("clock.c"), place.join("clock.so"));
    std::fs::write(&source, SHIM).expect("written");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .status();
    let done = compiled.is_ok_and(|it| it.success());
    if !done {
        skip("a C compiler is missing: `apt-get install gcc libc6-dev`");
    }
    done.then_some(library)
}

fn nanos(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_nanos()).expect("before 2262")
}

/// Sets the wall clock so far from the kernel's, and sees that it was set.
fn set(offset: &Path, seconds: i64) {
    // Renamed, so that nobody reads half of it.
    let new = offset.with_extension("new");
    std::fs::write(&new, seconds.to_string()).expect("written");
    let kernels = std::fs::metadata(&new).and_then(|it| it.modified());
    std::fs::rename(new, offset).expect("renamed");
    let apart = nanos(SystemTime::now()) - nanos(kernels.expect("has a time"));
    assert!(
        (apart - seconds * SECOND).abs() < 600 * SECOND,
        "the clock is not ours"
    );
}

fn jump_about(place: &Path) {
    let offset = place.join("offset");
    let path = place.join("x.log");
    let memory = Memory::new();
    let guard = storyline::setup("x")
        .file(&path)
        .sink(sink::memory(&memory))
        .start()
        .expect("starts");
    let mut n = 0_u64;
    let mut step = || {
        log_event!(INFO, "step", n);
        log_event!(INFO, at_most(1 per 100ms), "held_back", n);
        n += 1;
    };
    for seconds in [HOUR, 0, -HOUR, HOUR, 0] {
        timed_block!("jumped", {
            step();
            set(&offset, seconds);
            std::thread::sleep(Duration::from_millis(20));
            step();
        });
        // A burst without a pause, over which the clock is read anew.
        wait_until("timestamps follow the clock", || {
            (0..50).for_each(|_| step());
            guard.flush(SOON).expect("written");
            let newest = memory
                .records()
                .iter()
                .filter(|it| it.event == "step")
                .map(|it| it.timestamp)
                .next_back();
            let apart = newest.expect("logged").as_nanos() - nanos(SystemTime::now());
            apart.abs() < 600 * SECOND
        });
        let passed = || {
            memory
                .records()
                .iter()
                .filter(|it| it.event == "held_back")
                .count()
        };
        let before = passed();
        wait_until("an option lets records through", || {
            step();
            guard.flush(SOON).expect("written");
            passed() > before
        });
    }
    drop(guard);
    let records = records(&path);
    assert!(
        numbers(&records, "step").into_iter().eq(0..n),
        "nothing lost or reordered"
    );
    let durations: Vec<f64> = records
        .iter()
        .filter(|it| it.event == "function_complete")
        .map(|it| match it.field("duration_ms") {
            Some(&(ValueBuf::Float(ms) | ValueBuf::Millis(ms))) => ms,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(durations.len(), 5);
    // An hour would be 3,600,000.
    assert!(
        durations.iter().all(|ms| (19.0..600_000.0).contains(ms)),
        "{durations:?}"
    );
    assert_eq!(storyline::counters().dropped, []);
}

#[test]
fn a_wall_clock_that_jumps_changes_no_duration_and_no_order() {
    let name = format!(
        "{}::a_wall_clock_that_jumps_changes_no_duration_and_no_order",
        module_path!()
    );
    let place = Place::new("clock");
    let process = Process::new(&name);
    let process = if std::env::var_os("CLOCK_OFFSET").is_some() {
        process
    } else {
        let Some(library) = shim(&place) else { return };
        let offset = place.join("offset");
        std::fs::write(&offset, "0").expect("written");
        process
            .env("LD_PRELOAD", library.to_str().expect("plain"))
            .env("CLOCK_OFFSET", offset.to_str().expect("plain"))
    };
    let ended = process.run(|| {
        let offset = std::env::var("CLOCK_OFFSET").expect("given by the parent");
        jump_about(Path::new(&offset).parent().expect("a file in a directory"));
    });
    if let Some(ended) = ended {
        assert!(ended.succeeded(), "{ended}");
    }
}

/// The counter is left alone where the system does not vouch for it, and the log says so once.
#[test]
fn a_counter_that_is_not_trusted_is_not_used_and_the_log_says_so() {
    let test = "a_counter_that_is_not_trusted_is_not_used_and_the_log_says_so";
    let source = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    for distrusted in [false, true] {
        let mut process = Process::new(&format!("{}::{test}", module_path!()));
        if distrusted {
            let Some(shell) = failing(&["openat:error=ENOENT"], Some(Path::new(source))) else {
                return;
            };
            process = process.under(&shell);
        }
        let Some(ended) = process.run(|| {
            let memory = Memory::new();
            let guard = storyline::setup("x")
                .sink(sink::memory(&memory))
                .start()
                .expect("starts");
            let slept = Duration::from_millis(20);
            timed_block!("slept", { std::thread::sleep(slept) });
            guard.flush(SOON).expect("written");
            for written in memory.take() {
                say(&format!(
                    "{} {:?}",
                    written.record.event, written.record.fields
                ));
            }
        }) else {
            return;
        };
        let stdout = ended.stdout();
        assert!(ended.succeeded(), "{ended}");
        assert_eq!(
            stdout.matches("counter_not_used").count(),
            usize::from(distrusted),
            "{ended}"
        );
        assert_eq!(
            stdout.matches("current_clocksource").count(),
            usize::from(distrusted),
            "{ended}"
        );
        assert_eq!(stdout.matches("slept").count(), 1, "{ended}");
    }
}
