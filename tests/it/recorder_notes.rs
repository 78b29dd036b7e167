//! What a process, and who recovers it, keep for whoever comes next: notes that a death between two system calls
//! must find in the right order.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::alone::{SOON, lines};
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{Stage, die, files_in, stage};
use storyline::sink::{self, Batch, Sink, WriteError};
use storyline::{Guard, log_event};

/// Does something before it takes its first batch, on the background thread.
struct First<F>(Option<F>);

impl<F: FnOnce() + Send> Sink for First<F> {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        if let Some(act) = self.0.take() {
            act();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs one record, whose batch somebody else ends the process over.
fn log_and_wait(guard: Guard) {
    std::mem::forget(guard);
    log_event!(INFO, "step", n = 0_u64);
    std::thread::sleep(SOON);
}

const LAST: u64 = 20;

/// Plays a process that dies when its first record is in the log and nothing says so yet; twenty more are not
/// written. None where that cannot be done.
fn die_behind_the_first_write(stage: &Stage) -> Option<()> {
    stage.role("dies", |stage| {
        let more = || (1..=LAST).for_each(|n| log_event!(INFO, "step", n));
        let guard = stage
            .setup()
            .sink(sink::custom("first", First(Some(more))))
            .sink(sink::file(stage.log()))
            .start()
            .expect("starts");
        log_and_wait(guard);
    });
    // A write is between two calls for its lock.
    let calls = ["fcntl:signal=KILL:when=2"];
    stage.play_failing("dies", &calls, Some(&stage.log()))?;
    assert_eq!(lines(stage.log()).len(), 1, "one record");
    Some(())
}

/// The note of a recovery takes the place of the dead process's own.
#[test]
fn what_had_arrived_is_kept_before_a_recovery_takes_its_own_note() {
    let stage = stage!(what_had_arrived_is_kept_before_a_recovery_takes_its_own_note);
    stage.role("recovers", |stage| {
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
        assert!(!recovery.processes[0].is_done, "{recovery:?}");
    });
    let Some(()) = die_behind_the_first_write(&stage) else {
        return;
    };
    let calls = ["write:error=EIO"];
    let Some(output) = stage.play_failing("recovers", &calls, Some(&stage.log())) else {
        return;
    };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(lines(stage.log()).len(), 1, "nothing could be written");
    stage.recover_all();
    let seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    assert!(seen.iter().copied().eq(0..=LAST), "{seen:?}");
}

/// The process that died is spoken of by who writes what it has left, and by nobody else.
#[test]
fn a_recovery_that_could_not_clear_up_is_not_done_again() {
    let stage = stage!(a_recovery_that_could_not_clear_up_is_not_done_again);
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        (0..=LAST).for_each(|n| log_event!(INFO, "step", n));
        die();
    });
    stage.role("recovers", |stage| {
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
    });
    stage.kill("dies");
    let calls = ["unlink:error=EACCES"];
    let Some(output) = stage.play_failing("recovers", &calls, None) else {
        return;
    };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stage.left().len(), 3, "nothing could be removed");
    let before = lines(stage.log());
    assert_eq!(before.len() as u64, LAST + 2, "the records and the death");
    let recovery = stage.recover_all();
    assert_eq!(recovery.processes, []);
    assert_eq!(lines(stage.log()), before);
}

/// Nobody has to find in a log what the process knew to be there.
#[test]
fn what_was_written_is_settled_before_the_next_sink_is_given_anything() {
    let stage = stage!(what_was_written_is_settled_before_the_next_sink_is_given_anything);
    let aside = stage.join("aside.log");
    stage.role("dies", |stage| {
        let (log, aside): (_, PathBuf) = (stage.log(), stage.join("aside.log"));
        let move_and_die = move || {
            fs::rename(log, aside).expect("written");
            die()
        };
        let guard = stage
            .setup()
            .sink(sink::file(stage.log()))
            .sink(sink::custom("next", First(Some(move_and_die))))
            .start()
            .expect("starts");
        log_and_wait(guard);
    });
    stage.kill("dies");
    stage.recover_all();
    assert_eq!(numbers(&records_with_cuts(aside, 0), "step"), [0]);
    let log = records_with_cuts(stage.log(), 0);
    assert_eq!(numbers(&log, "step"), [0_u64; 0]);
}

/// Whoever finds what such a process has left finds what it was.
#[test]
fn a_process_that_clears_up_removes_its_head_last() {
    let stage = stage!(a_process_that_clears_up_removes_its_head_last);
    stage.role("ends", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 0_u64);
        drop(guard);
    });
    // A ring goes with its thread, the rest with the process.
    for from in ["1+", "2+"] {
        let calls = format!("unlink:error=EACCES:when={from}");
        let Some(output) = stage.play_failing("ends", &[&calls], None) else {
            return;
        };
        assert!(output.status.success(), "{output:?}");
        let heads = files_in(&stage.recorder(), "head");
        assert_eq!(heads.len(), 1, "{:?}", stage.left());
        stage.recover_all();
    }
}
