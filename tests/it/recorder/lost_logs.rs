//! Logs that are no longer where they were, or what they were.

use std::path::Path;

use super::{check_fifty_orders, fifty_orders, this_millisecond};
use crate::alone::SOON;
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{Stage, die, stage};
use crate::stuck::Stuck;
use storyline::{log_event, sink};

/// Logs, waits until half of it is written, and dies with the rest.
fn half(stage: &Stage, log: &Path) -> ! {
    let guard = stage.setup().file(log).start().expect("starts");
    for n in 0..100_u64 {
        log_event!(INFO, "step", n);
    }
    guard.flush(SOON).expect("written");
    for n in 100..200_u64 {
        log_event!(INFO, "step", n);
    }
    std::mem::forget(guard);
    die()
}

#[test]
fn a_log_that_was_moved_is_gone_on_with_in_a_new_one() {
    let stage = stage!(a_log_that_was_moved_is_gone_on_with_in_a_new_one);
    stage.role("dies", |stage| half(stage, &stage.log()));
    for round in 0..8 {
        let old = stage.join("logs/shop.log.1");
        stage.kill("dies");
        std::fs::rename(stage.log(), &old).expect("moved");
        stage.recover_all();
        let mut all = records_with_cuts(&old, 1);
        all.extend(records_with_cuts(stage.log(), 0));
        let found = numbers(&all, "step");
        assert!(found.iter().copied().eq(0..200), "round {round}: {found:?}");
        let _ = std::fs::remove_file(stage.log());
    }
}

#[test]
fn a_deleted_log_is_made_anew_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let stage = stage!(a_deleted_log_is_made_anew_as_it_was);
    stage.role("dies", |stage| {
        let output = sink::file(stage.log()).mode(0o600);
        let stuck = sink::custom("stuck", Stuck::now());
        let guard = stage
            .setup()
            .sink(stuck)
            .sink(output)
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..10_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    stage.kill("dies");
    std::fs::remove_dir_all(stage.join("logs")).expect("removed");
    stage.recover_all();
    let found = numbers(&records_with_cuts(stage.log(), 0), "step");
    assert!(found.iter().copied().eq(0..10), "{found:?}");
    let mode = std::fs::metadata(stage.log())
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else may read it now");
}

#[test]
fn a_log_that_became_a_device_takes_nothing() {
    let stage = stage!(a_log_that_became_a_device_takes_nothing);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    let since = this_millisecond();
    let pid = stage.kill("dies");
    std::fs::remove_file(stage.log()).expect("there");
    std::os::unix::fs::symlink("/dev/null", stage.log()).expect("linked");
    let recovery = stage.recover();
    assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
    assert!(recovery.problems[0].contains("shop.log"), "{recovery:?}");
    assert!(!recovery.processes[0].is_done, "{recovery:?}");
    std::fs::remove_file(stage.log()).expect("there");
    stage.recover_all();
    check_fifty_orders(&stage, pid, since);
}
