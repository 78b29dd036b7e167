//! Losses that their own sink cannot tell: another one does, else standard error.

use std::io::{self, Read};

use crate::alone::{Place, Process, SOON};
use crate::ledger::{records, told};
use crate::machine::Mount;
use crate::recorder_stage::{die, stage};
use storyline::{Reason, log_event};

/// Of a console that stands still something is always waiting when the process ends.
#[test]
fn what_waits_for_a_console_at_the_end_is_told_in_the_file() {
    let test = "what_waits_for_a_console_at_the_end_is_told_in_the_file";
    let (mut unread, writer) = io::pipe().expect("a pipe");
    let place = Place::new(test);
    let process = Process::new(&format!("{}::{test}", module_path!()))
        .stderr(writer)
        .env("PLACE", place.0.to_str().expect("plain"));
    let Some(ended) = process.run(|| {
        let place = std::env::var_os("PLACE").expect("given by the parent");
        let place = std::path::Path::new(&place);
        let guard = storyline::setup("x")
            .console()
            .file(place.join("x.log"))
            .recorder(storyline::Recorder::at(place.join("recorder")))
            .start()
            .expect("starts");
        for n in 0..5_000_u64 {
            log_event!(INFO, "step", n);
        }
        drop(guard);
        std::process::exit(3);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(3), "{ended}");
    let mut read = Vec::new();
    unread.read_to_end(&mut read).expect("a pipe");
    let seen = String::from_utf8_lossy(&read);
    let whole = seen.split_inclusive('\n').filter(|it| it.ends_with('\n'));
    let arrived = whole.filter(|it| it.contains(" | step | ")).count() as u64;
    assert!(arrived < 5_000, "the pipe took everything");
    let all = records(place.join("x.log"));
    assert_eq!(told(&all, "stderr", Reason::Stalled), 5_000 - arrived);
    let left = std::fs::read_dir(place.join("recorder")).expect("made by the process");
    assert_eq!(left.count(), 0, "the file was told everything");
}

#[test]
fn a_file_without_room_and_nothing_beside_it_is_told_on_standard_error() {
    let stage = stage!(a_file_without_room_and_nothing_beside_it_is_told_on_standard_error);
    let disk = stage.join("disk");
    stage.role("logs", |stage| {
        let setup = stage.setup().file(stage.join("disk/x.log"));
        let guard = setup.start().expect("starts");
        std::fs::write(stage.join("disk/filler"), vec![b'x'; 64 << 10]).expect("all of it");
        for _ in 0..3 {
            for n in 0..100_u64 {
                log_event!(INFO, "step", n);
            }
            guard.flush(SOON).expect("nothing is pending");
        }
        // Before the guard has its say.
        die();
    });
    let Some(_mount) = Mount::small(&disk, "64k") else {
        return;
    };
    let output = stage.play("logs");
    let said = String::from_utf8_lossy(&output.stderr);
    let name = disk.join("x.log").display().to_string();
    let about: Vec<_> = said.lines().filter(|it| it.contains(&name)).collect();
    assert_eq!(about.len(), 1, "once a minute: {said}");
    assert!(about[0].starts_with("storyline: "), "{said}");
    assert!(about[0].ends_with(": disk_full"), "{said}");
}
