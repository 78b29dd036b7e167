//! The order of a log. Records of one thread are always in order. Between threads the order is by time,
//! except for a thread that is stopped between reading the clock and publishing: that one record comes late.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::alone::{SOON, alone};
use crate::ledger::number;
use storyline::sink::{self, Memory};
use storyline::{Level, log_event};

/// What another reading of the wall clock may change in a timestamp.
const CALIBRATION: i64 = 2_000_000;

thread_local! {
    static LAST: Last = const { Last(Cell::new(None)) };
}

/// Logs once more when its thread ends.
struct Last(Cell<Option<(u64, u64)>>);

impl Drop for Last {
    fn drop(&mut self) {
        if let Some((thread, n)) = self.0.get() {
            log_event!(INFO, "step", thread, n);
        }
    }
}

alone! {
    fn who_comes_late_was_stopped_in_the_middle_of_a_call() {
        const THREADS: usize = 8;
        const STEPS: u64 = 10_000;
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            // Passes that follow each other closely leave many places where a thread can be late.
            scope.spawn(|| while !stop.load(Ordering::Relaxed) {
                storyline::flush(SOON).expect("written");
            });
            let threads: Vec<_> = (0..THREADS as u64)
                .map(|thread| scope.spawn(move || for n in 0..STEPS {
                    log_event!(INFO, "step", thread, n);
                }))
                .collect();
            for thread in threads {
                thread.join().expect("no panic");
            }
            stop.store(true, Ordering::Relaxed);
        });
        guard.flush(SOON).expect("written");
        let records = memory.records();
        assert_eq!(records.len() as u64, THREADS as u64 * STEPS);
        let mut highest = 0;
        let (mut next, mut owed) = ([0; THREADS], [0; THREADS]);
        for record in &records {
            let thread = usize::try_from(number(record, "thread")).expect("small");
            assert_eq!(number(record, "n"), next[thread], "order of thread {thread}");
            next[thread] += 1;
            let time = record.timestamp.as_nanos();
            // Whoever was stopped in a call that began before the others' last records logs next behind them:
            // a call is late, never a thread.
            let behind = owed[thread] - time;
            assert!(behind < CALIBRATION, "thread {thread} came late twice in a row, by {behind} ns");
            owed[thread] = if time < highest { highest } else { 0 };
            highest = highest.max(time);
        }
    }

    fn a_threads_records_are_in_order_whatever_their_size_level_and_road() {
        const THREADS: u64 = 40;
        const STEPS: u64 = 150;
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(storyline::WhenFull::Wait(SOON))
            .start()
            .expect("starts");
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                std::thread::spawn(move || {
                    // Its destructor logs when the thread's own ring is closed already.
                    LAST.with(|last| last.0.set(Some((thread, STEPS))));
                    for n in 0..STEPS {
                        let level = if n % 7 == 0 { Level::Error } else { Level::Info };
                        // Some are too large for the fast road, and some for a ring.
                        let length = [0, 10, 3_000, 20_000, 100_000][(n % 5) as usize];
                        log_event!((level), "step", thread, n, padding = "x".repeat(length));
                    }
                })
            })
            .collect();
        // A scope ends before the destructors have run; who joins waits for them, too.
        for thread in threads {
            thread.join().expect("ends");
        }
        guard.flush(SOON).expect("written");
        let mut next = BTreeMap::new();
        for record in memory.records() {
            let next = next.entry(number(&record, "thread")).or_insert(0);
            assert_eq!(number(&record, "n"), *next, "{:?}", record.thread);
            *next += 1;
        }
        assert!(next.into_values().eq((0..THREADS).map(|_| STEPS + 1)));
    }
}
