//! Options that hold records back, and levels: an option counts only what its level let through.

use std::panic::{self, AssertUnwindSafe};

use storyline::testing::{Captured, capture};
use storyline::{Level, Reason, RecordBuf, WhenFull, debug, log_event, sink};

use crate::alone::{SOON, alone};
use crate::ledger::{dropped, number};
use crate::stuck::Stuck;

/// The numbers that the records of an event tell to have been held back.
fn suppressed(captured: &Captured, event: &str) -> Vec<Option<u64>> {
    suppressed_in(captured, event)
}

fn suppressed_in(records: &[RecordBuf], event: &str) -> Vec<Option<u64>> {
    let told = |it: &RecordBuf| {
        it.field("suppressed")
            .is_some()
            .then(|| number(it, "suppressed"))
    };
    records
        .iter()
        .filter(|it| it.event == event)
        .map(told)
        .collect()
}

#[test]
fn a_field_that_leaves_the_call_uses_up_nothing() {
    fn log(n: Result<u64, ()>) -> Result<(), ()> {
        log_event!(INFO, every(2), "every_second", n = n?);
        Ok(())
    }
    fn first(n: Result<u64, ()>) -> Result<(), ()> {
        log_event!(INFO, once, "first_seen", n = n?);
        Ok(())
    }
    let captured = capture(|| {
        for n in [Ok(1), Ok(2), Err(()), Ok(3)] {
            let _ = log(n);
        }
        for n in [Err(()), Ok(1), Ok(2)] {
            let _ = first(n);
        }
    });
    assert_eq!(suppressed(&captured, "every_second"), [None, Some(1)]);
    assert_eq!(suppressed(&captured, "first_seen"), [None]);
}

#[test]
fn a_field_that_panics_uses_up_nothing() {
    let log = |n: Option<u64>| {
        let call = || log_event!(INFO, once, "first_seen", n = n.expect("a number"));
        panic::catch_unwind(AssertUnwindSafe(call)).is_ok()
    };
    let mut whole = Vec::new();
    let captured = capture(|| whole.extend([None, Some(1), Some(2)].map(log)));
    assert_eq!(whole, [false, true, true]);
    assert_eq!(suppressed(&captured, "first_seen"), [None]);
}

alone! {
    fn a_call_that_is_off_does_not_use_up_its_option() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        let once = || debug!(once, "first_seen");
        once();
        storyline::set_directives("debug").expect("a directive");
        once();
        once();
        guard.flush(SOON).expect("in time");
        assert_eq!(memory.lines().len(), 1, "{:?}", memory.lines());
        assert_eq!(storyline::counters().suppressed, 1);
    }

    fn calls_that_are_all_held_back_are_counted() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        for _ in 0..100 {
            log_event!(INFO, sample(0.0000001), "rarely_seen");
            log_event!(DEBUG, sample(0.0000001), "never_asked_for");
        }
        assert_eq!(storyline::counters().suppressed, 100);
        drop(guard);
        let records = memory.records();
        let told: Vec<_> = records.iter().map(|it| (it.event.as_str(), it.level)).collect();
        assert_eq!(told, [("rarely_seen", Level::Info)]);
    }

    fn what_was_held_back_is_told_by_a_record_that_is_written() {
        let stuck = Stuck::now();
        let memory = sink::Memory::new();
        let guard = storyline::setup("test")
            .sink(sink::custom("stuck", stuck.clone()))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Drop)
            .start()
            .expect("first");
        let third = |n: u64| log_event!(INFO, every(3), "every_third", n);
        let first = || log_event!(INFO, once, "first_seen");
        let lost = || dropped(&storyline::counters().dropped, Reason::RingFull);
        for n in 0..3 {
            third(n);
        }
        while lost() == 0 {
            log_event!(INFO, "filler");
        }
        let before = lost();
        third(3);
        first();
        assert_eq!(lost(), before + 2, "both found no room");
        stuck.go();
        guard.flush(SOON).expect("in time");
        for n in 4..7 {
            third(n);
            first();
        }
        drop(guard);
        let records = memory.records();
        assert_eq!(suppressed_in(&records, "every_third"), [None, Some(4)]);
        assert_eq!(suppressed_in(&records, "first_seen"), [None, Some(2)]);
    }
}
