//! Processes that are forked, and processes that die.

use super::{charge, summaries};
use crate::alone::{SOON, alone};
use crate::fork::{code_of, fork};
use crate::ledger::{count, number, numbers, records_with_cuts};
use crate::recorder_stage::{die, stage};
use crate::stuck::Stuck;
use storyline::log_event;
use storyline::sink::{self, Memory};

alone! {
    fn a_forked_process_counts_its_own_calls_and_its_parent_keeps_its() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for amount in 1..=10 {
            charge(amount).expect("paid");
        }
        // Some of them were taken by the background thread, and some are in the ring.
        guard.flush(SOON).expect("written");
        for amount in 1..=5 {
            charge(amount).expect("paid");
        }
        let child = fork();
        if child == 0 {
            for amount in 1..=3 {
                charge(amount).expect("paid");
            }
            drop(guard);
            let records = memory.records();
            let counts: Vec<_> = summaries(&records, "charge").into_iter().map(|it| number(it, "count")).collect();
            std::process::exit(if counts == [3] { 7 } else { 8 });
        }
        assert_eq!(code_of(child, SOON), Some(7));
        charge(1).expect("paid");
        drop(guard);
        let records = memory.records();
        let [summary] = summaries(&records, "charge")[..] else {
            panic!("one summary: {records:?}");
        };
        assert_eq!(number(summary, "count"), 16);
    }
}

/// What was only counted is lost with the process; the records between are not.
#[test]
fn a_death_leaves_the_records_between_calls_that_only_count() {
    let stage = stage!(a_death_leaves_the_records_between_calls_that_only_count);
    stage.role("dies", |stage| {
        let guard = stage
            .setup()
            .sink(sink::custom("stuck", Stuck::now()))
            .sink(sink::file(stage.log()))
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..200_u64 {
            log_event!(INFO, "step", n);
            for amount in 1..=n % 7 {
                charge(amount).expect("paid");
            }
        }
        charge(0).expect_err("declined");
        charge(1).expect("paid");
        die();
    });
    let pid = stage.kill("dies");
    stage.recover_all();
    let records = records_with_cuts(stage.log(), 0);
    let own: Vec<_> = records.iter().filter(|it| it.pid == pid).cloned().collect();
    assert!(numbers(&own, "step").into_iter().eq(0..200));
    assert_eq!(count(&own, "function_failed"), 1);
    assert_eq!(own.len(), 201, "and nothing else");
    assert_eq!(count(&records, "timing_summary"), 0);
    assert_eq!(count(&records, "records_dropped"), 0);
}
