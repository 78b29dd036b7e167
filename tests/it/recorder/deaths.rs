//! Ways to die, and ways to be recovered.

use std::os::unix::process::CommandExt;
use std::process::Command;

use super::{check_fifty_orders, fifty_orders, this_millisecond};
use crate::alone::SOON;
use crate::ledger::{number, numbers, records_with_cuts, text};
use crate::recorder_stage::{die, end_of, stage};
use storyline::format::Json;
use storyline::{Level, ValueBuf, log_event, sink};

#[test]
fn a_killed_process_is_recovered() {
    let stage = stage!(a_killed_process_is_recovered);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    let since = this_millisecond();
    let pid = stage.kill("dies");
    let recovery = stage.recover_all();
    assert_eq!(recovery.processes.len(), 1);
    let process = &recovery.processes[0];
    assert_eq!((process.pid, process.service.as_str()), (pid, "shop"));
    assert_eq!(process.written, 51, "each once, whatever logs it is for");
    check_fifty_orders(&stage, pid, since);
    assert_eq!(
        stage.recover(),
        storyline::recover(stage.join("nowhere")).expect("nothing")
    );
    check_fifty_orders(&stage, pid, since);
}

#[test]
fn an_aborted_process_is_recovered_by_the_next_start() {
    let stage = stage!(an_aborted_process_is_recovered_by_the_next_start);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        std::process::abort();
    });
    stage.role("comes", |stage| {
        let guard = stage
            .setup()
            .file(stage.log())
            .sink(sink::file(stage.join("logs/shop.json")).format(Json::default()))
            .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
            .start()
            .expect("starts");
        log_event!(INFO, "back");
        guard.flush(SOON).expect("written");
    });
    let since = this_millisecond();
    let child = stage.start("dies");
    let pid = child.id();
    assert!(!end_of(child).status.success());
    stage.play_well("comes");
    stage.play_well("comes");
    check_fifty_orders(&stage, pid, since);
    let records = records_with_cuts(stage.log(), 0);
    let died: Vec<_> = records
        .iter()
        .filter(|it| it.event == "process_died")
        .collect();
    assert_eq!(died.len(), 1, "told once");
    assert_eq!(number(died[0], "died_pid"), u64::from(pid));
    assert_eq!(number(died[0], "damaged"), 0);
    assert_eq!(text(died[0], "died_service"), "shop");
    assert_eq!(records.iter().filter(|it| it.event == "back").count(), 2);
    assert_eq!(stage.left(), [""; 0]);
}

/// The process lives on, under its number, as another program.
#[test]
fn a_process_that_became_another_program_is_recovered() {
    let stage = stage!(a_process_that_became_another_program_is_recovered);
    stage.role("becomes", |stage| {
        fifty_orders(stage);
        let signal = stage.join("became");
        let words = "echo > \"$0\"; exec sleep 100";
        panic!(
            "{}",
            Command::new("sh").args(["-c", words]).arg(signal).exec()
        );
    });
    let since = this_millisecond();
    let mut child = stage.start("becomes");
    stage.wait_for("became");
    stage.recover_all();
    check_fifty_orders(&stage, child.id(), since);
    child.kill().expect("still there");
    child.wait().expect("a child");
}

/// The end of a process waits for its sinks, but not for ever.
#[test]
fn a_process_that_ends_before_everything_is_written_is_recovered() {
    let stage = stage!(a_process_that_ends_before_everything_is_written_is_recovered);
    stage.role("ends", |stage| {
        fifty_orders(stage);
        std::process::exit(0);
    });
    let since = this_millisecond();
    let child = stage.start("ends");
    let pid = child.id();
    assert!(end_of(child).status.success());
    stage.recover_all();
    check_fifty_orders(&stage, pid, since);
}

#[test]
fn a_format_that_panics_does_not_keep_the_next_process_from_starting() {
    let stage = stage!(a_format_that_panics_does_not_keep_the_next_process_from_starting);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    stage.role("comes", |stage| {
        let picky =
            storyline::sink::file(stage.log()).format(Picky(storyline::format::Line::default()));
        let guard = stage.setup().sink(picky).start().expect("starts");
        log_event!(INFO, "back");
        guard.flush(SOON).expect("written");
    });
    let pid = stage.kill("dies");
    stage.play_well("comes");
    let found: Vec<_> = records_with_cuts(stage.log(), 0)
        .into_iter()
        .filter(|it| it.pid == pid)
        .collect();
    assert!(
        numbers(&found, "order_paid")
            .into_iter()
            .eq((0..50).filter(|it| *it != 7))
    );
}

struct Picky(storyline::format::Line);

impl storyline::format::Format for Picky {
    fn format(&mut self, record: &storyline::Record<'_>, out: &mut Vec<u8>) {
        let is_seventh = record.to_owned().field("n") == Some(&ValueBuf::UInt(7));
        assert!(!is_seventh, "not this one");
        self.0.format(record, out);
    }
}
