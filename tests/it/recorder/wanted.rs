//! What was wanted when it was logged.

use std::time::Duration;

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
