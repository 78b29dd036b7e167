//! What a recovery cannot finish, cannot read or cannot place: told exactly once, kept where it can be of use
//! later, and gone where it cannot.

use std::fs;

use crate::alone::{SOON, lines};
use crate::ledger::{number, numbers, records_with_cuts, text};
use crate::recorder_stage::{Stage, die, files_in, stage};
use crate::size_limit::limit;
use storyline::log_event;

/// Twenty records, none of which is written, each with a request's id behind its values.
fn twenty(stage: &Stage) -> ! {
    stage.start_unwritten(stage.log());
    let _request = storyline::request_scope("r-77");
    for n in 0..20_u64 {
        log_event!(INFO, "step", n);
    }
    die()
}

/// Makes what the record with this number says of its request unreadable, and nothing else of it.
fn spoil(stage: &Stage, n: usize) {
    let ring = files_in(&stage.recorder(), "ring").pop().expect("one");
    let mut bytes = fs::read(&ring).expect("readable");
    let mut ids = bytes.windows(4).enumerate().filter(|it| it.1 == b"r-77");
    let (at, _) = ids.nth(n).expect("as many");
    bytes[at] = 0xff;
    fs::write(ring, bytes).expect("written");
}

fn told_damaged(stage: &Stage) -> Vec<u64> {
    let all = records_with_cuts(stage.log(), 0);
    let told = all
        .iter()
        .filter(|it| it.event == "records_dropped" && text(it, "reason") == "damaged");
    told.map(|it| number(it, "count")).collect()
}

#[test]
fn a_record_that_cannot_be_read_is_counted() {
    let stage = stage!(a_record_that_cannot_be_read_is_counted);
    stage.role("dies", |stage| twenty(stage));
    stage.kill("dies");
    spoil(&stage, 7);
    spoil(&stage, 12);
    let recovery = stage.recover();
    let process = &recovery.processes[0];
    assert_eq!((process.written, process.damaged), (18, 2), "{recovery:?}");
    assert!(process.is_done, "{recovery:?}");
    let seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    assert!(
        seen.into_iter()
            .eq((0..20).filter(|n| ![7, 13].contains(n)))
    );
    assert_eq!(told_damaged(&stage), [2]);
}

/// A head ends where the limit is, so that everything is written and only that cannot be noted any more.
#[test]
fn damage_is_told_once_by_a_recovery_that_is_repeated() {
    let stage = stage!(damage_is_told_once_by_a_recovery_that_is_repeated);
    stage.role("dies", |stage| twenty(stage));
    stage.role("recovers", |stage| {
        limit(17 * 1024);
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
        assert!(!recovery.processes[0].is_done, "{recovery:?}");
    });
    stage.kill("dies");
    let ring = files_in(&stage.recorder(), "ring").pop().expect("one");
    let mut bytes = fs::read(&ring).expect("readable");
    let at = bytes
        .windows(4)
        .position(|it| it == b"r-77")
        .expect("there");
    // Its length and number, too.
    bytes[at - 40..at + 4].fill(0xff);
    fs::write(ring, bytes).expect("written");
    stage.play_well("recovers");
    let before = lines(stage.log());
    assert_eq!(told_damaged(&stage).len(), 1, "{before:?}");
    assert!(stage.recover().processes[0].is_done);
    assert_eq!(lines(stage.log()), before);
    assert_eq!(stage.left(), [""; 0]);
}

/// Without the dead process's notes nobody could tell, after another death, what had arrived.
#[test]
fn without_notes_nothing_is_recovered_now() {
    let stage = stage!(without_notes_nothing_is_recovered_now);
    stage.role("dies", |stage| twenty(stage));
    stage.role("recovers", |stage| {
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
        assert!(
            recovery.problems[0].contains("cannot recover into"),
            "{recovery:?}"
        );
    });
    stage.kill("dies");
    let head = files_in(&stage.recorder(), "head").pop().expect("one");
    let calls = ["mmap:error=ENOMEM"];
    let Some(output) = stage.play_failing("recovers", &calls, Some(&head)) else {
        return;
    };
    assert!(output.status.success(), "{output:?}");
    assert!(lines(stage.log()).is_empty());
    stage.recover_all();
    let seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
}

#[test]
fn what_no_head_speaks_of_goes_when_nothing_is_in_it() {
    let stage = stage!(what_no_head_speaks_of_goes_when_nothing_is_in_it);
    stage.role("dies", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 0_u64);
        guard.flush(SOON).expect("written");
        std::mem::forget(guard);
        die();
    });
    stage.kill("dies");
    let head = files_in(&stage.recorder(), "head").pop().expect("one");
    fs::remove_file(head).expect("there");
    assert_eq!(stage.left().len(), 2, "a ring and sites");
    let recovery = stage.recover();
    assert!(recovery.problems.is_empty(), "{recovery:?}");
    assert_eq!(stage.left(), [""; 0]);
}

#[test]
fn what_no_head_speaks_of_is_named_and_kept_when_records_are_in_it() {
    let stage = stage!(what_no_head_speaks_of_is_named_and_kept_when_records_are_in_it);
    stage.role("dies", |stage| twenty(stage));
    stage.kill("dies");
    let head = files_in(&stage.recorder(), "head").pop().expect("one");
    fs::remove_file(head).expect("there");
    fs::write(stage.recorder().join("0000000000000001.0.ring"), "a text").expect("written");
    let before = stage.left();
    for _ in 0..2 {
        let problems = stage.recover().problems;
        assert_eq!(problems.len(), 2, "{problems:?}");
        for ring in files_in(&stage.recorder(), "ring") {
            let ring = ring.display().to_string();
            assert!(
                problems.iter().any(|it| it.contains(&ring)),
                "{ring}: {problems:?}"
            );
        }
        assert!(
            problems.iter().any(|it| it.contains("20 records")),
            "{problems:?}"
        );
    }
    assert_eq!(stage.left(), before);
}
