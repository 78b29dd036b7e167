//! A flush: what it waits for, how long, and what it says when it could not.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::With;
use crate::alone::{SOON, alone, wait_until};
use storyline::log_event;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};

alone! {
    fn a_flush_waits_for_what_every_thread_logged_before() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let mut expected = 0;
        for _ in 0..300 {
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| log_event!(INFO, "from_a_thread"));
                }
            });
            log_event!(INFO, "from_here");
            expected += 3;
            guard.flush(SOON).expect("written");
            assert_eq!(memory.records().len(), expected);
        }
    }

    fn threads_may_flush_at_once_while_others_log() {
        let memory = Memory::newest(1);
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| while !done.load(Ordering::Relaxed) {
                log_event!(INFO, "busy");
            });
            let flushing: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..50).try_for_each(|_| storyline::flush(SOON))))
                .collect();
            for thread in flushing {
                thread.join().expect("no panic").expect("written");
            }
            done.store(true, Ordering::Relaxed);
        });
        guard.flush(SOON).expect("written");
    }

    fn a_flush_that_comes_too_late_says_how_many_are_pending() {
        let block = Arc::new(Mutex::new(()));
        let held = block.lock().expect("free");
        let waiting = Arc::clone(&block);
        let guard = storyline::setup("x")
            .sink(sink::custom("slow", With(move || drop(waiting.lock()))))
            .start()
            .expect("starts");
        log_event!(ERROR, "first");
        std::thread::sleep(Duration::from_millis(50));
        for _ in 0..9 {
            log_event!(INFO, "more");
        }
        let error = guard.flush(Duration::from_millis(100)).expect_err("blocked");
        assert_eq!(error.pending(), 10, "{error}");
        assert!(error.to_string().contains("10 records are pending"), "{error}");
        drop(held);
        guard.flush(SOON).expect("written");
        assert_eq!(storyline::counters().pending, 0);
    }

    fn a_sink_that_flushes_is_told_that_it_cannot_wait_for_itself() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let saying = Arc::clone(&said);
        let guard = storyline::setup("x")
            .sink(sink::custom("flushing", With(move || {
                let outcome = storyline::flush(SOON).expect_err("its own thread");
                saying.lock().expect("no panic").push(outcome.to_string());
            })))
            .start()
            .expect("starts");
        log_event!(INFO, "once");
        guard.flush(SOON).expect("written");
        let said = said.lock().expect("no panic");
        assert!(said[0].contains("cannot wait for itself"), "{said:?}");
    }

    fn a_sink_that_logs_goes_on_and_is_counted() {
        let memory = Memory::new();
        let mut left = 3;
        let guard = storyline::setup("x")
            .sink(sink::custom("logging", With(move || {
                if left > 0 {
                    left -= 1;
                    log_event!(INFO, "from_the_sink");
                }
            })))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        log_event!(INFO, "start_of_it");
        wait_until("the sink's own records", || memory.records().len() == 4);
        guard.flush(SOON).expect("written");
    }

    fn logging_goes_on_after_the_guard() {
        let memory = Memory::new();
        drop(storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts"));
        log_event!(INFO, "afterwards");
        storyline::flush(SOON).expect("written");
        assert_eq!(memory.records().len(), 1);
    }

    fn a_record_is_there_soon_without_a_flush() {
        let memory = Memory::new();
        let _guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        // Long enough asleep that the background thread has to be woken.
        for n in 0..20_usize {
            std::thread::sleep(Duration::from_millis(30));
            log_event!(INFO, "step");
            wait_until("the record", || memory.records().len() == n + 1);
        }
    }

    fn a_sink_that_fails_to_flush_fails_the_flush_by_name() {
        struct Failing;
        impl Sink for Failing {
            fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
                Ok(())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::Error::other("the cable is out"))
            }
        }
        let guard = storyline::setup("x").sink(sink::custom("remote", Failing)).start().expect("starts");
        let error = guard.flush(SOON).expect_err("fails").to_string();
        assert!(error.contains("`remote`") && error.contains("the cable is out"), "{error}");
    }
}
