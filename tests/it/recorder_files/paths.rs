//! The recorder's place by whatever path it is named.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::alone::SOON;
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{die, names_in, stage};
use storyline::{Recorder, log_event};

/// As a daemon does, which leaves the directory that it was started in.
#[test]
fn a_relative_place_is_the_one_it_was_at_the_start() {
    let stage = stage!(a_relative_place_is_the_one_it_was_at_the_start);
    stage.role("dies", |stage| {
        std::env::set_current_dir(stage.join("home")).expect("there");
        let guard = stage
            .setup()
            .recorder(Recorder::at("recorder"))
            .file(stage.log())
            .start()
            .expect("starts");
        std::env::set_current_dir("/").expect("there");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("written");
        std::thread::spawn(|| log_event!(INFO, "step", n = 1))
            .join()
            .expect("logged");
        guard.flush(SOON).expect("written");
        die();
    });
    fs::create_dir(stage.join("home")).expect("made");
    stage.kill("dies");
    let left = names_in(&stage.join("home/recorder"));
    let rings = left.iter().filter(|it| it.contains(".ring"));
    assert!(rings.count() > 0, "{left:?}");
    let recovery = storyline::recover(stage.join("home/recorder")).expect("ours");
    assert_eq!(recovery.problems, [""; 0]);
    assert_eq!(numbers(&records_with_cuts(stage.log(), 0), "step"), [0, 1]);
    assert_eq!(names_in(&stage.join("home/recorder")), [""; 0]);
}

#[test]
fn a_link_is_not_followed_through_a_slash_at_the_end() {
    let stage = stage!(a_link_is_not_followed_through_a_slash_at_the_end);
    stage.role("logs", |stage| {
        let place = format!("{}/", stage.recorder().display());
        let guard = stage
            .setup()
            .recorder(Recorder::at(place))
            .file(stage.log())
            .start()
            .expect("starts");
        log_event!(INFO, "step", n = 0);
        // Nothing is left of a place that was taken.
        std::mem::forget(guard);
        die();
    });
    let aside = stage.join("aside");
    fs::create_dir(&aside).expect("made");
    fs::set_permissions(&aside, Permissions::from_mode(0o700)).expect("ours");
    symlink(&aside, stage.recorder()).expect("made");
    stage.kill("logs");
    assert_eq!(names_in(&aside), [""; 0]);
    let by_hand = storyline::recover(format!("{}/", stage.recorder().display()));
    let error = by_hand.expect_err("a link").to_string();
    assert!(error.contains("is a link"), "{error}");
}
