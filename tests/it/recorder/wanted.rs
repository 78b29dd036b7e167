//! What was wanted when it was logged.

use std::time::Duration;

use crate::alone::SOON;
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{Stage, die, stage};
use crate::stuck::Stuck;
use storyline::{log_event, sink};

fn say_under_two_directives(stage: &Stage, directives: [&str; 2]) {
    let guard = stage
        .setup()
        .directives(directives[0])
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    let say = |n: u64| {
        log_event!(DEBUG, "detail", n);
        log_event!(ERROR, "trouble", n);
    };
    say(0);
    // The background thread is stuck by now, and cannot hear of the change.
    std::thread::sleep(Duration::from_millis(50));
    say(1);
    storyline::set_directives(directives[1]).expect("good");
    say(2);
}

#[test]
fn what_was_wanted_when_it_was_logged_is_recovered() {
    let stage = stage!(what_was_wanted_when_it_was_logged_is_recovered);
    stage.role("lowers", |stage| {
        say_under_two_directives(stage, ["error", "debug"]);
        die();
    });
    stage.role("raises", |stage| {
        say_under_two_directives(stage, ["debug", "error"]);
        die();
    });
    for (role, expected) in [("lowers", &[2_u64][..]), ("raises", &[0, 1])] {
        stage.kill(role);
        stage.recover_all();
        let records = records_with_cuts(stage.log(), 0);
        assert_eq!(numbers(&records, "trouble"), [0, 1, 2], "{role}");
        assert_eq!(numbers(&records, "detail"), expected, "{role}");
        std::fs::remove_file(stage.log()).expect("there");
    }
}

/// A call may have been let in by the old directives and come with its record when the new ones are in force.
#[test]
fn what_was_not_wanted_any_more_when_it_was_logged_is_not_recovered() {
    let stage = stage!(what_was_not_wanted_any_more_when_it_was_logged_is_not_recovered);
    stage.role("raises", |stage| {
        let stuck = Stuck::later();
        let guard = stage
            .setup()
            .directives("debug")
            .sink(sink::custom("stuck", stuck.clone()))
            .sink(sink::file(stage.log()))
            .start()
            .expect("starts");
        let say = |n: &dyn Fn() -> u64| log_event!(DEBUG, "detail", n = n());
        say(&|| 0);
        guard.flush(SOON).expect("written");
        say(&|| {
            storyline::set_directives("error").expect("good");
            guard.flush(SOON).expect("the background thread knows them");
            stuck.stand();
            log_event!(ERROR, "trouble", n = 1_u64);
            // From now on nothing is taken from a ring.
            std::thread::sleep(Duration::from_millis(50));
            1
        });
        die();
    });
    stage.kill("raises");
    stage.recover_all();
    let records = records_with_cuts(stage.log(), 0);
    assert_eq!(numbers(&records, "trouble"), [1]);
    assert_eq!(numbers(&records, "detail"), [0]);
}
