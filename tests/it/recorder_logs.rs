//! Which log files the recorder speaks for: how many, and by which paths they are reached.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use crate::alone::SOON;
use crate::ledger::{numbers, records_with_cuts, text};
use crate::recorder_stage::{die, stage};
use storyline::{log_event, sink};

/// From here on this process can make no thread more.
#[expect(unsafe_code, reason = "`std` knows neither users nor limits")]
fn forbid_threads() {
    // Root is not limited.
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0);
    // SAFETY: the call touches no memory.
    let is_somebody = !is_root || unsafe { libc::setuid(12_345) } == 0;
    assert!(is_somebody);
    let limit = libc::rlimit {
        rlim_cur: 1,
        rlim_max: 1,
    };
    // SAFETY: the pointer is to a live `rlimit`, which the call reads.
    let set = unsafe { libc::setrlimit(libc::RLIMIT_NPROC, &raw const limit) };
    assert_eq!(set, 0);
}

#[test]
fn a_start_without_a_thread_leaves_no_files() {
    let stage = stage!(a_start_without_a_thread_leaves_no_files);
    stage.role("starts", |stage| {
        forbid_threads();
        let outcome = stage.setup().file(stage.log()).start();
        let error = outcome.expect_err("no thread").to_string();
        assert!(error.contains("thread"), "{error}");
        assert!(stage.recorder().is_dir(), "it had begun to record");
    });
    std::fs::set_permissions(stage.join("."), std::fs::Permissions::from_mode(0o777))
        .expect("ours");
    stage.play_well("starts");
    assert_eq!(stage.left(), [""; 0]);
}

#[test]
fn a_log_too_many_is_named_at_the_start() {
    let stage = stage!(a_log_too_many_is_named_at_the_start);
    stage.role("logs", |stage| {
        let logs = (1..=9).map(|n| stage.join(format!("{n}.log")));
        let setup = logs.fold(stage.setup(), |setup, log| setup.sink(sink::file(log)));
        let guard = setup.start().expect("starts");
        log_event!(INFO, "step", n = 0_u64);
        guard.flush(SOON).expect("written");
    });
    stage.play_well("logs");
    let records = records_with_cuts(stage.join("9.log"), 0);
    assert_eq!(numbers(&records, "step"), [0]);
    let warned = records
        .iter()
        .filter(|it| it.event == "recorder_unavailable");
    let reasons: Vec<_> = warned.map(|it| text(it, "reason")).collect();
    let ninth = stage.join("9.log").display().to_string();
    assert!(
        reasons.len() == 1 && reasons[0].contains(&ninth),
        "{reasons:?}"
    );
    assert!(!reasons[0].contains("8.log"), "{reasons:?}");
}

/// Each release has a directory of its own, with a link to the one place where logs are kept.
#[test]
fn a_log_that_is_reached_by_another_path_is_recovered_by_the_next_start() {
    let stage = stage!(a_log_that_is_reached_by_another_path_is_recovered_by_the_next_start);
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.join("release-1/logs/shop.log"));
        for n in 0..20_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    stage.role("comes", |stage| {
        let setup = stage.setup().file(stage.join("release-2/logs/shop.log"));
        let guard = setup.start().expect("starts");
        guard.flush(SOON).expect("written");
    });
    stage.role("is another", |stage| {
        let setup = stage.setup().file(stage.join("other.log"));
        let guard = setup.start().expect("starts");
        guard.flush(SOON).expect("written");
    });
    std::fs::create_dir(stage.join("shared")).expect("made");
    for release in ["release-1", "release-2"] {
        std::fs::create_dir(stage.join(release)).expect("made");
        symlink(stage.join("shared"), stage.join(release).join("logs")).expect("linked");
    }
    stage.kill("dies");
    stage.play_well("is another");
    assert!(
        records_with_cuts(stage.join("other.log"), 0).is_empty(),
        "not its business"
    );
    stage.play_well("comes");
    let records = records_with_cuts(stage.join("shared/shop.log"), 0);
    let seen = numbers(&records, "step");
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
    let died = records.iter().filter(|it| it.event == "process_died");
    assert_eq!(died.count(), 1);
    assert_eq!(stage.left(), [""; 0]);
}
