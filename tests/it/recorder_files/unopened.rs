//! Files of a dead process that cannot be opened now: they are kept for later.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::Duration;

use crate::alone::wait_until;
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{Stage, die, end_of, files_in, stage};
use storyline::log_event;

/// Twenty threads, each with its own ring, nothing written.
fn twenty_rings(stage: &Stage) -> ! {
    stage.start_unwritten(stage.log());
    let threads = (0..20_u64).map(|n| {
        std::thread::spawn(move || {
            log_event!(INFO, "step", n);
            std::thread::sleep(Duration::from_secs(100));
        })
    });
    let _all: Vec<_> = threads.collect();
    wait_until("all have logged", || storyline::counters().accepted == 20);
    die()
}

#[test]
fn a_ring_that_cannot_be_opened_keeps_its_session() {
    let stage = stage!(a_ring_that_cannot_be_opened_keeps_its_session);
    stage.role("dies", |stage| twenty_rings(stage));
    stage.kill("dies");
    let rings = files_in(&stage.recorder(), "ring");
    assert_eq!(rings.len(), 20);
    let aside = stage.join("aside.ring");
    fs::rename(&rings[3], &aside).expect("moved");
    symlink(&aside, &rings[3]).expect("linked");
    let recovery = stage.recover();
    assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
    assert!(
        !recovery.processes.iter().any(|it| it.is_done),
        "{recovery:?}"
    );
    assert!(
        fs::symlink_metadata(&rings[3]).is_ok(),
        "the link was removed"
    );
    fs::remove_file(&rings[3]).expect("there");
    fs::rename(&aside, &rings[3]).expect("moved back");
    stage.recover_all();
    let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    seen.sort_unstable();
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
}

#[test]
fn too_few_descriptors_cost_no_records() {
    let stage = stage!(too_few_descriptors_cost_no_records);
    stage.role("dies", |stage| twenty_rings(stage));
    stage.role("recovers", |stage| {
        let _ = storyline::recover(stage.recorder());
    });
    stage.kill("dies");
    for most in 4..24 {
        let inner = stage.command("recovers");
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {most}; exec \"$0\" \"$@\"")]);
        command.arg(inner.get_program()).args(inner.get_args());
        command.envs(
            inner
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        end_of(command.spawn().expect("a shell"));
    }
    let recovery = stage.recover();
    assert_eq!(recovery.problems, [""; 0]);
    let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    seen.sort_unstable();
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
    assert_eq!(stage.left(), [""; 0]);
}
