//! An allocator under `#[timed]`, in a process that has set nothing up. Its first call comes before anything
//! else and is the first to ask for the time. A binary of its own, because an allocator serves the whole process.
#![expect(unsafe_code, reason = "a global allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use storyline::timed;

struct Timed;

static CALLS: AtomicU64 = AtomicU64::new(0);

// SAFETY: memory comes from and goes to the system's allocator.
#[timed]
unsafe impl GlobalAlloc for Timed {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Timed = Timed;

#[test]
fn a_process_with_a_timed_allocator_starts() {
    let before = CALLS.load(Ordering::Relaxed);
    assert!(before > 0, "the harness has allocated");
    drop(std::hint::black_box(vec![1_u8; 100]));
    assert!(CALLS.load(Ordering::Relaxed) > before);
    // A success is no warning, so without set-up nobody wants it.
    let counters = storyline::counters();
    assert_eq!((counters.accepted, counters.pending), (0, 0), "{counters}");
}
