//! An allocator that logs each of its calls, in a process with a file, a recorder and threads that come and
//! go: what comes from outside a record's call is kept, what comes from inside one is counted, and the two
//! are all there is. A binary of its own, because an allocator serves the whole process.
#![expect(unsafe_code, reason = "a global allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use storyline::{Reason, log_event};

struct Logging;

/// Calls of `log_event!`, from wherever.
static CALLS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static LOGS: Cell<bool> = const { Cell::new(false) };
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

fn log(what: &'static str, bytes: usize) {
    if LOGS.get() {
        CALLS.fetch_add(1, Ordering::Relaxed);
        if INSIDE.get() {
            log_event!(INFO, "allocated_inside", what, bytes);
        } else {
            log_event!(INFO, "allocated_outside", what, bytes);
        }
    }
}

// SAFETY: memory comes from and goes to the system's allocator; logging allocates through the same one.
unsafe impl GlobalAlloc for Logging {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        log("alloc", layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        log("dealloc", layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        log("realloc", size);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Logging = Logging;

/// A call that the program makes itself; what is allocated meanwhile comes from inside it.
fn inside(call: impl FnOnce()) {
    CALLS.fetch_add(1, Ordering::Relaxed);
    INSIDE.set(true);
    call();
    INSIDE.set(false);
}

#[test]
fn an_allocators_records_are_kept_or_counted_to_the_last_one() {
    const THREADS: usize = 50;
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("x.log");
    let guard = storyline::setup("test").file(&path).start().expect("first");
    let large = "x".repeat(40_000);
    for number in 0..THREADS {
        let large = &large;
        std::thread::scope(|scope| {
            let run = move || {
                LOGS.set(true);
                // On half of the threads the allocator's record is the first one, on the others ours.
                if number % 2 == 0 {
                    drop(std::hint::black_box(vec![1_u8; 100]));
                }
                inside(|| log_event!(INFO, "small_logged"));
                inside(|| log_event!(INFO, "large_logged", large));
                let _request = storyline::request_scope("req-7");
                inside(|| log_event!(INFO, "text_logged", text: display = "rendered".repeat(3)));
                let mut grown = vec![1_u8; 100];
                grown.resize(5_000, 2);
                drop(std::hint::black_box(grown));
                LOGS.set(false);
            };
            scope.spawn(run).join().expect("no panic");
        });
    }
    guard.flush(Duration::from_secs(60)).expect("in time");
    drop(guard);

    let text = std::fs::read_to_string(&path).expect("the log");
    let records: Vec<_> = text
        .lines()
        .map(|line| storyline::parse::parse(line).expect("a whole line"))
        .collect();
    let of = |event: &str| records.iter().filter(|it| it.event == event).count();
    for event in ["small_logged", "large_logged", "text_logged"] {
        assert_eq!(of(event), THREADS, "the program's own are all kept");
    }
    // At least: one of each kind on each thread, and the first allocation on half of them.
    assert!(
        of("allocated_outside") >= THREADS * 3,
        "{}",
        of("allocated_outside")
    );
    let reports = of("records_dropped");
    let counters = storyline::counters();
    let kept = (records.len() - reports) as u64;
    let calls = CALLS.load(Ordering::Relaxed);
    assert_eq!(counters.accepted, calls, "{counters}");
    assert_eq!(
        (counters.pending, counters.written),
        (0, kept),
        "{counters}"
    );
    assert_eq!(
        counters.dropped,
        [(Reason::Reentrant, calls - kept)],
        "{counters}"
    );
    assert!(calls > kept, "a large record takes memory: {counters}");
}
