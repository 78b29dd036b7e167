//! A panic: it is logged and written before its thread goes on, whatever else it does.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::With;
use crate::alone::{SOON, alone};
use storyline::sink::{self, Memory};
use storyline::{Level, log_event};

alone! {
    fn a_panic_is_logged_with_its_place_and_thread_and_the_hook_before_is_called() {
        static CALLED: AtomicBool = AtomicBool::new(false);
        std::panic::set_hook(Box::new(|_| CALLED.store(true, Ordering::Relaxed)));
        let memory = Memory::new();
        let _guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let result = std::thread::Builder::new()
            .name("cashier".to_owned())
            .spawn(|| panic!("no {}", "change"))
            .expect("a thread")
            .join();
        assert!(result.is_err() && CALLED.load(Ordering::Relaxed));
        // No flush: the hook has seen to it.
        let records = memory.records();
        assert_eq!((records[0].event.as_str(), records[0].level), ("panic", Level::Critical));
        let line = &memory.lines()[0];
        assert!(line.contains(r#"message="no change""#), "{line}");
        assert!(line.contains("location=tests/it/flush/panics.rs:") || line.contains("location=it/flush/panics.rs:"), "{line}");
        assert!(line.ends_with("thread=cashier"), "{line}");
    }

    fn a_panic_of_a_value_that_is_rendered_reaches_no_hook() {
        struct Bad;
        impl std::fmt::Display for Bad {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                panic!("bad display")
            }
        }
        static CALLED: AtomicBool = AtomicBool::new(false);
        std::panic::set_hook(Box::new(|_| CALLED.store(true, Ordering::Relaxed)));
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let bad = Bad;
        log_event!(INFO, "shown", %bad);
        guard.flush(SOON).expect("written");
        let lines = memory.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("<panicked: bad display>"), "{lines:?}");
        assert!(!CALLED.load(Ordering::Relaxed));
    }

    fn a_panic_under_a_lock_that_a_sink_needs_does_not_hang() {
        static NEEDED: Mutex<()> = Mutex::new(());
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("needs", With(|| drop(NEEDED.lock()))))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        let start = Instant::now();
        let panicked = std::thread::spawn(|| {
            let _held = NEEDED.lock();
            panic!("inside")
        })
        .join();
        assert!(panicked.is_err());
        assert!(start.elapsed() < Duration::from_secs(30));
        guard.flush(SOON).expect("written");
        assert_eq!(memory.records().len(), 1);
    }
}
