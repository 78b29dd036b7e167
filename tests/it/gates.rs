//! Options that hold records back, and levels: an option counts only what its level let through.

use storyline::{Level, debug, log_event, sink};

use crate::alone::{SOON, alone};

alone! {
    fn a_call_that_is_off_does_not_use_up_its_option() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        let once = || debug!(once, "first_seen");
        once();
        storyline::set_directives("debug").expect("a directive");
        once();
        once();
        guard.flush(SOON).expect("in time");
        assert_eq!(memory.lines().len(), 1, "{:?}", memory.lines());
        assert_eq!(storyline::counters().suppressed, 1);
    }

    fn calls_that_are_all_held_back_are_counted() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        for _ in 0..100 {
            log_event!(INFO, sample(0.0000001), "rarely_seen");
            log_event!(DEBUG, sample(0.0000001), "never_asked_for");
        }
        assert_eq!(storyline::counters().suppressed, 100);
        drop(guard);
        let records = memory.records();
        let told: Vec<_> = records.iter().map(|it| (it.event.as_str(), it.level)).collect();
        assert_eq!(told, [("rarely_seen", Level::Info)]);
    }
}
