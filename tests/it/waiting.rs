//! What a call may wait for, and how long: for room in its ring, as long as it was told to, and never for
//! a sink that fails. Counted, not timed: what would wait too long never ends.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::alone::{SOON, alone, wait_until};
use crate::ledger::{dropped, sink_counters, told};
use crate::stuck::Stuck;
use storyline::sink::{self, Memory};
use storyline::{Reason, WhenFull, log_event};

/// The calling thread's number in the system.
#[expect(unsafe_code, reason = "a system call")]
fn thread_number() -> u64 {
    // SAFETY: the call takes nothing and touches no memory.
    let number = unsafe { libc::gettid() };
    number.try_into().expect("a number")
}

/// How often this thread has gone to sleep by itself.
fn sleeps(thread: u64) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/self/task/{thread}/status"));
    let status = status.expect("Linux");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.expect("a count").trim().parse().expect("a number")
}

/// Until nothing has moved for a while.
fn wait_until_still(count: impl Fn() -> u64) {
    let (mut known, mut same) = (0, 0);
    wait_until("all of them wait", || {
        let now = count();
        same = if now == known && now > 0 { same + 1 } else { 0 };
        known = now;
        same > 40
    });
}

alone! {
    fn each_call_waits_as_long_as_it_was_told_and_is_counted() {
        const THREADS: u64 = 3;
        const CALLS: u64 = 2_000;
        let stuck = Stuck::now();
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", stuck.clone()))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Wait(Duration::from_millis(2)))
            .start()
            .expect("starts");
        // More than a ring holds, to a sink that takes nothing: every call comes back all the same.
        let back = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let back = &back;
                scope.spawn(move || {
                    for n in 0..CALLS {
                        log_event!(INFO, "step", thread, n);
                        back.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            wait_until("every call is back", || back.load(Ordering::Relaxed) == THREADS * CALLS);
        });
        let counters = storyline::counters();
        let lost = dropped(&counters.dropped, Reason::RingFull);
        assert!(lost > 0, "the rings were never full: {counters}");
        assert_eq!(counters.accepted, THREADS * CALLS, "{counters}");
        stuck.go();
        guard.flush(SOON).expect("written");
        drop(guard);
        let records = memory.records();
        let present = records.iter().filter(|it| it.event == "step").count() as u64;
        assert_eq!(present + lost, THREADS * CALLS, "to the last one");
        assert_eq!(told(&records, "all", Reason::RingFull), lost);
    }

    fn who_waits_sleeps_until_there_is_room() {
        let stuck = Stuck::now();
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", stuck.clone()))
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Wait(SOON))
            .start()
            .expect("starts");
        let (back, number) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                number.store(thread_number(), Ordering::Relaxed);
                for n in 0..10_000_u64 {
                    log_event!(INFO, "step", n);
                    back.fetch_add(1, Ordering::Relaxed);
                }
            });
            wait_until_still(|| back.load(Ordering::Relaxed));
            let before = sleeps(number.load(Ordering::Relaxed));
            std::thread::sleep(Duration::from_millis(500));
            let more = sleeps(number.load(Ordering::Relaxed)) - before;
            stuck.go();
            assert!(more <= 10, "it got up {more} times to look by itself");
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!((counters.written, counters.dropped_total()), (10_000, 0), "{counters}");
    }

    fn a_thousand_who_wait_all_find_room() {
        const THREADS: u64 = 1_000;
        const CALLS: u64 = 300;
        let stuck = Stuck::now();
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", stuck.clone()))
            .recorder(storyline::Recorder::off())
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Wait(SOON))
            .start()
            .expect("starts");
        let back = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let back = &back;
                let call = move || {
                    let text = "z".repeat(1_000);
                    for n in 0..CALLS {
                        log_event!(INFO, "step", thread, n, text = text.as_str());
                        back.fetch_add(1, Ordering::Relaxed);
                    }
                };
                let small = std::thread::Builder::new().stack_size(256 * 1024);
                small.spawn_scoped(scope, call).expect("a thread");
            }
            wait_until_still(|| back.load(Ordering::Relaxed));
            stuck.go();
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!((counters.written, counters.dropped_total()), (THREADS * CALLS, 0), "{counters}");
    }

    fn a_sink_that_fails_makes_nobody_wait() {
        if !std::path::Path::new("/dev/full").exists() {
            crate::machine::skip("there is no /dev/full here");
            return;
        }
        // One call that waited for this sink would hang the test.
        let guard = storyline::setup("x")
            .file("/dev/full")
            .ring_bytes(64 * 1024)
            .when_full(WhenFull::Wait(Duration::from_secs(3600)))
            .start()
            .expect("starts");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| for n in 0..25_000_u64 {
                    log_event!(INFO, "step", n);
                });
            }
        });
        guard.flush(SOON).expect("nothing is pending");
        assert_eq!(storyline::counters().dropped, []);
        assert_eq!(sink_counters("/dev/full").dropped, [(Reason::DiskFull, 100_000)]);
    }
}
