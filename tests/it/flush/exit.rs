//! The end of a process: what was logged before it, and by its handlers, is written.

use std::time::{Duration, Instant};

use super::end_at_once;
use crate::alone::{Ended, Place, Process, lines};
use crate::stuck::Stuck;
use storyline::{Recorder, log_event, sink};

#[expect(
    unsafe_code,
    reason = "the C library's own registration is what is tested"
)]
fn at_exit(handler: extern "C" fn()) {
    // SAFETY: a function of this program, of the signature that is asked for.
    assert_eq!(unsafe { libc::atexit(handler) }, 0);
}

/// Runs `body` in a process that ends in its own way, and gives the lines of its log.
fn log_of(test: &str, body: impl FnOnce(&str)) -> Option<(Ended, Vec<String>)> {
    let process = Process::new(&format!("{}::{test}", module_path!()));
    if let Ok(path) = std::env::var("LOG_FILE") {
        // A place of its own would be left by a process that ends like this.
        process.run(|| body(&path));
        return None;
    }
    let place = Place::new(test);
    let path = place.join("x.log").to_str().expect("plain").to_owned();
    let ended = process
        .env("LOG_FILE", &path)
        .run(|| unreachable!("it was given a path"))?;
    let lines = lines(&path);
    Some((ended, lines))
}

#[test]
fn process_exit_loses_nothing() {
    let Some((ended, lines)) = log_of("process_exit_loses_nothing", |path| {
        let _guard = storyline::setup("x").file(path).start().expect("starts");
        for n in 0..10_000_u64 {
            log_event!(INFO, "step", n);
        }
        std::process::exit(7);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(7), "{ended}");
    assert_eq!(lines.len(), 10_000);
    assert!(lines[9_999].ends_with("n=9999"));
}

#[test]
fn what_handlers_log_at_exit_is_written_too() {
    extern "C" fn late() {
        log_event!(WARNING, "late_handler");
    }
    extern "C" fn early() {
        log_event!(WARNING, "early_handler");
    }
    let Some((ended, lines)) = log_of("what_handlers_log_at_exit_is_written_too", |path| {
        // Handlers run in the reverse order: this one behind ours, the next one before.
        at_exit(late);
        let guard = storyline::setup("x").file(path).start().expect("starts");
        at_exit(early);
        drop(guard);
        std::process::exit(0);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(0), "{ended}");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains("early_handler") && lines[1].contains("late_handler"),
        "{lines:?}"
    );
}

#[test]
fn an_abort_behind_a_panic_loses_nothing() {
    let Some((ended, lines)) = log_of("an_abort_behind_a_panic_loses_nothing", |path| {
        struct Aborts;
        impl Drop for Aborts {
            fn drop(&mut self) {
                std::process::abort();
            }
        }
        // What is written is written by the time of the abort: nothing is left to recover.
        let setup = storyline::setup("x").recorder(Recorder::off());
        let _guard = setup.file(path).start().expect("starts");
        for n in 0..1_000_u64 {
            log_event!(INFO, "step", n);
        }
        let _aborts = Aborts;
        panic!("the end");
    }) else {
        return;
    };
    assert_eq!(ended.code(), None, "killed by a signal: {ended}");
    assert_eq!(lines.len(), 1_001);
    assert!(
        lines[1_000].contains("| CRITICAL |") && lines[1_000].contains("the end"),
        "{lines:?}"
    );
}

#[test]
fn a_thread_that_ends_leaves_its_records_behind() {
    let Some((ended, lines)) = log_of("a_thread_that_ends_leaves_its_records_behind", |path| {
        struct LogsAtTheEnd;
        impl Drop for LogsAtTheEnd {
            fn drop(&mut self) {
                log_event!(INFO, "from_a_destructor");
            }
        }
        thread_local!(static AT_THE_END: LogsAtTheEnd = const { LogsAtTheEnd });
        let _guard = storyline::setup("x").file(path).start().expect("starts");
        for _ in 0..50 {
            std::thread::spawn(|| {
                AT_THE_END.with(|_| ());
                log_event!(INFO, "from_a_thread");
            })
            .join()
            .expect("no panic");
        }
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    assert_eq!(lines.len(), 100);
}

#[test]
fn a_guard_that_cannot_write_says_so() {
    let test = "a_guard_that_cannot_write_says_so";
    let process = Process::new(&format!("{}::{test}", module_path!()));
    let Some(ended) = process.run(|| {
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", Stuck::now()))
            .start()
            .expect("starts");
        log_event!(INFO, "one");
        log_event!(INFO, "two");
        drop(guard);
        // The exit hook would wait for another five seconds.
        end_at_once();
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(0), "{ended}");
    let expected = "storyline: not everything was written within 5s: 2 records are pending";
    assert!(ended.stderr().contains(expected), "{ended}");
}

/// How often a process complained that it could not write.
fn complaints(stderr: &str) -> usize {
    stderr
        .matches("storyline: not everything was written")
        .count()
}

#[test]
fn the_end_of_a_process_waits_once_and_complains_once() {
    let test = "the_end_of_a_process_waits_once_and_complains_once";
    let start = Instant::now();
    let process = Process::new(&format!("{}::{test}", module_path!()));
    let Some(ended) = process.run(|| {
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", Stuck::now()))
            .start()
            .expect("starts");
        log_event!(INFO, "one");
        // The guard, the handler at exit and the one behind all others.
        drop(guard);
        std::process::exit(3);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(3), "{ended}");
    assert_eq!(complaints(&ended.stderr()), 1, "{ended}");
    assert!(
        start.elapsed() < Duration::from_secs(9),
        "{:?}",
        start.elapsed()
    );
}
