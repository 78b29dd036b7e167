//! What a process has lost, and could not say before it ended, is said in the log it is missing in by whoever
//! recovers: once, and only what was not said there yet.

use std::fs;
use std::path::Path;

use crate::alone::SOON;
use crate::ledger::{dropped, is_recovered, numbers, records_with_cuts, sink_counters, told};
use crate::machine::Mount;
use crate::recorder_stage::{Stage, die, stage};
use storyline::{Guard, Level, Reason, WhenFull, log_event, sink};

fn log(stage: &Stage) -> std::path::PathBuf {
    stage.join("disk/shop.log")
}

fn filler(stage: &Stage) -> std::path::PathBuf {
    stage.join("disk/filler")
}

/// Takes what room there is left, to the last byte.
fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).expect("a file");
    let mut len = 4_096;
    while len > 0 {
        if file.write(&vec![b'x'; len]).map_or(0, |it| it) == 0 {
            len /= 2;
        }
    }
}

fn start(stage: &Stage) -> Guard {
    let setup = stage.setup().when_full(WhenFull::Drop);
    setup.file(log(stage)).start().expect("starts")
}

fn log_steps(guard: &Guard, from: u64, to: u64) {
    for n in from..to {
        log_event!(INFO, "step", n);
    }
    guard.flush(SOON).expect("nothing is pending");
}

/// An orderly end that cannot say what was lost.
fn end_on_a_full_disk(stage: &Stage, guard: Guard) {
    log_steps(&guard, 0, 1);
    fill(&filler(stage));
    log_steps(&guard, 1, 200);
    keep_counts(stage);
    drop(guard);
}

/// Leaves behind what the log and the process have lost.
fn keep_counts(stage: &Stage) {
    let lost = sink_counters(&log(stage).display().to_string());
    let disk = dropped(&lost.dropped, Reason::DiskFull);
    let ring = dropped(&storyline::counters().dropped, Reason::RingFull);
    fs::write(stage.join("lost"), format!("{disk} {ring}")).expect("written");
}

fn kept_counts(stage: &Stage) -> (u64, u64) {
    let text = fs::read_to_string(stage.join("lost")).expect("left behind");
    let (disk, ring) = text.split_once(' ').expect("two");
    let count = |it: &str| it.parse().expect("a number");
    (count(disk), count(ring))
}

/// What the log says of its losses, and how much of that was said by others later.
fn check_told(stage: &Stage) {
    let all = records_with_cuts(log(stage), 0);
    let (disk, ring) = kept_counts(stage);
    let name = log(stage).display().to_string();
    assert_eq!(told(&all, &name, Reason::DiskFull), disk);
    assert_eq!(told(&all, "all", Reason::RingFull), ring);
}

fn recovered_reports(stage: &Stage) -> usize {
    let all = records_with_cuts(log(stage), 0);
    let all = all.iter().filter(|it| it.event == "records_dropped");
    all.filter(|it| is_recovered(it)).count()
}

#[test]
fn what_a_full_disk_took_is_told_after_a_kill() {
    let stage = stage!(what_a_full_disk_took_is_told_after_a_kill);
    stage.role("dies", |stage| {
        let guard = start(stage);
        log_steps(&guard, 0, 10);
        fill(&filler(stage));
        // More than a ring holds, at once.
        log_steps(&guard, 10, 50_000);
        keep_counts(stage);
        die();
    });
    stage.role("comes", |stage| log_steps(&start(stage), 60_000, 60_001));
    let Some(_mount) = Mount::small(&stage.join("disk"), "64k") else {
        return;
    };
    stage.kill("dies");
    assert!(kept_counts(&stage).0 > 0, "the disk was not full");
    assert!(kept_counts(&stage).1 > 0, "the ring was not full");
    fs::remove_file(filler(&stage)).expect("freed");
    stage.play_well("comes");
    check_told(&stage);
    assert_eq!(recovered_reports(&stage), 2);
    stage.play_well("comes");
    stage.recover_all();
    check_told(&stage);
    let seen = numbers(&records_with_cuts(log(&stage), 0), "step");
    assert!(seen.ends_with(&[60_000, 60_000]));
}

#[test]
fn what_the_log_was_told_already_is_not_told_again() {
    let stage = stage!(what_the_log_was_told_already_is_not_told_again);
    stage.role("dies", |stage| {
        let guard = start(stage);
        fill(&filler(stage));
        log_steps(&guard, 0, 200);
        fs::remove_file(filler(stage)).expect("freed");
        log_steps(&guard, 200, 210);
        fill(&filler(stage));
        log_steps(&guard, 210, 300);
        keep_counts(stage);
        die();
    });
    let Some(_mount) = Mount::small(&stage.join("disk"), "64k") else {
        return;
    };
    stage.kill("dies");
    let all = records_with_cuts(log(&stage), 0);
    let name = log(&stage).display().to_string();
    let before = told(&all, &name, Reason::DiskFull);
    assert!(before > 0 && before < kept_counts(&stage).0, "{before}");
    fs::remove_file(filler(&stage)).expect("freed");
    stage.recover_all();
    check_told(&stage);
    assert_eq!(recovered_reports(&stage), 1);
}

#[test]
fn what_an_orderly_end_could_not_tell_is_told_when_there_is_room() {
    let stage = stage!(what_an_orderly_end_could_not_tell_is_told_when_there_is_room);
    stage.role("ends", |stage| {
        end_on_a_full_disk(stage, start(stage));
    });
    stage.role("comes", |stage| drop(start(stage)));
    let Some(_mount) = Mount::small(&stage.join("disk"), "64k") else {
        return;
    };
    stage.play_well("ends");
    assert_eq!(stage.left().len(), 1, "a head");
    assert_eq!(stage.recover().problems.len(), 1, "the disk is still full");
    assert_eq!(stage.left().len(), 1, "kept");
    fs::remove_file(filler(&stage)).expect("freed");
    stage.play_well("comes");
    check_told(&stage);
    assert_eq!(stage.left(), [""; 0]);
    let all = records_with_cuts(log(&stage), 0);
    assert!(
        !all.iter().any(|it| it.event == "process_died"),
        "nobody died"
    );
    stage.recover_all();
    check_told(&stage);
}

/// What a start has to say of it must not be a loss itself, or each start would leave one more.
#[test]
fn a_loss_that_waits_is_one_however_often_a_process_starts() {
    let stage = stage!(a_loss_that_waits_is_one_however_often_a_process_starts);
    stage.role("ends", |stage| {
        end_on_a_full_disk(stage, start(stage));
    });
    stage.role("comes", |stage| drop(start(stage)));
    let Some(_mount) = Mount::small(&stage.join("disk"), "64k") else {
        return;
    };
    stage.play_well("ends");
    for _ in 0..4 {
        stage.play_well("comes");
        assert_eq!(stage.left().len(), 1, "one head: {:?}", stage.left());
    }
    fs::remove_file(filler(&stage)).expect("freed");
    stage.play_well("comes");
    check_told(&stage);
    assert_eq!(recovered_reports(&stage), 1);
    assert_eq!(stage.left(), [""; 0]);
}

/// As with one file for each run beside one for all.
#[test]
fn a_log_that_lost_nothing_is_not_waited_for() {
    let stage = stage!(a_log_that_lost_nothing_is_not_waited_for);
    stage.role("ends", |stage| {
        let setup = stage.setup().when_full(WhenFull::Drop);
        let setup = setup.file(log(stage)).file(stage.join("run-1.log"));
        end_on_a_full_disk(stage, setup.start().expect("starts"));
    });
    stage.role("comes", |stage| drop(start(stage)));
    let Some(_mount) = Mount::small(&stage.join("disk"), "64k") else {
        return;
    };
    stage.play_well("ends");
    fs::remove_file(filler(&stage)).expect("freed");
    stage.play_well("comes");
    check_told(&stage);
    assert_eq!(stage.left(), [""; 0]);
}

#[test]
fn a_loss_that_a_log_does_not_want_to_hear_of_leaves_nothing() {
    let stage = stage!(a_loss_that_a_log_does_not_want_to_hear_of_leaves_nothing);
    stage.role("ends", |stage| {
        let setup = stage.setup().when_full(WhenFull::Drop);
        let errors = sink::file(stage.log()).level(Level::Error);
        let guard = setup.sink(errors).start().expect("starts");
        // More than a ring holds, at once.
        (0..50_000).for_each(|n| log_event!(ERROR, "step", n));
        guard.flush(SOON).expect("written");
        let lost = dropped(&storyline::counters().dropped, Reason::RingFull);
        assert!(lost > 0, "the ring was not full");
        drop(guard);
    });
    stage.play_well("ends");
    assert_eq!(stage.left(), [""; 0]);
}
