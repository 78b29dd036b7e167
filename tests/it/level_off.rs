//! A call whose level is off runs no code of the user's: not at its first time, nor after a change of what is wanted,
//! when somebody has to be asked.

use std::cell::Cell;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use storyline::{Capture, log_event, sink};

use crate::alone::alone;

thread_local! {
    static CAPTURED: Cell<u32> = const { Cell::new(0) };
}

/// Counts how often it is captured.
struct Noted;

impl Capture for Noted {
    type Wire<'a> = u64;

    fn capture(&self) -> u64 {
        let before = CAPTURED.get();
        CAPTURED.set(before + 1);
        u64::from(before)
    }
}

/// Counts how often it is dropped.
struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        CAPTURED.set(CAPTURED.get() + 1);
    }
}

impl Capture for Dropped {
    type Wire<'a> = u64;

    fn capture(&self) -> u64 {
        0
    }
}

/// Made anew wherever it is named.
const CONSTANT: Dropped = Dropped;

static FORCED: AtomicU32 = AtomicU32::new(0);

struct Settings {
    region: &'static str,
}

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    FORCED.fetch_add(1, Ordering::Relaxed);
    Settings { region: "eu" }
});

/// One call with each form in which a value of the user's own stands in a variable.
fn captures_four() {
    let (number, noted) = (7, Noted);
    let (maybe, boxed, lent) = (Some(Noted), Box::new(Noted), &&Noted);
    log_event!(DEBUG, "value_noted", number, noted);
    log_event!(DEBUG, "value_noted", maybe);
    log_event!(DEBUG, "value_noted", boxed, number);
    log_event!(DEBUG, "value_noted", lent);
}

alone! {
    fn no_capture_of_the_user_s_runs_while_the_level_is_off() {
        captures_four();
        assert_eq!(CAPTURED.get(), 0, "before set-up");
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        captures_four();
        captures_four();
        assert_eq!(CAPTURED.get(), 0);
        storyline::set_directives("debug").expect("a directive");
        captures_four();
        assert_eq!(CAPTURED.get(), 4);
        storyline::set_directives("info").expect("a directive");
        captures_four();
        assert_eq!(CAPTURED.get(), 4, "off again");
        drop(guard);
        let records = memory.records();
        let noted: Vec<_> = records.iter().filter(|it| it.event == "value_noted").collect();
        assert_eq!(noted.len(), 4, "{records:?}");
    }

    fn no_constant_is_made_and_dropped_while_the_level_is_off() {
        let guard = storyline::setup("test").sink(sink::memory(&sink::Memory::new())).start().expect("first");
        for _ in 0..2 {
            log_event!(DEBUG, "constant_noted", CONSTANT);
            log_event!(DEBUG, "constant_noted", constant = CONSTANT);
            log_event!(DEBUG, "constant_noted", unit = Dropped);
            log_event!(DEBUG, "constant_noted", "of {constant}", constant = CONSTANT);
        }
        assert_eq!(CAPTURED.get(), 0);
        drop(guard);
    }

    fn no_deref_of_the_user_s_runs_while_the_level_is_off() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        let seen = || log_event!(DEBUG, "settings_seen", SETTINGS.region);
        seen();
        assert_eq!(FORCED.load(Ordering::Relaxed), 0);
        storyline::set_directives("debug").expect("a directive");
        seen();
        assert_eq!(FORCED.load(Ordering::Relaxed), 1);
        drop(guard);
    }

    fn a_change_is_obeyed_by_the_next_call() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        let step = |round: u64| log_event!(DEBUG, "step_taken", round);
        for (round, directives) in (0..).zip(["info", "debug", "info", "off", "debug"]) {
            storyline::set_directives(directives).expect("a directive");
            step(round);
            step(round);
        }
        drop(guard);
        let records = memory.records();
        let rounds: Vec<_> = records
            .iter()
            .filter(|it| it.event == "step_taken")
            .map(|it| format!("{:?}", it.field("round")))
            .collect();
        assert_eq!(rounds, [1, 1, 4, 4].map(|it| format!("Some(UInt({it}))")));
    }
}
