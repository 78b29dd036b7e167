//! Places and files that are not ours.

use std::ffi::CString;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::told;
use crate::alone::say;
use crate::ledger::{numbers, records_with_cuts};
use crate::machine::skip;
use crate::recorder_stage::{die, names_in, print_of, stage};
use storyline::log_event;

/// Puts something in a place; false where that is not allowed.
type Make<'a> = Box<dyn Fn(&Path) -> bool + 'a>;

/// What it is called, and how it is done and undone.
type Change<'a> = (&'a str, Make<'a>, Make<'a>);

#[test]
fn a_place_that_is_not_ours_is_refused_and_left_as_it_is() {
    let stage = stage!(a_place_that_is_not_ours_is_refused_and_left_as_it_is);
    stage.role("logs", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 0_u64);
        drop(guard);
    });
    let (at, aside) = (stage.recorder(), stage.join("aside"));
    fs::create_dir(&aside).expect("made");
    fs::set_permissions(&aside, Permissions::from_mode(0o700)).expect("ours");
    let to_others = |at: &Path| {
        fs::create_dir(at).expect("made");
        fs::set_permissions(at, Permissions::from_mode(0o700)).expect("ours");
        let is_given = std::os::unix::fs::chown(at, Some(12_345), None).is_ok();
        if !is_given {
            say("skipped: giving a directory away is not allowed here");
        }
        is_given
    };
    let open = |mode: u32| -> Make<'_> {
        Box::new(move |at: &Path| {
            fs::create_dir(at).expect("made");
            fs::set_permissions(at, Permissions::from_mode(mode)).is_ok()
        })
    };
    let cases: [(&str, Make<'_>); 6] = [
        (
            "is a link or no directory",
            Box::new(|at| symlink(&aside, at).is_ok()),
        ),
        (
            "is a link or no directory",
            Box::new(|at| symlink("/nowhere/at/all", at).is_ok()),
        ),
        (
            "is a link or no directory",
            Box::new(|at| fs::write(at, "mine").is_ok()),
        ),
        ("is open to other users", open(0o755)),
        ("is open to other users", open(0o770)),
        ("belongs to another user", Box::new(to_others)),
    ];
    for (expected, make) in cases {
        if make(&at) {
            let before = print_of(&at);
            stage.play_well("logs");
            assert_eq!(print_of(&at), before, "{expected}");
            assert_eq!(
                fs::read_dir(&aside).expect("there").count(),
                0,
                "{expected}"
            );
            assert_eq!(numbers(&records_with_cuts(stage.log(), 0), "step"), [0]);
            let told = told(&stage.log());
            let unavailable: Vec<_> = told
                .iter()
                .filter(|it| it.0 == "recorder_unavailable")
                .collect();
            assert_eq!(unavailable.len(), 1, "{told:?}");
            assert!(unavailable[0].1.contains(expected), "{told:?}");
            assert!(
                unavailable[0].1.contains(&at.display().to_string()),
                "{told:?}"
            );
            let error = storyline::recover(&at).expect_err("refused").to_string();
            assert!(error.contains(expected), "{error}");
            fs::remove_file(stage.log()).expect("there");
        }
        let _ = fs::remove_file(&at);
        let _ = fs::remove_dir_all(&at);
    }
}

/// What lies among the files and is not ours is named, and neither read nor written nor removed.
#[test]
fn strange_files_in_the_place_are_left_as_they_are() {
    let stage = stage!(strange_files_in_the_place_are_left_as_they_are);
    let at = stage.recorder();
    fs::create_dir(&at).expect("made");
    fs::set_permissions(&at, Permissions::from_mode(0o700)).expect("ours");
    let outside = stage.join("outside");
    fs::write(&outside, "somebody's").expect("written");
    let name = |n: u32| at.join(format!("{n:016x}.head"));
    fs::write(name(1), "hello, I am a text").expect("written");
    symlink(&outside, name(2)).expect("linked");
    fs::write(name(3), vec![0_u8; 200_000]).expect("written");
    fs::hard_link(name(3), stage.join("second name")).expect("linked");
    fs::create_dir(name(4)).expect("made");
    let fifo = CString::new(name(5).as_os_str().as_bytes()).expect("no zero");
    make_fifo(&fifo);
    File::create(name(6))
        .and_then(|it| it.set_len(4 << 30))
        .expect("sparse");
    symlink("/dev/zero", name(7)).expect("linked");
    for n in [1, 3, 6] {
        fs::set_permissions(name(n), Permissions::from_mode(0o600)).expect("ours");
    }
    fs::write(at.join("notes.txt"), "a note").expect("written");
    fs::write(at.join("0000000000000001.0.ring"), "no ring").expect("written");
    let all: Vec<_> = fs::read_dir(&at)
        .expect("there")
        .map(|it| it.expect("one").path())
        .collect();
    let before: Vec<_> = all.iter().map(|it| print_of(it)).collect();
    let recovery = stage.recover();
    assert!(recovery.processes.is_empty(), "{recovery:?}");
    for n in 1..=7 {
        let path = name(n).display().to_string();
        let about = recovery.problems.iter().filter(|it| it.contains(&path));
        let about: Vec<_> = about.collect();
        assert_eq!(about.len(), 1, "{path}: {:?}", recovery.problems);
        assert_eq!(about[0].matches(&path).count(), 1, "{about:?}");
        assert!(!about[0].contains("remove it"), "{about:?}");
    }
    let twice = recovery
        .problems
        .iter()
        .find(|it| it.contains("has 2 names"));
    assert!(twice.is_some_and(|it| it.contains("lost when it is removed")));
    assert_eq!(recovery.problems.len(), 7, "{recovery:?}");
    let after: Vec<_> = all.iter().map(|it| print_of(it)).collect();
    assert_eq!(after, before);
    assert_eq!(fs::read(&outside).expect("there"), b"somebody's");
}

/// What a dead process has left, and somebody else owns, may read or has under a name of his own.
#[test]
fn files_that_others_have_a_hand_in_are_not_read() {
    let stage = stage!(files_that_others_have_a_hand_in_are_not_read);
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        log_event!(INFO, "step", n = 0_u64);
        die();
    });
    stage.kill("dies");
    let second = stage.join("second name");
    let give = |path: &Path, user: u32| {
        let given = std::os::unix::fs::chown(path, Some(user), None).is_ok();
        if !given {
            skip("giving a file away is not allowed here");
        }
        given
    };
    let own = fs::metadata(stage.recorder()).expect("there").uid();
    let set_mode = |path: &Path, mode: u32| {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("ours");
        true
    };
    let changes: [Change<'_>; 4] = [
        (
            "linked",
            Box::new(|it| fs::hard_link(it, &second).is_ok()),
            Box::new(|_| fs::remove_file(&second).is_ok()),
        ),
        (
            "given away",
            Box::new(|it| give(it, 12_345)),
            Box::new(|it| give(it, own)),
        ),
        (
            "readable",
            Box::new(|it| set_mode(it, 0o604)),
            Box::new(|it| set_mode(it, 0o600)),
        ),
        (
            "writable",
            Box::new(|it| set_mode(it, 0o620)),
            Box::new(|it| set_mode(it, 0o600)),
        ),
    ];
    let files = names_in(&stage.recorder());
    assert_eq!(files.len(), 3, "{files:?}");
    let mut read = Vec::new();
    for (how, change, change_back) in &changes {
        for name in &files {
            let path = stage.recorder().join(name);
            // Where one was read all are gone.
            if !path.exists() || !change(&path) {
                continue;
            }
            let before = print_of(&path);
            let problems = stage.recover().problems;
            let named = problems.iter().filter(|it| {
                it.contains(&path.display().to_string())
                    && it.contains("no recorder file of this user alone")
            });
            let is_left = stage.left() == files && print_of(&path) == before;
            if named.count() != 1 || !is_left || !records_with_cuts(stage.log(), 0).is_empty() {
                read.push(format!("{how}: {name}: {problems:?}"));
            }
            assert!(!path.exists() || change_back(&path));
        }
    }
    assert_eq!(read, [""; 0]);
    stage.recover_all();
    assert_eq!(numbers(&records_with_cuts(stage.log(), 0), "step"), [0]);
}

#[expect(unsafe_code, reason = "`std` makes no named pipes")]
fn make_fifo(path: &CString) {
    // SAFETY: the pointer is to a text that ends with a zero, and lives.
    assert_eq!(unsafe { libc::mkfifo(path.as_ptr(), 0o600) }, 0);
}
