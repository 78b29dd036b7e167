//! What a session leaves behind: nothing, whether it ended or never began.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::registry::Storage;
use crate::site::{STEP, Site};

static SITE: Site = Site::with(STEP);

fn place(test: &str) -> PathBuf {
    let place = std::env::temp_dir().join(format!("storyline-{}-{test}", std::process::id()));
    let _ = fs::remove_dir_all(&place);
    place
}

fn log(name: &str) -> Log {
    Log {
        path: PathBuf::from(name),
        level: 0,
        format: "line".to_owned(),
        mode: 0o600,
    }
}

fn names(place: &Path) -> Vec<String> {
    let entries = fs::read_dir(place).expect("there");
    let name = |entry: io::Result<fs::DirEntry>| entry.expect("one").file_name();
    entries
        .map(|entry| name(entry).into_string().expect("plain"))
        .collect()
}

const RING: usize = 64 * 1024;

#[test]
fn a_session_that_has_ended_makes_no_files() {
    let place = place("ended");
    let recorder = Recorder::at(&place);
    let session = Session::begin(&recorder, "shop", vec![log("/a.log")], RING).expect("room");
    let (_, ring) = session.ring(RING, "early").expect("room");
    assert_eq!(names(&place).len(), 3);
    session.end();
    assert!(session.ring(RING, "late").is_none(), "found by nobody");
    // More than a file of descriptions holds.
    for _ in 0..20_000 {
        session.describe(&SITE, 0);
    }
    assert!(names(&place).is_empty(), "{:?}", names(&place));
    drop(ring);
    fs::remove_dir_all(place).expect("removed");
}

#[test]
fn a_session_that_cannot_begin_leaves_nothing() {
    let place = place("never-begun");
    let process = Process::current("shop", vec![log("/a.log")]);
    // In the way of the head.
    fs::create_dir(
        Directory::make(&place)
            .expect("made")
            .path
            .join(head_name(7)),
    )
    .expect("made");
    Session::begin_in(&place, &process, RING, 7).expect_err("a directory is in the way");
    assert_eq!(names(&place), [head_name(7)], "what was there before");
    fs::remove_dir_all(place).expect("removed");
}
