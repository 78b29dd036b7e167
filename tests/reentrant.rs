//! An allocator that logs: every call from inside another one is written or counted, and none of them
//! waits for itself. A binary of its own, because an allocator serves the whole process.
#![expect(unsafe_code, reason = "a global allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::Duration;

use storyline::{log_event, sink};

struct Logging;

thread_local! {
    static LOGS: Cell<bool> = const { Cell::new(false) };
}

// SAFETY: memory comes from and goes to the system's allocator; logging allocates through the same one.
unsafe impl GlobalAlloc for Logging {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if LOGS.get() {
            log_event!(INFO, "allocated", bytes = layout.size());
        }
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Logging = Logging;

#[test]
fn an_allocator_may_log() {
    let memory = sink::Memory::new();
    let guard = storyline::setup("test")
        .sink(sink::memory(&memory))
        .start()
        .expect("first");
    let large = "x".repeat(40_000);
    let threads = 8;
    for _ in 0..threads {
        let large = large.clone();
        let thread = std::thread::spawn(move || {
            // The first record of a thread makes its ring; a large one takes a buffer.
            LOGS.set(true);
            log_event!(INFO, "first_logged");
            log_event!(INFO, "large_logged", large);
            log_event!(INFO, "text_logged", text: display = "rendered".repeat(3));
            LOGS.set(false);
        });
        thread.join().expect("no panic");
    }
    guard.flush(Duration::from_secs(60)).expect("in time");
    let records = memory.records();
    for event in ["first_logged", "large_logged", "text_logged"] {
        assert_eq!(
            records.iter().filter(|it| it.event == event).count(),
            threads,
            "{event}"
        );
    }
    assert!(
        records.iter().any(|it| it.event == "allocated"),
        "an allocation outside a call"
    );
    let counters = storyline::counters();
    let lost: u64 = counters.dropped.iter().map(|(_, count)| count).sum();
    assert!(
        lost > 0,
        "an allocation inside a call is counted: {counters}"
    );
    assert_eq!(
        counters.accepted,
        counters.pending + counters.written + lost,
        "{counters}"
    );
}
