//! Errors of a disk: each costs what was being written, is counted under its reason, told exactly, and
//! over when the disk is well again.

use std::fs;
use std::path::Path;

use crate::alone::{Place, SOON, alone, lines};
use crate::ledger::{dropped, numbers, record, records, sink_counters, told};
use crate::machine::{Mount, under_failing};
use storyline::sink::{self, Memory};
use storyline::{Reason, log_event};

const BATCHES: u64 = 12;
const IN_BATCH: u64 = 20;

/// Some batches, to a file and to memory.
fn log_batches(path: &str) -> Memory {
    let memory = Memory::new();
    let guard = storyline::setup("x")
        .file(path)
        .sink(sink::memory(&memory))
        .start()
        .expect("starts");
    for batch in 0..BATCHES {
        for n in batch * IN_BATCH..(batch + 1) * IN_BATCH {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("nothing is pending");
    }
    drop(guard);
    memory
}

/// Runs `test` in a process whose system calls on the log fail as told, and does there what `body` says,
/// with the path of the log. Nothing where that cannot be done, and in that process.
fn with_failing(test: &str, calls: &[&str], body: impl Fn(&str)) -> Option<()> {
    // Nothing but the log is cut.
    let only_the_log = calls.iter().all(|it| !it.starts_with("ftruncate"));
    under_failing(
        &format!("{}::{test}", module_path!()),
        calls,
        only_the_log,
        |path| body(path.to_str().expect("plain")),
    )
}

fn a_write_that_fails(test: &str, error: &str, reason: Reason) {
    let calls = format!("write:error={error}:when=3..5");
    with_failing(test, &[&calls], |path| {
        let memory = log_batches(path);
        let sink = sink_counters(path);
        let records = records(path);
        let seen = numbers(&records, "step");
        let lost = BATCHES * IN_BATCH - seen.len() as u64;
        assert!(lost > 0, "nothing failed: {sink}");
        assert_eq!(dropped(&sink.dropped, reason), lost, "{sink}");
        assert_eq!(sink.dropped.len(), 1, "{sink}");
        assert!(seen.is_sorted_by(|a, b| a < b), "order kept, nothing twice");
        assert!(seen.ends_with(&[BATCHES * IN_BATCH - 1]), "goes on");
        assert_eq!(told(&records, path, reason), lost);
        assert_eq!(told(&memory.records(), path, reason), lost);
        assert_eq!(
            numbers(&memory.records(), "step").len() as u64,
            BATCHES * IN_BATCH
        );
    });
}

#[test]
fn an_error_of_the_device() {
    a_write_that_fails("an_error_of_the_device", "EIO", Reason::IoError);
}

#[test]
fn a_file_system_that_became_read_only_under_an_open_file() {
    let test = "a_file_system_that_became_read_only_under_an_open_file";
    a_write_that_fails(test, "EROFS", Reason::ReadOnly);
}

#[test]
fn a_quota_that_is_used_up() {
    a_write_that_fails("a_quota_that_is_used_up", "EDQUOT", Reason::DiskFull);
}

#[test]
fn a_right_that_was_taken_away() {
    a_write_that_fails("a_right_that_was_taken_away", "EPERM", Reason::NotPermitted);
}

#[test]
fn a_handle_of_a_file_server_that_went_stale() {
    let test = "a_handle_of_a_file_server_that_went_stale";
    a_write_that_fails(test, "ESTALE", Reason::IoError);
}

/// A sink that would block is given its records again, from memory that a kill takes away; a file is not.
#[test]
fn a_file_that_would_block() {
    a_write_that_fails("a_file_that_would_block", "EAGAIN", Reason::IoError);
}

fn nothing_is_lost(test: &str, calls: &[&str]) {
    with_failing(test, calls, |path| {
        log_batches(path);
        let sink = sink_counters(path);
        assert_eq!(sink.dropped, [], "{sink}");
        let seen = numbers(&records(path), "step");
        assert!(seen.into_iter().eq(0..BATCHES * IN_BATCH));
    });
}

#[test]
fn a_write_that_is_interrupted_is_made_again() {
    let calls = ["write:error=EINTR:when=1+2"];
    nothing_is_lost("a_write_that_is_interrupted_is_made_again", &calls);
}

#[test]
fn a_file_system_without_locks_is_written_to_without_them() {
    let calls = ["fcntl:error=ENOLCK"];
    nothing_is_lost(
        "a_file_system_without_locks_is_written_to_without_them",
        &calls,
    );
}

#[test]
fn a_torn_line_that_cannot_be_taken_back_is_closed() {
    let test = "a_torn_line_that_cannot_be_taken_back_is_closed";
    with_failing(test, &["ftruncate:error=EIO"], |path| {
        let disk = Path::new(path).with_extension("disk");
        let Some(_disk) = Mount::small(&disk, "64k") else {
            return;
        };
        let log = disk.join("x.log");
        let path = log.to_str().expect("plain");
        let filler = disk.join("filler");
        fs::write(&filler, vec![b'x'; 40 * 1024]).expect("room for this");
        let guard = storyline::setup("x").file(path).start().expect("starts");
        for n in 0..2_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("nothing is pending");
        fs::remove_file(&filler).expect("freed");
        log_event!(INFO, "step", n = 2_000);
        guard.flush(SOON).expect("written");
        drop(guard);
        let (cut, whole): (Vec<_>, Vec<_>) = lines(path)
            .into_iter()
            .partition(|line| line.ends_with("…(cut)"));
        assert_eq!(cut.len(), 1, "{cut:?}");
        let records: Vec<_> = whole.iter().map(|line| record(line)).collect();
        let seen = numbers(&records, "step");
        let lost = told(&records, path, Reason::DiskFull);
        assert_eq!(seen.len() as u64 + lost, 2_001);
        assert_eq!(
            dropped(&sink_counters(path).dropped, Reason::DiskFull),
            lost
        );
        assert!(seen.ends_with(&[2_000]), "goes on");
    });
}

alone! {
    fn a_mount_that_became_read_only() {
        let place = Place::new("read-only");
        let (disk, other) = (place.join("disk"), place.join("other"));
        let Some(_disk) = Mount::small(&disk, "1m") else { return };
        let Some(_other) = Mount::again(&disk, &other) else { return };
        let path = disk.join("x.log");
        let name = path.display().to_string();
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("written");
        {
            let Some(above) = Mount::again(&disk, &disk) else { return };
            above.make_read_only();
            // Only a file that is to be opened anew meets the mount.
            fs::rename(other.join("x.log"), other.join("old.log")).expect("moved");
            fs::remove_file(other.join("old.log")).expect("removed");
            for n in 1..=300_u64 {
                log_event!(INFO, "step", n);
            }
            guard.flush(SOON).expect("nothing is pending");
            let sink = sink_counters(&name);
            assert_eq!(sink.dropped, [(Reason::ReadOnly, 300)], "{sink}");
        }
        log_event!(INFO, "step", n = 301);
        guard.flush(SOON).expect("written");
        drop(guard);
        let records = records(&path);
        assert_eq!(told(&records, &name, Reason::ReadOnly), 300);
        assert_eq!(numbers(&records, "step"), [301]);
    }
}
