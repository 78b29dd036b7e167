//! A place or a disk without room for them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::told;
use crate::alone::{SOON, lines};
use crate::ledger::{numbers, records_with_cuts};
use crate::machine::Mount;
use crate::recorder_stage::{die, stage};
use crate::stuck::Stuck;
use storyline::{Recorder, log_event, sink};

#[test]
fn without_room_it_logs_on_and_says_so_once() {
    let stage = stage!(without_room_it_logs_on_and_says_so_once);
    stage.role("logs", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        std::thread::scope(|scope| {
            // Their rings take room one after the other.
            let (sender, receiver) = std::sync::mpsc::channel::<()>();
            let receiver = std::sync::Arc::new(std::sync::Mutex::new(receiver));
            for n in 0..60_u64 {
                let receiver = std::sync::Arc::clone(&receiver);
                scope.spawn(move || {
                    log_event!(INFO, "step", n);
                    let _ = receiver.lock().map(|it| it.recv());
                });
                guard.flush(SOON).expect("written");
            }
            drop(sender);
        });
        drop(guard);
    });
    // Too small to begin in, and large enough for some rings only.
    for (size, what) in [("512k", "no place"), ("1900k", "another ring")] {
        let at = stage.recorder();
        let Some(_mount) = Mount::small(&at, size) else {
            return;
        };
        fs::set_permissions(&at, Permissions::from_mode(0o700)).expect("ours");
        let _ = fs::remove_file(stage.log());
        stage.play_well("logs");
        let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..60), "{size}");
        let told = told(&stage.log());
        assert_eq!(told.len(), 1, "{size}: {told:?}");
        assert_eq!(told[0].0, "recorder_unavailable");
        assert!(told[0].1.contains(&at.display().to_string()), "{told:?}");
        assert!(what == "no place" || told[0].1.contains(what), "{told:?}");
        assert_eq!(stage.left(), [""; 0], "{size}");
    }
}

#[test]
fn a_full_disk_during_recovery_costs_no_records() {
    let stage = stage!(a_full_disk_during_recovery_costs_no_records);
    let disk = stage.join("disk");
    stage.role("dies", |stage| {
        let log = stage.join("disk/shop.log");
        let guard = stage
            .setup()
            .recorder(Recorder::at(stage.recorder()))
            .ring_bytes(1 << 20)
            .sink(sink::custom("stuck", Stuck::now()))
            .sink(sink::file(log))
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..5_000_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    let Some(_mount) = Mount::small(&disk, "1m") else {
        return;
    };
    stage.kill("dies");
    let ballast = disk.join("ballast");
    for kib in [1_020, 900, 700] {
        let _ = fs::remove_file(&ballast);
        fs::write(&ballast, vec![1; kib << 10]).expect("room");
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{kib}: {recovery:?}");
        assert!(
            recovery.problems[0].contains("disk/shop.log"),
            "{recovery:?}"
        );
    }
    fs::remove_file(&ballast).expect("there");
    stage.recover_all();
    let seen = numbers(&records_with_cuts(disk.join("shop.log"), 0), "step");
    assert!(seen.iter().copied().eq(0..5_000), "{} of 5000", seen.len());
    let mut others = lines(disk.join("shop.log"));
    others.retain(|line| !line.contains(" | step | "));
    assert_eq!(others.len(), 1, "{others:?}");
    assert!(others[0].contains(" | process_died | "), "{others:?}");
}
