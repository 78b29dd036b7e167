//! Calls that are not counted, and who says so.

use super::{charge, summaries};
use crate::alone::{Process, SOON, alone};
use crate::ledger::{count, number};
use crate::stuck::Stuck;
use storyline::sink::{self, Memory};
use storyline::testing::capture;
use storyline::{WhenFull, log_event, timed};

#[timed(percentiles)]
fn written_down(n: u64) -> u64 {
    n
}

alone! {
    fn a_call_never_waits_for_room_to_be_counted_and_what_is_missed_is_told() {
        let memory = Memory::new();
        let stuck = Stuck::now();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .sink(sink::custom("stuck", stuck.clone()))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Wait(SOON * 60))
            .start()
            .expect("starts");
        log_event!(INFO, "first");
        // Were it to wait for room but once, this would take an hour.
        let calls = 50_000;
        for amount in 1..=calls {
            charge(amount).expect("paid");
        }
        stuck.go();
        drop(guard);
        let records = memory.records();
        let [summary] = summaries(&records, "charge")[..] else {
            panic!("one summary: {records:?}");
        };
        let missed = number(summary, "missed");
        assert!(missed > 0, "the ring holds less: {summary:?}");
        assert_eq!(number(summary, "count") + missed, calls);
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.written), (1, 1), "{counters}");
        assert_eq!(counters.dropped_total(), 0, "what was missed was no record: {counters}");
    }

    fn a_call_whose_record_is_lost_is_missed() {
        let memory = Memory::new();
        let stuck = Stuck::now();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .sink(sink::custom("stuck", stuck.clone()))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Drop)
            .start()
            .expect("starts");
        let calls = 20_000;
        for n in 0..calls {
            written_down(n);
        }
        stuck.go();
        drop(guard);
        let records = memory.records();
        let [summary] = summaries(&records, "written_down")[..] else {
            panic!("one summary: {} records", records.len());
        };
        let counters = storyline::counters();
        assert_eq!(counters.accepted, calls, "{counters}");
        assert_eq!(number(summary, "missed"), counters.dropped_total(), "{counters}");
        assert_eq!(number(summary, "count"), counters.written, "{counters}");
        assert_eq!(number(summary, "count") as usize, count(&records, "function_complete"));
    }

    fn the_sum_of_all_records_holds_at_any_moment_beside_calls_that_only_count() {
        let guard = storyline::setup("x").sink(sink::memory(&Memory::newest(1))).start().expect("starts");
        let calls = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| for n in 1..=20_000_u64 {
                charge(n).expect("paid");
                if n % 10 == 0 {
                    log_event!(INFO, "step", n);
                }
            })).collect();
            let mut before = 0;
            while threads.iter().any(|thread| !thread.is_finished()) {
                let counters = storyline::counters();
                let known = counters.pending + counters.written + counters.dropped_total();
                assert_eq!(counters.accepted, known, "{counters}");
                assert!(before <= counters.accepted && counters.accepted <= 4_000, "{counters}");
                before = counters.accepted;
            }
            4_000
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.pending, counters.written), (calls, 0, calls), "{counters}");
    }

    fn a_capture_has_the_calls_and_the_log_does_not_count_them() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        charge(1).expect("paid");
        let captured = capture(|| {
            charge(2).expect("paid");
            charge(0).expect_err("declined");
        });
        assert_eq!(captured.events(), ["function_complete", "function_failed"]);
        charge(3).expect("paid");
        drop(guard);
        let records = memory.records();
        let [summary] = summaries(&records, "charge")[..] else {
            panic!("one summary: {records:?}");
        };
        assert_eq!((number(summary, "count"), number(summary, "errors")), (2, 0), "{summary:?}");
        assert_eq!(summary.field("missed"), None);
    }

    fn where_nothing_is_wanted_nothing_is_counted() {
        let memory = Memory::new();
        let setup = storyline::setup("x").directives("off").sink(sink::memory(&memory));
        let guard = setup.start().expect("starts");
        charge(1).expect("paid");
        charge(0).expect_err("declined");
        drop(guard);
        assert!(memory.records().is_empty(), "{:?}", memory.records());
        assert_eq!(storyline::counters().accepted, 0);
    }
}

#[test]
fn without_set_up_calls_go_on_and_only_failures_are_told() {
    let test = concat!(
        module_path!(),
        "::without_set_up_calls_go_on_and_only_failures_are_told"
    );
    let ended = Process::new(test).run(|| {
        charge(1).expect("paid");
        charge(0).expect_err("declined");
    });
    if let Some(ended) = ended {
        assert!(ended.succeeded(), "{ended}");
        let told = ended.stderr();
        assert_eq!(told.matches("function_failed").count(), 1, "{told}");
        assert!(!told.contains("timing_summary"), "{told}");
    }
}
