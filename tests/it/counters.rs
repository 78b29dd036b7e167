//! The accounting: accepted = pending + written + dropped, at any moment and to the last record.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::alone::{SOON, alone};
use storyline::sink::{self, Memory};
use storyline::{Counters, Level, WhenFull, log_event};

fn check(counters: &Counters) {
    let known = counters.pending + counters.written + counters.dropped_total();
    assert_eq!(counters.accepted, known, "{counters}");
    for sink in &counters.sinks {
        let known = sink.pending + sink.written + sink.dropped_total();
        assert_eq!(sink.accepted, known, "{counters}");
    }
}

alone! {
    fn the_sum_holds_at_any_moment_while_threads_come_and_go() {
        let memory = Memory::newest(10);
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .sink(sink::memory(&Memory::newest(1)).level(Level::Error))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Drop)
            .start()
            .expect("starts");
        let done = AtomicBool::new(false);
        let calls = std::thread::scope(|scope| {
            let watching = scope.spawn(|| {
                let mut before = 0;
                let mut looks = 0_u64;
                while !done.load(Ordering::Relaxed) {
                    let counters = storyline::counters();
                    check(&counters);
                    assert!(counters.accepted >= before, "{counters}");
                    before = counters.accepted;
                    looks += 1;
                }
                looks
            });
            let mut calls = 0;
            for _ in 0..40 {
                let threads: Vec<_> = (0..3)
                    .map(|_| scope.spawn(|| for n in 0..2_000_u64 {
                        log_event!(INFO, "step", n);
                    }))
                    .collect();
                calls += 6_000;
                for thread in threads {
                    thread.join().expect("no panic");
                }
            }
            done.store(true, Ordering::Relaxed);
            assert!(watching.join().expect("no panic") > 0);
            calls
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        check(&counters);
        assert_eq!((counters.accepted, counters.pending), (calls, 0), "{counters}");
        assert_eq!(counters.sinks[1].accepted, 0, "no error was logged: {counters}");
    }

    fn what_was_accepted_is_known_when_the_call_returns() {
        let _guard = storyline::setup("x").sink(sink::memory(&Memory::new())).start().expect("starts");
        for n in 1..=500_u64 {
            log_event!(INFO, "step");
            assert_eq!(storyline::counters().accepted, n);
        }
        // Also of a thread that the background thread has not seen.
        std::thread::spawn(|| log_event!(INFO, "step")).join().expect("no panic");
        assert_eq!(storyline::counters().accepted, 501);
    }

    fn what_is_not_wanted_is_not_accepted() {
        let _guard = storyline::setup("x").sink(sink::memory(&Memory::new())).start().expect("starts");
        log_event!(DEBUG, "below_the_level");
        assert_eq!(storyline::counters().accepted, 0);
    }

    fn what_options_hold_back_is_suppressed_and_reported() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for n in 0..25_u64 {
            log_event!(WARNING, every(10), "step", n);
        }
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.suppressed), (3, 22), "{counters}");
        assert_eq!(memory.lines().len(), 3);
        // The end tells what no later record of the site has told.
        drop(guard);
        let records = memory.records();
        let suppressed: Vec<_> = records
            .iter()
            .map(|record| (record.event.as_str(), record.level, record.field("suppressed").cloned()))
            .collect();
        let told = |n| Some(storyline::ValueBuf::UInt(n));
        assert_eq!(
            suppressed,
            [
                ("step", Level::Warning, None),
                ("step", Level::Warning, told(9)),
                ("step", Level::Warning, told(9)),
                ("step", Level::Warning, told(4)),
            ]
        );
        assert_eq!(storyline::counters().suppressed, 22);
    }

    fn what_was_written_before_setup_stays_counted() {
        log_event!(WARNING, "early");
        log_event!(ERROR, "early");
        let before = storyline::counters();
        check(&before);
        assert_eq!((before.accepted, before.written), (2, 2), "{before}");

        let guard = storyline::setup("x").sink(sink::memory(&Memory::new())).start().expect("starts");
        log_event!(INFO, "later");
        guard.flush(SOON).expect("written");
        let after = storyline::counters();
        check(&after);
        assert_eq!((after.accepted, after.written), (3, 3), "{after}");
        assert_eq!(after.sink("fallback"), before.sink("fallback"));
        assert_eq!(after.sink("fallback").map(|sink| sink.written), Some(2), "{after}");
    }
}
