//! The background thread by itself: it rests when there is nothing to do, survives what is thrown at it,
//! and forgets nothing that it keeps for later.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::alone::{SOON, alone, say};
use storyline::format::Format;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Level, Reason, Record, ValueBuf, log_event};

/// Fails every time.
struct Fails;

impl Sink for Fails {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        Err(WriteError::new(0, io::Error::other("the cable is out")))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Panics at every record.
struct Panics<F>(Arc<AtomicU64>, F);

impl<F: Fn() + Send> Format for Panics<F> {
    fn format(&mut self, _: &Record<'_>, _: &mut Vec<u8>) {
        self.0.fetch_add(1, Ordering::Relaxed);
        (self.1)();
    }
}

/// How long the background thread has run on a processor.
fn processor_time() -> Option<Duration> {
    std::fs::read_dir("/proc/self/task")
        .ok()?
        .filter_map(|task| Some(task.ok()?.path()))
        .find(|task| {
            std::fs::read_to_string(task.join("comm")).is_ok_and(|name| name.trim() == "storyline")
        })
        .and_then(|task| std::fs::read_to_string(task.join("schedstat")).ok())
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .map(Duration::from_nanos)
}

fn held_back(n: u64) {
    log_event!(INFO, every(10), "held_back", n);
}

alone! {
    fn losses_that_a_sink_does_not_want_to_hear_of_keep_nobody_awake() {
        let _guard = storyline::setup("x")
            .sink(sink::custom("fails", Fails))
            .sink(sink::memory(&Memory::new()).level(Level::Error))
            .start()
            .expect("starts");
        let Some(before) = processor_time() else {
            say("skipped: the time of a thread is not to be had here");
            return;
        };
        let start = Instant::now();
        // Each loss comes sooner than a second after the one before, too soon for a report of its own.
        for _ in 0..8 {
            log_event!(INFO, "lost");
            std::thread::sleep(Duration::from_millis(250));
        }
        let used = processor_time().expect("as before").saturating_sub(before);
        assert!(used < start.elapsed() / 20, "{used:?} of {:?}", start.elapsed());
    }

    fn a_format_that_always_panics_is_not_asked_to_format_its_own_panic() {
        let calls = Arc::new(AtomicU64::new(0));
        let _guard = storyline::setup("x")
            .sink(sink::memory(&Memory::new()).format(Panics(Arc::clone(&calls), || panic!("always"))))
            .start()
            .expect("starts");
        log_event!(INFO, "step");
        storyline::flush(SOON).expect("nothing is pending");
        std::thread::sleep(Duration::from_millis(300));
        // The record, and the report that it was lost.
        let calls = calls.load(Ordering::Relaxed);
        assert!((1..=3).contains(&calls), "{calls} calls for one record");
    }

    fn a_panic_whose_payload_panics_when_it_is_dropped_costs_one_record() {
        struct Endless;
        impl Drop for Endless {
            fn drop(&mut self) {
                std::panic::panic_any(Endless);
            }
        }
        let memory = Memory::new();
        let throws = || std::panic::panic_any(Endless);
        let guard = storyline::setup("x")
            .sink(sink::memory(&Memory::new()).format(Panics(Arc::default(), throws)))
            .sink(sink::memory(&memory).level(Level::Error))
            .start()
            .expect("starts");
        for _ in 0..10 {
            log_event!(ERROR, "step");
        }
        guard.flush(SOON).expect("nothing is pending");
        assert_eq!(memory.records().len(), 10, "the other sink has them all");
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.written), (10, 10), "{counters}");
        let sink = &counters.sinks[0];
        assert_eq!(sink.dropped, [(Reason::FormatPanicked, 10)], "{counters}");
        assert_eq!(sink.accepted, 10, "{counters}");
    }

    fn what_was_held_back_is_told_when_the_site_is_wanted_again() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        (0..6).for_each(held_back);
        storyline::set_directives("error").expect("good");
        // Its end asks what options hold back; nobody wants to know of this site just now.
        drop(guard);
        storyline::set_directives("info").expect("good");
        (6..11).for_each(held_back);
        storyline::flush(SOON).expect("written");
        let told: Vec<_> = memory
            .records()
            .iter()
            .map(|record| record.field("suppressed").cloned())
            .collect();
        assert_eq!(told, [None, Some(ValueBuf::UInt(9))]);
    }

    fn of_two_changes_at_once_the_same_one_holds_for_callers_and_for_sinks() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for _ in 0..300 {
            std::thread::scope(|scope| {
                for directives in ["debug", "error", "debug", "error"] {
                    scope.spawn(move || storyline::set_directives(directives).expect("good"));
                }
            });
            let before = storyline::counters().accepted;
            log_event!(DEBUG, "step");
            let accepted = storyline::counters().accepted - before;
            guard.flush(SOON).expect("written");
            assert_eq!(memory.take().len() as u64, accepted, "accepted and thrown away");
        }
    }
}
