//! Directives at run time: what passes, from when on, and what is refused.

use crate::alone::{SOON, alone};
use storyline::log_event;
use storyline::sink::{self, Memory};

fn log_all() {
    log_event!(DEBUG, "debug_here");
    log_event!(INFO, "info_here");
    log_event!(DEBUG, target = "db::pool", "debug_db");
    log_event!(ERROR, target = "noisy", "error_noisy");
}

alone! {
    fn directives_change_at_run_time_from_that_moment_on() {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .directives("noisy=off")
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        let events = || {
            guard.flush(SOON).expect("written");
            memory.take().into_iter().map(|it| it.record.event).collect::<Vec<_>>()
        };
        log_all();
        assert_eq!(events(), ["info_here"]);

        storyline::set_directives("warn,db=debug,noisy=error").expect("good");
        log_all();
        assert_eq!(events(), ["debug_db", "error_noisy"]);

        let error = storyline::set_directives("debug,db=lod").expect_err("bad");
        assert_eq!((error.word(), error.position()), ("lod", 9));
        log_all();
        assert_eq!(events(), ["debug_db", "error_noisy"], "a refused list changes nothing");

        // Without a level for everything it is that of set-up again.
        storyline::set_directives("").expect("good");
        log_all();
        assert_eq!(events(), ["info_here", "error_noisy"]);
    }

    fn what_was_logged_before_a_change_goes_by_what_held_then() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        for round in 0..2_000_u64 {
            storyline::set_directives("info").expect("good");
            log_event!(INFO, "before", round);
            storyline::set_directives("error").expect("good");
            log_event!(INFO, "after", round);
        }
        guard.flush(SOON).expect("written");
        let events: Vec<_> = memory.records().into_iter().map(|it| it.event).collect();
        assert_eq!(events, vec!["before"; 2_000]);
    }

    fn a_dependency_of_which_nobody_speaks_stays_at_the_level_of_setup() {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .directives("my_app=debug")
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        log_event!(DEBUG, target = "my_application", "debug_other");
        log_event!(INFO, target = "hyper", "info_other");
        log_event!(DEBUG, target = "my_app::web", "debug_own");
        guard.flush(SOON).expect("written");
        let events: Vec<_> = memory.records().into_iter().map(|it| it.event).collect();
        assert_eq!(events, ["info_other", "debug_own"]);
    }

    fn directives_before_setup_are_refused_and_not_forgotten() {
        let error = storyline::set_directives("debug").expect_err("nothing to change").to_string();
        assert!(error.contains("before set-up") && error.contains(".directives("), "{error}");
        let error = storyline::set_directives("db=lod").expect_err("bad").to_string();
        assert!(error.contains("`lod`"), "{error}");
    }
}
