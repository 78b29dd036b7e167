//! A disk that fails to take what was written: told in the log, and to everyone who flushes until it takes
//! something again.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::alone::{Place, SOON, alone, lines, wait_until};
use crate::ledger::{count, numbers, records, sink_counters, text};
use crate::machine::under_failing;
use crate::recorder_stage::{die, stage};
use crate::size_limit::limit;
use storyline::sink::{self, Memory};
use storyline::{Guard, Level, log_event};

const NEVER: Duration = Duration::from_secs(3600);

/// Runs `body` with the path of a log in a process in which those of its syncs fail.
fn with_failing_syncs(test: &str, which: &str, body: impl FnOnce(&Path)) {
    let name = format!("{}::{test}", module_path!());
    under_failing(
        &name,
        &[&format!("fdatasync:error=EIO{which}")],
        false,
        body,
    );
}

fn start(path: &Path, every: Duration, memory: &Memory) -> Guard {
    storyline::setup("x")
        .sink(sink::file(path).durable(every, Level::Critical))
        .sink(sink::memory(memory))
        .start()
        .expect("starts")
}

/// What the log says of failed syncs.
fn failures(memory: &Memory) -> Vec<String> {
    let records = memory.records();
    let told = records.iter().filter(|it| it.event == "sync_failed");
    told.map(|it| text(it, "reason").to_owned()).collect()
}

#[test]
fn a_sync_that_failed_fails_the_next_flush_though_a_later_one_succeeds() {
    let test = "a_sync_that_failed_fails_the_next_flush_though_a_later_one_succeeds";
    with_failing_syncs(test, ":when=1", |path| {
        let memory = Memory::new();
        let guard = start(path, Duration::from_millis(1), &memory);
        log_event!(INFO, "step");
        wait_until("the report", || !failures(&memory).is_empty());
        // Another sync, of the report.
        wait_until("the report in the file", || lines(path).len() == 2);
        std::thread::sleep(Duration::from_millis(50));
        let error = guard.flush(SOON).expect_err("something may be lost");
        assert!(
            error.to_string().contains("may not have kept"),
            "says what is known: {error}"
        );
        guard.flush(SOON).expect("told once");
        assert_eq!(failures(&memory).len(), 1);
    });
}

#[test]
fn a_disk_that_keeps_nothing_fails_every_flush_and_is_told_once() {
    let test = "a_disk_that_keeps_nothing_fails_every_flush_and_is_told_once";
    with_failing_syncs(test, "", |path| {
        let memory = Memory::new();
        let guard = start(path, NEVER, &memory);
        log_event!(INFO, "step");
        for _ in 0..5 {
            guard.flush(SOON).expect_err("the disk fails");
        }
        assert_eq!(failures(&memory).len(), 1);
    });
}

#[test]
fn a_durable_file_is_synced_before_it_is_left_for_a_new_one() {
    let test = "a_durable_file_is_synced_before_it_is_left_for_a_new_one";
    // The one sync there is shows by its failure.
    with_failing_syncs(test, ":when=1", |path| {
        let memory = Memory::new();
        let _guard = start(path, NEVER, &memory);
        log_event!(INFO, "step", n = 1);
        wait_until("the record", || !lines(path).is_empty());
        fs::rename(path, path.with_extension("old")).expect("moved");
        log_event!(INFO, "step", n = 2);
        wait_until("the new file", || path.exists());
        wait_until("the report", || !failures(&memory).is_empty());
    });
}

#[test]
fn what_a_full_disk_let_in_is_synced_too() {
    let test = "what_a_full_disk_let_in_is_synced_too";
    // The second sync shows by its failure.
    with_failing_syncs(test, ":when=2+", |path| {
        let memory = Memory::new();
        let guard = start(path, NEVER, &memory);
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("synced");
        limit(4096);
        for n in 1..=200 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect_err("the disk fails");
        // The background thread tries again meanwhile, so the last line may be cut.
        let log = std::fs::read_to_string(path).expect("a log");
        assert!(log.lines().count() > 1, "some of it was let in");
        // Room to tell what was lost, so that nobody has to later.
        limit(libc::RLIM_INFINITY);
        let _ = guard.flush(SOON);
    });
}

/// Else a loss of power would take what the recorder's files no longer have.
#[test]
fn what_is_recovered_is_on_the_disk_before_the_recorders_files_go() {
    let test = "what_is_recovered_is_on_the_disk_before_the_recorders_files_go";
    let stage = stage!(what_is_recovered_is_on_the_disk_before_the_recorders_files_go);
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        log_event!(INFO, "step", n = 0);
        die();
    });
    with_failing_syncs(test, ":when=1", |_| {
        stage.kill("dies");
        let failed = stage.recover();
        assert_eq!(failed.problems.len(), 1, "{failed:?}");
        assert!(failed.problems[0].contains("shop.log"), "{failed:?}");
        assert_ne!(stage.left(), [""; 0]);
        stage.recover_all();
        let all = records(stage.log());
        assert_eq!(numbers(&all, "step"), [0], "once");
        assert_eq!(count(&all, "process_died"), 1, "once");
    });
}

alone! {
    fn a_file_that_is_synced_by_level_alone() {
        let place = Place::new("by-level");
        let path = place.join("x.log");
        let memory = Memory::new();
        let guard = start(&path, Duration::MAX, &memory);
        for n in 0..3_u64 {
            log_event!(INFO, "step", n);
            log_event!(CRITICAL, "step", n);
            guard.flush(SOON).expect("written");
        }
        let sink = sink_counters(&path.display().to_string());
        assert_eq!((sink.written, sink.dropped), (6, vec![]));
    }

    fn syncs_that_succeed_are_not_spoken_of() {
        let place = Place::new("synced");
        let path = place.join("x.log");
        let memory = Memory::new();
        let guard = start(&path, Duration::from_millis(1), &memory);
        for n in 0..20_u64 {
            log_event!(CRITICAL, "step", n);
            guard.flush(SOON).expect("written");
        }
        assert_eq!((lines(&path).len(), failures(&memory).len()), (20, 0));
    }
}
