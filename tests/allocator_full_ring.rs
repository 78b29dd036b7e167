//! An allocator that logs more than a ring holds while its thread registers a call site. The background thread may
//! need what is locked then before it makes room, so who waited for room there would wait in vain. A binary of its own,
//! because an allocator serves the whole process.
#![expect(unsafe_code, reason = "a global allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::Duration;

use storyline::{Reason, WhenFull, log_event};

struct Flooding;

const RING_BYTES: usize = 64 * 1024;

/// A record takes more than 16 bytes.
const RECORDS: usize = RING_BYTES / 16;

thread_local! {
    static LOGS: Cell<bool> = const { Cell::new(false) };
}

/// One call site, which is registered before the allocator uses it.
fn log(number: usize) {
    log_event!(INFO, "allocated", number);
}

// SAFETY: memory comes from and goes to the system's allocator.
unsafe impl GlobalAlloc for Flooding {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if LOGS.get() {
            // Counted as lost, because its site cannot be registered inside of another's registration; the background
            // thread asks for a lock to note that.
            log_event!(INFO, "never_registered");
            (0..RECORDS).for_each(log);
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
static ALLOCATOR: Flooding = Flooding;

#[test]
fn nobody_waits_for_room_while_a_site_is_registered() {
    let directory = tempfile::tempdir().expect("a directory");
    let guard = storyline::setup("test")
        .file(directory.path().join("x.log"))
        .ring_bytes(RING_BYTES)
        .when_full(WhenFull::Wait(Duration::from_secs(24 * 3600)))
        .start()
        .expect("first");
    log(0);
    LOGS.set(true);
    log_event!(INFO, "registered");
    LOGS.set(false);
    guard.flush(Duration::from_secs(60)).expect("in time");

    let counters = storyline::counters();
    let lost = |of| counters.dropped.iter().filter(move |it| it.0 == of);
    let lost = [Reason::RingFull, Reason::Reentrant].map(|of| lost(of).map(|it| it.1).sum::<u64>());
    assert!(lost.iter().all(|it| *it > 0), "{counters}");
    assert_eq!(
        counters.accepted,
        counters.written + lost[0] + lost[1],
        "{counters}"
    );
}
