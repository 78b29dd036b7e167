//! Which calls count, and when it is told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::{abandon, charge, fetch, millis, summaries};
use crate::alone::{SOON, alone, wait_until};
use crate::ledger::{count, number, text};
use crate::timed::now;
use storyline::sink::{self, Memory};
use storyline::{timed, timed_block};

#[timed(percentiles)]
fn recorded() {}

#[timed(percentiles, target = "quiet")]
fn below() {}

struct Store;

#[timed(percentiles, level = TRACE)]
impl Store {
    fn read(&self) {}

    #[timed(skip)]
    fn skipped(&self) {}

    #[timed(name = "write_all")]
    fn write(&self) {}
}

fn start(memory: &Memory) -> storyline::Guard {
    let setup = storyline::setup("x").sink(sink::memory(memory));
    setup.start().expect("starts")
}

alone! {
    fn every_outcome_counts_whether_it_is_recorded_or_not() {
        let memory = Memory::new();
        let guard = start(&memory);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| for amount in 1..=250 {
                    charge(amount).expect("paid");
                });
            }
        });
        for _ in 0..5 {
            charge(0).expect_err("declined");
        }
        for _ in 0..2 {
            catch_unwind(AssertUnwindSafe(|| charge(u64::MAX))).expect_err("panics");
        }
        now(fetch(1));
        abandon(fetch(0));
        drop(fetch(0));
        drop(guard);
        let records = memory.records();
        let [summary] = summaries(&records, "charge")[..] else {
            panic!("one summary: {records:?}");
        };
        assert_eq!(number(summary, "count"), 1007);
        assert_eq!(number(summary, "errors"), 7);
        assert_eq!(text(summary, "dependency"), "stripe");
        assert_eq!(summary.field("cancelled"), None);
        assert_eq!(summary.field("missed"), None);
        assert!(summary.field("interval_ms").is_some());
        let [p50, p95, p99, max] = ["p50_ms", "p95_ms", "p99_ms", "max_ms"].map(|it| millis(summary, it));
        assert!(0.0 < p50 && p50 <= p95 && p95 <= p99 && p99 <= max, "{summary:?}");
        let [summary] = summaries(&records, "fetch")[..] else {
            panic!("one summary: {records:?}");
        };
        assert_eq!((number(summary, "count"), number(summary, "cancelled")), (2, 1), "never polled is no call");
        assert_eq!(number(summary, "errors"), 0);
        // What was only counted is no record.
        assert_eq!(count(&records, "function_complete"), 0);
        assert_eq!(count(&records, "function_failed"), 7);
        let counters = storyline::counters();
        assert_eq!(counters.accepted, 7 + 2 + 1, "failures, panics, a cancellation: {counters}");
        assert_eq!(counters.written, counters.accepted, "{counters}");
    }

    fn what_is_recorded_is_not_measured_again() {
        let memory = Memory::new();
        let guard = start(&memory);
        for _ in 0..3 {
            recorded();
        }
        drop(guard);
        let records = memory.records();
        let durations: Vec<_> = records
            .iter()
            .filter(|it| it.event == "function_complete")
            .map(|it| millis(it, "duration_ms"))
            .collect();
        let longest = durations.iter().copied().fold(0.0, f64::max);
        let [summary] = summaries(&records, "recorded")[..] else {
            panic!("one summary: {records:?}");
        };
        assert_eq!((durations.len(), number(summary, "count")), (3, 3));
        // One is in ticks and the other in whole nanoseconds.
        let off = (millis(summary, "max_ms") - longest).abs();
        assert!(off <= 0.000_001, "{durations:?} {summary:?}");
    }

    fn a_summary_is_filtered_like_any_record() {
        let memory = Memory::new();
        let setup = storyline::setup("x").directives("info,quiet=warn").sink(sink::memory(&memory));
        let guard = setup.start().expect("starts");
        below();
        recorded();
        storyline::set_directives("warn").expect("good");
        recorded();
        drop(guard);
        storyline::set_directives("info").expect("good");
        below();
        storyline::flush(SOON).expect("written");
        let records = memory.records();
        assert_eq!(summaries(&records, "recorded").len() + summaries(&records, "below").len(), 0, "{records:?}");
    }

    fn functions_of_a_block_and_blocks_have_their_own() {
        let memory = Memory::new();
        let guard = start(&memory);
        for _ in 0..3 {
            Store.read();
            Store.skipped();
        }
        Store.write();
        for n in 0..4 {
            if n == 3 {
                timed_block!("piece", percentiles, level = TRACE, { break; });
            }
            let value = timed_block!("piece_of_three", percentiles, level = TRACE, { n + 1 });
            assert_eq!(value, n + 1);
        }
        drop(guard);
        let records = memory.records();
        let counts = |name| -> Vec<u64> {
            summaries(&records, name).into_iter().map(|it| number(it, "count")).collect()
        };
        assert_eq!(counts("read"), [3]);
        assert_eq!(counts("write_all"), [1]);
        assert_eq!(counts("skipped"), [0; 0]);
        assert_eq!(counts("piece"), [1]);
        assert_eq!(counts("piece_of_three"), [3]);
    }

    fn each_interval_tells_of_itself_while_nothing_else_is_logged() {
        let memory = Memory::new();
        let setup = storyline::setup("x").sink(sink::memory(&memory));
        // It may already sleep when the first call comes, which does not wake it.
        let guard = setup.timing_summary_every(Duration::from_secs(1)).start().expect("starts");
        std::thread::sleep(Duration::from_millis(200));
        let told = |at_least: usize| wait_until("a summary", || {
            summaries(&memory.records(), "charge").len() >= at_least
        });
        for amount in 1..=10 {
            charge(amount).expect("paid");
        }
        told(1);
        charge(1).expect("paid");
        told(2);
        drop(guard);
        let records = memory.records();
        let all = summaries(&records, "charge");
        let sum: u64 = all.iter().map(|it| number(it, "count")).sum();
        assert_eq!(sum, 11, "each call is told once: {records:?}");
        assert_eq!(number(all[all.len() - 1], "count"), 1);
        assert!(all.iter().all(|it| number(it, "interval_ms") > 0));
    }
}
