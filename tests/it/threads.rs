//! Threads that come and go while a sink stands still: what they leave behind has a bound, and all of it is
//! written or counted.
#![cfg(target_os = "linux")]
#![expect(unsafe_code, reason = "limits are set by system calls")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Barrier;

use crate::alone::{Place, SOON, alone, wait_until};
use crate::ledger::{dropped, number, records, told};
use crate::stuck::Stuck;
use storyline::sink::{self, Memory};
use storyline::{Guard, Reason, Recorder, WhenFull, log_event};

const THREADS: u64 = 2_000;

fn start(place: &Place, stuck: &Stuck, when_full: WhenFull) -> Guard {
    storyline::setup("x")
        .sink(sink::custom("stuck", stuck.clone()))
        .sink(sink::file(place.join("a.log")))
        .recorder(Recorder::at(place.join("recorder")))
        .ring_bytes(64 * 1024)
        .when_full(when_full)
        .start()
        .expect("starts")
}

/// Each of them logs once and ends before the next one begins.
fn come_and_go(then: impl Fn(u64)) {
    let text = "z".repeat(200);
    for n in 0..THREADS {
        let text = text.clone();
        let thread = std::thread::spawn(move || log_event!(INFO, "step", n, text));
        thread.join().expect("no panic");
        then(n);
    }
}

fn ring_files(place: &Path) -> usize {
    let names = std::fs::read_dir(place)
        .expect("the recorder's")
        .map(|it| it.expect("an entry").path());
    names
        .filter(|it| it.extension().is_some_and(|it| it == "ring"))
        .count()
}

fn written(log: &Path) -> BTreeSet<u64> {
    let records = records(log);
    let steps: Vec<_> = records.iter().filter(|it| it.event == "step").collect();
    let numbers: BTreeSet<_> = steps.iter().map(|it| number(it, "n")).collect();
    assert_eq!(numbers.len(), steps.len(), "twice");
    numbers
}

fn set_memory_limit(limit: libc::rlimit) {
    // SAFETY: the pointer is to a live limit, which is only read.
    let set = unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) };
    assert_eq!(set, 0);
}

/// Leaves the process so many bytes more than it has, and gives back what was the limit before.
fn limit_memory(more: u64) -> libc::rlimit {
    let mut before = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the pointer is to a live limit, which the call fills.
    let asked = unsafe { libc::getrlimit(libc::RLIMIT_AS, &raw mut before) };
    assert_eq!(asked, 0);
    let pages = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    let pages: u64 = pages
        .split(' ')
        .next()
        .and_then(|it| it.parse().ok())
        .expect("a number");
    set_memory_limit(libc::rlimit {
        rlim_cur: pages * 4096 + more,
        ..before
    });
    before
}

/// Kibibytes of memory that are there.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .expect("a size");
    let number = line.split_whitespace().nth(1).expect("a number");
    number.parse().expect("a number")
}

alone! {
    fn threads_that_log_once_and_end_leave_no_growth() {
        let place = Place::new("no-growth");
        let guard = storyline::setup("x")
            .sink(sink::file(place.join("a.log")))
            .recorder(Recorder::off())
            .start()
            .expect("starts");
        // Ten at a time, so that what one leaves is not there for the next.
        let ten_at_a_time = |times: u64| {
            for _ in 0..times {
                let threads: Vec<_> = (0..10_u64).map(|n| std::thread::spawn(move || log_event!(INFO, "step", n))).collect();
                for thread in threads {
                    thread.join().expect("no panic");
                }
            }
            guard.flush(SOON).expect("written");
        };
        ten_at_a_time(10);
        let before = resident();
        ten_at_a_time(100);
        let grown = resident().saturating_sub(before);
        assert!(grown < 1024, "{grown} KiB");
    }

    fn threads_that_come_and_go_before_a_sink_that_stands_still_leave_few_files_and_exact_counts() {
        let place = Place::new("come-and-go");
        let stuck = Stuck::now();
        let guard = start(&place, &stuck, WhenFull::Drop);
        come_and_go(|_| ());
        let files = ring_files(&place.join("recorder"));
        assert!(files <= 130, "{files} files of rings");
        let counters = storyline::counters();
        let lost = dropped(&counters.dropped, Reason::RingFull);
        assert_eq!(counters.accepted, THREADS, "{counters}");
        assert!(lost > 0, "what they share was never full: {counters}");

        stuck.go();
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.written), (THREADS, THREADS - lost), "{counters}");
        // Now each has one of its own again, and it goes away.
        come_and_go(|n| if n % 64 == 0 {
            guard.flush(SOON).expect("written");
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!(counters.accepted, 2 * THREADS, "{counters}");
        assert_eq!(dropped(&counters.dropped, Reason::RingFull), lost, "{counters}");
        wait_until("the rings are gone", || ring_files(&place.join("recorder")) <= 1);
        drop(guard);
        let told = told(&records(place.join("a.log")), "all", Reason::RingFull);
        assert_eq!(told, lost, "the log says so");
    }

    fn where_there_is_no_memory_for_a_ring_a_smaller_one_is_shared_or_the_record_counted() {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .recorder(Recorder::off())
            .ring_bytes(64 << 20)
            .start()
            .expect("starts");
        log_event!(INFO, "first");
        guard.flush(SOON).expect("written");
        // The other thread has logged nothing yet, and what it needs of the heap is there.
        let (go, gone) = (Barrier::new(2), Barrier::new(2));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                drop(std::hint::black_box(vec![1_u8; 1 << 16]));
                gone.wait();
                go.wait();
                log_event!(INFO, "lost");
                gone.wait();
                go.wait();
                log_event!(INFO, "shared");
                gone.wait();
                go.wait();
                log_event!(INFO, "own");
            });
            let turn = |left: u64| {
                let before = limit_memory(left);
                go.wait();
                gone.wait();
                set_memory_limit(before);
            };
            gone.wait();
            turn(0);
            turn(40 << 20);
            go.wait();
        });
        guard.flush(SOON).expect("written");
        let counters = storyline::counters();
        assert_eq!(dropped(&counters.dropped, Reason::RingFull), 1, "{counters}");
        assert_eq!((counters.accepted, counters.written), (4, 3), "{counters}");
        drop(guard);
        let events: Vec<_> = memory.records().into_iter().filter(|it| it.event != "records_dropped").map(|it| it.event).collect();
        assert_eq!(events, ["first", "shared", "own"]);
    }

    fn threads_that_find_no_ring_wait_for_room_as_they_were_told() {
        let place = Place::new("come-and-wait");
        let stuck = Stuck::now();
        let guard = start(&place, &stuck, WhenFull::Wait(SOON));
        std::thread::scope(|scope| {
            let threads = scope.spawn(|| come_and_go(|_| ()));
            let (mut known, mut same) = (0, 0);
            wait_until("what they share is full", || {
                let pending = storyline::counters().pending;
                same = if pending == known && known > 200 { same + 1 } else { 0 };
                known = pending;
                same > 40
            });
            stuck.go();
            threads.join().expect("no panic");
        });
        guard.flush(SOON).expect("written");
        drop(guard);
        assert_eq!(written(&place.join("a.log")), (0..THREADS).collect::<BTreeSet<_>>());
        let counters = storyline::counters();
        assert_eq!((counters.written, counters.dropped_total()), (THREADS, 0), "{counters}");
    }
}
