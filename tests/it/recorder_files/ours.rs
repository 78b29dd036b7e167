//! Our own: private, whole, kept out of core dumps, and gone when what is in them is written.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::alone::{SOON, wait_until};
use crate::ledger::{numbers, records_with_cuts};
use crate::recorder_stage::{files_in, stage};
use storyline::log_event;

#[test]
fn files_are_private_whole_and_kept_out_of_core_dumps() {
    let stage = stage!(files_are_private_whole_and_kept_out_of_core_dumps);
    stage.role("looks", |stage| {
        let guard = storyline::setup("shop")
            .file(stage.log())
            .start()
            .expect("starts");
        std::thread::scope(|scope| {
            scope.spawn(|| {
                log_event!(INFO, "step");
                look_at_own_files();
            });
        });
        log_event!(INFO, "step");
        drop(guard);
    });
    stage.play_well("looks");
}

fn look_at_own_files() {
    let me = fs::metadata("/proc/self").expect("linux").uid();
    let place = format!("/dev/shm/storyline-{me}");
    let directory = fs::symlink_metadata(&place).expect("a tmpfs");
    assert_eq!((directory.mode() & 0o777, directory.uid()), (0o700, me));
    let maps = fs::read_to_string("/proc/self/smaps").expect("linux");
    let mut kinds = Vec::new();
    let mut current = None;
    for line in maps.lines() {
        if let Some(at) = line.find(&place) {
            let path = Path::new(&line[at..]);
            let file = fs::symlink_metadata(path).expect("mapped");
            assert!(
                file.is_file() && file.uid() == me && file.nlink() == 1,
                "{line}"
            );
            assert_eq!(file.mode() & 0o777, 0o600, "{line}");
            assert!(file.blocks() * 512 >= file.len(), "a hole in {line}");
            kinds.extend(path.extension().map(|it| it.to_string_lossy().into_owned()));
            current = Some(line);
        } else if let (Some(mapping), Some(flags)) = (current, line.strip_prefix("VmFlags:")) {
            let mut flags = flags.split_whitespace();
            assert!(
                flags.any(|it| it == "dd"),
                "{mapping} would be in a core dump"
            );
            current = None;
        }
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["head", "ring", "sites"]);
}

#[test]
fn files_go_when_what_is_in_them_is_written() {
    let stage = stage!(files_go_when_what_is_in_them_is_written);
    stage.role("drops the guard", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 1_u64);
        drop(guard);
    });
    stage.role("exits", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 1_u64);
        std::mem::forget(guard);
        std::process::exit(0);
    });
    stage.role("flushes", |stage| {
        std::mem::forget(stage.setup().file(stage.log()).start().expect("starts"));
        log_event!(INFO, "step", n = 1_u64);
        storyline::flush(SOON).expect("written");
    });
    stage.role("ends threads", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        for _ in 0..1_000 {
            let thread = std::thread::spawn(|| log_event!(INFO, "step", n = 1_u64));
            thread.join().expect("no panic");
        }
        guard.flush(SOON).expect("written");
        // Threads that come faster than rings are drained share one, which stays.
        let is_shared = |ring: &std::path::PathBuf| {
            fs::read(ring).is_ok_and(|it| {
                it.get(..4096)
                    .is_some_and(|page| page.windows(6).any(|it| it == b"shared"))
            })
        };
        wait_until("the rings of threads that ended are gone", || {
            files_in(&stage.recorder(), "ring").iter().all(is_shared)
        });
        let rings = files_in(&stage.recorder(), "ring").len();
        assert!(rings <= 1, "one that all share");
        assert_eq!(
            stage.left().len(),
            2 + rings,
            "head and sites: {:?}",
            stage.left()
        );
    });
    for role in ["drops the guard", "exits", "flushes", "ends threads"] {
        stage.play_well(role);
        assert_eq!(stage.left(), [""; 0], "{role}");
    }
    assert_eq!(
        numbers(&records_with_cuts(stage.log(), 0), "step").len(),
        1_003
    );
}
