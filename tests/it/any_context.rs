//! Records from places where little is left of a process or thread, or where somebody else is in the
//! middle of something: all of these are kept. For allocators and signal handlers, where some are counted
//! instead, see `signals.rs`, and `allocator.rs` beside this folder.

use std::cell::RefCell;
use std::fmt;

use crate::alone::{Place, Process, SOON, alone};
use crate::ledger::{numbers, records, text};
use storyline::sink::{self, Memory};
use storyline::{context, log_event};

/// Logs while it is being logged, so many levels deep, and says so.
struct Nested {
    depth: u64,
    panics: bool,
}

impl fmt::Display for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.depth > 0 {
            let inner = Nested {
                depth: self.depth - 1,
                panics: self.panics,
            };
            log_event!(INFO, "inside", n = self.depth, %inner);
        }
        assert!(!self.panics || self.depth > 0, "at the bottom");
        write!(f, "depth {}", self.depth)
    }
}

impl fmt::Debug for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        log_event!(INFO, "debugged", n = self.depth);
        fmt::Display::fmt(self, f)
    }
}

/// A value that logs all it can when its thread ends.
struct LogsAtTheEnd(&'static str);

impl Drop for LogsAtTheEnd {
    fn drop(&mut self) {
        log_event!(INFO, "at_the_end", from = self.0);
        log_event!(INFO, "rendered_at_the_end", text: display = format_args!("{}", self.0));
        log_event!(INFO, "large_at_the_end", text = "z".repeat(40_000));
        let _tenant = context!(tenant = "acme");
        log_event!(ERROR, "bound_at_the_end");
    }
}

thread_local! {
    static BEFORE: RefCell<Option<LogsAtTheEnd>> = const { RefCell::new(None) };
    static BEHIND: RefCell<Option<LogsAtTheEnd>> = const { RefCell::new(None) };
}

/// How many records one [`LogsAtTheEnd`] makes.
const AT_THE_END: usize = 4;

fn exact(accepted: u64) {
    let counters = storyline::counters();
    assert_eq!(counters.accepted, accepted, "{counters}");
    assert_eq!(
        counters.accepted,
        counters.pending + counters.written,
        "{counters}"
    );
    assert_eq!(counters.dropped, [], "{counters}");
}

alone! {
    fn a_display_that_logs_while_it_is_logged_keeps_every_record() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for _ in 0..100 {
            let value = Nested { depth: 3, panics: false };
            log_event!(INFO, "outer", %value, debugged: debug = value);
        }
        // Deeper than the buffers that a thread keeps, and large.
        log_event!(INFO, "outer", value: display = Nested { depth: 40, panics: false }, text = "z".repeat(40_000));
        guard.flush(SOON).expect("written");
        let records = memory.records();
        let of = |event: &str| records.iter().filter(|it| it.event == event).count();
        // Display and Debug of each, three deep, and the bottom of the debugged ones logs as well.
        assert_eq!((of("outer"), of("inside"), of("debugged")), (101, 640, 100));
        exact(records.len() as u64);
        // What is inside was logged before what holds it, and holds what it was told.
        assert_eq!(numbers(&records[..3], "inside"), [1, 2, 3]);
        assert_eq!(text(&records[2], "inner"), "depth 2");
        let outer = records.iter().find(|it| it.event == "outer").expect("logged");
        assert_eq!(text(outer, "value"), "depth 3");
    }

    fn a_display_that_panics_three_deep_costs_its_text_and_no_record() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for _ in 0..100 {
            let value = Nested { depth: 3, panics: true };
            log_event!(INFO, "outer", %value);
        }
        guard.flush(SOON).expect("written");
        exact(400);
        let records = memory.records();
        assert_eq!(text(&records[0], "inner"), "<panicked: at the bottom>");
        assert_eq!(text(&records[3], "value"), "depth 3");
    }

    fn what_ends_with_a_thread_may_log_whenever_it_was_made() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for first in ["ring", "value", "nothing"] {
            for _ in 0..20 {
                let thread = std::thread::spawn(move || {
                    let _request = storyline::request_scope("req-1");
                    if first == "value" {
                        BEFORE.with(|it| *it.borrow_mut() = Some(LogsAtTheEnd("before")));
                    }
                    if first != "nothing" {
                        log_event!(INFO, "in_the_thread");
                    }
                    BEHIND.with(|it| *it.borrow_mut() = Some(LogsAtTheEnd("behind")));
                });
                // What ending threads share has room for a few of the large ones; then they wait.
                thread.join().expect("no abort");
            }
        }
        guard.flush(SOON).expect("written");
        let records = memory.records();
        let of = |event: &str| records.iter().filter(|it| it.event == event).count();
        assert_eq!(of("in_the_thread"), 40);
        for event in ["at_the_end", "rendered_at_the_end", "large_at_the_end", "bound_at_the_end"] {
            assert_eq!(of(event), 80, "{event}");
        }
        exact(40 + 80 * AT_THE_END as u64);
        // The guard of the request is gone by then, and the context's own works.
        let bound = records.iter().filter(|it| it.event == "bound_at_the_end");
        for record in bound {
            assert_eq!(text(record, "tenant"), "acme", "{record:?}");
        }
    }

    fn hooks_of_a_panic_may_log_on_both_sides_of_ours() {
        let memory = Memory::new();
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            log_event!(WARNING, "hook_before", thread: display = format_args!("{:?}", std::thread::current().id()));
            default(info);
        }));
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let ours = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            log_event!(WARNING, "hook_behind", message = info.payload().downcast_ref::<&str>().copied().unwrap_or("none"));
            ours(info);
        }));
        let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(|| panic!("on purpose"))).collect();
        for thread in threads {
            assert!(thread.join().is_err());
        }
        guard.flush(SOON).expect("written");
        let records = memory.records();
        for event in ["hook_behind", "panic", "hook_before"] {
            assert_eq!(records.iter().filter(|it| it.event == event).count(), 8, "{event}");
        }
        exact(24);
    }
}

#[test]
fn the_end_of_a_process_keeps_what_each_handler_logs() {
    extern "C" fn handler() {
        log_event!(INFO, "at_exit", text: display = format_args!("{}", 7));
        log_event!(INFO, "large_at_exit", text = "z".repeat(40_000));
        // A thread that is made now has a ring of its own to be made.
        let thread = std::thread::spawn(|| log_event!(INFO, "thread_at_exit"));
        thread.join().expect("no panic");
    }
    let test = "the_end_of_a_process_keeps_what_each_handler_logs";
    let place = Place::new(test);
    let path = place.join("x.log");
    let process = Process::new(&format!("{}::{test}", module_path!()))
        .env("LOG_FILE", path.to_str().expect("plain"));
    let Some(ended) = process.run(|| {
        register(handler);
        let path = std::env::var("LOG_FILE").expect("given by the parent");
        let guard = storyline::setup("x").file(path).start().expect("starts");
        BEHIND.with(|it| *it.borrow_mut() = Some(LogsAtTheEnd("main")));
        drop(guard);
        std::process::exit(7);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(7), "{ended}");
    let records = records(&path);
    for event in ["at_exit", "large_at_exit", "thread_at_exit"] {
        assert_eq!(
            records.iter().filter(|it| it.event == event).count(),
            1,
            "{event}: {records:?}"
        );
    }
}

#[expect(
    unsafe_code,
    reason = "the C library's own registration is what is tested"
)]
fn register(handler: extern "C" fn()) {
    // SAFETY: a function of this program, of the signature that is asked for.
    assert_eq!(unsafe { libc::atexit(handler) }, 0);
}
