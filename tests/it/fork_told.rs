//! What is told around a fork: notices by one process, and what was lost in it.
#![expect(unsafe_code, reason = "forking is what is tested")]

use crate::alone::{Place, SOON, wait_until};
use crate::ledger::{dropped, records, records_with_cuts, told};
use crate::recorder_stage::{die, stage};
use storyline::{Reason, log_event};

/// Waits for the end of a child that runs this and ends.
fn in_a_child(act: impl FnOnce()) {
    // SAFETY: the child calls nothing that a lock of another thread could keep, but for the allocator and
    // the library under test, both of which prepare for a fork.
    let child = unsafe { libc::fork() };
    if child == 0 {
        act();
        // SAFETY: it ends the process; nothing comes after it.
        unsafe { libc::_exit(0) }
    }
    let mut status = 0;
    // SAFETY: the pointer is to an integer that the call may write.
    let ended = unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!((ended, status), (child, 0));
}

/// As a daemon does, which forks as soon as it has started.
#[test]
fn a_death_is_told_by_the_parent_alone() {
    let stage = stage!(a_death_is_told_by_the_parent_alone);
    let other = stage.join("logs/other.log");
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        log_event!(INFO, "step", n = 0);
        die();
    });
    stage.role("forks", |stage| {
        let setup = stage.setup().file(stage.log());
        let guard = setup
            .file(stage.join("logs/other.log"))
            .start()
            .expect("starts");
        in_a_child(|| {
            log_event!(INFO, "child");
            storyline::flush(SOON).expect("written");
        });
        guard.flush(SOON).expect("written");
    });
    stage.kill("dies");
    stage.play_well("forks");
    for log in [stage.log(), other] {
        let all = records_with_cuts(&log, 0);
        let died = all.iter().filter(|it| it.event == "process_died");
        assert_eq!(died.count(), 1, "{}", log.display());
        assert_eq!(all.iter().filter(|it| it.event == "child").count(), 1);
    }
}

extern "C" fn log_in_the_fork() {
    log_event!(INFO, "in_the_fork");
}

crate::alone::alone! {
    fn what_is_lost_is_told_though_no_record_comes_after_it() {
        let place = Place::new("fork-lost");
        let log = place.join("x.log");
        // SAFETY: a function of this program. Who registers first prepares last: the library stands still by then.
        let registered = unsafe { libc::pthread_atfork(Some(log_in_the_fork), None, None) };
        assert_eq!(registered, 0);
        let guard = storyline::setup("x").file(&log).start().expect("starts");
        log_event!(INFO, "step");
        in_a_child(|| ());
        wait_until("the report", || told(&records(&log), "all", Reason::Reentrant) > 0);
        guard.flush(SOON).expect("written");
        assert_eq!(told(&records(&log), "all", Reason::Reentrant), 1);
        assert_eq!(dropped(&storyline::counters().dropped, Reason::Reentrant), 1);
    }
}
