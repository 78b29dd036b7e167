//! The recorder's files: whose they are, what they take, when they go, and that nothing else is touched.

use std::ffi::CString;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::alone::{SOON, lines, say, wait_until};
use crate::ledger::{numbers, records_with_cuts, text};
use crate::machine::Mount;
use crate::recorder_stage::{Stage, die, end_of, files_in, print_of, stage};
use crate::stuck::Stuck;
use storyline::{Recorder, log_event, sink};

/// The lines about the recorder in a log: event and reason.
fn told(log: &Path) -> Vec<(String, String)> {
    let all = records_with_cuts(log, 0).into_iter();
    let about =
        all.filter(|it| it.event.starts_with("recorder_") || it.event.starts_with("recovery_"));
    about
        .map(|it| (it.event.clone(), text(&it, "reason").to_owned()))
        .collect()
}

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

#[test]
fn without_room_it_logs_on_and_says_so_once() {
    let stage = stage!(without_room_it_logs_on_and_says_so_once);
    stage.role("logs", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        std::thread::scope(|scope| {
            // Their rings take room one after the other.
            let (sender, receiver) = std::sync::mpsc::channel::<()>();
            let receiver = std::sync::Arc::new(std::sync::Mutex::new(receiver));
            for n in 0..60_u64 {
                let receiver = std::sync::Arc::clone(&receiver);
                scope.spawn(move || {
                    log_event!(INFO, "step", n);
                    let _ = receiver.lock().map(|it| it.recv());
                });
                guard.flush(SOON).expect("written");
            }
            drop(sender);
        });
        drop(guard);
    });
    // Too small to begin in, and large enough for some rings only.
    for (size, what) in [("512k", "no place"), ("1900k", "another ring")] {
        let at = stage.recorder();
        let Some(_mount) = Mount::small(&at, size) else {
            return;
        };
        fs::set_permissions(&at, Permissions::from_mode(0o700)).expect("ours");
        let _ = fs::remove_file(stage.log());
        stage.play_well("logs");
        let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..60), "{size}");
        let told = told(&stage.log());
        assert_eq!(told.len(), 1, "{size}: {told:?}");
        assert_eq!(told[0].0, "recorder_unavailable");
        assert!(told[0].1.contains(&at.display().to_string()), "{told:?}");
        assert!(what == "no place" || told[0].1.contains(what), "{told:?}");
        assert_eq!(stage.left(), [""; 0], "{size}");
    }
}

/// Puts something in a place; false where that is not allowed.
type Make<'a> = Box<dyn Fn(&Path) -> bool + 'a>;

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
        assert_eq!(about.count(), 1, "{path}: {:?}", recovery.problems);
    }
    assert_eq!(recovery.problems.len(), 7, "{recovery:?}");
    let after: Vec<_> = all.iter().map(|it| print_of(it)).collect();
    assert_eq!(after, before);
    assert_eq!(fs::read(&outside).expect("there"), b"somebody's");
}

#[expect(unsafe_code, reason = "`std` makes no named pipes")]
fn make_fifo(path: &CString) {
    // SAFETY: the pointer is to a text that ends with a zero, and lives.
    assert_eq!(unsafe { libc::mkfifo(path.as_ptr(), 0o600) }, 0);
}

/// Twenty threads, each with its own ring, nothing written.
fn twenty_rings(stage: &Stage) -> ! {
    stage.start_unwritten(stage.log());
    let threads = (0..20_u64).map(|n| {
        std::thread::spawn(move || {
            log_event!(INFO, "step", n);
            std::thread::sleep(Duration::from_secs(100));
        })
    });
    let _all: Vec<_> = threads.collect();
    wait_until("all have logged", || storyline::counters().accepted == 20);
    die()
}

#[test]
fn a_ring_that_cannot_be_opened_keeps_its_session() {
    let stage = stage!(a_ring_that_cannot_be_opened_keeps_its_session);
    stage.role("dies", |stage| twenty_rings(stage));
    stage.kill("dies");
    let rings = files_in(&stage.recorder(), "ring");
    assert_eq!(rings.len(), 20);
    let aside = stage.join("aside.ring");
    fs::rename(&rings[3], &aside).expect("moved");
    symlink(&aside, &rings[3]).expect("linked");
    let recovery = stage.recover();
    assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
    assert!(
        !recovery.processes.iter().any(|it| it.is_done),
        "{recovery:?}"
    );
    assert!(
        fs::symlink_metadata(&rings[3]).is_ok(),
        "the link was removed"
    );
    fs::remove_file(&rings[3]).expect("there");
    fs::rename(&aside, &rings[3]).expect("moved back");
    stage.recover_all();
    let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    seen.sort_unstable();
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
}

#[test]
fn too_few_descriptors_cost_no_records() {
    let stage = stage!(too_few_descriptors_cost_no_records);
    stage.role("dies", |stage| twenty_rings(stage));
    stage.role("recovers", |stage| {
        let _ = storyline::recover(stage.recorder());
    });
    stage.kill("dies");
    for most in 4..24 {
        let inner = stage.command("recovers");
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {most}; exec \"$0\" \"$@\"")]);
        command.arg(inner.get_program()).args(inner.get_args());
        command.envs(
            inner
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        end_of(command.spawn().expect("a shell"));
    }
    let recovery = stage.recover();
    assert_eq!(recovery.problems, [""; 0]);
    let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    seen.sort_unstable();
    assert!(seen.iter().copied().eq(0..20), "{seen:?}");
    assert_eq!(stage.left(), [""; 0]);
}

#[test]
fn a_full_disk_during_recovery_costs_no_records() {
    let stage = stage!(a_full_disk_during_recovery_costs_no_records);
    let disk = stage.join("disk");
    stage.role("dies", |stage| {
        let log = stage.join("disk/shop.log");
        let guard = stage
            .setup()
            .recorder(Recorder::at(stage.recorder()))
            .ring_bytes(1 << 20)
            .sink(sink::custom("stuck", Stuck::now()))
            .sink(sink::file(log))
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..5_000_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    let Some(_mount) = Mount::small(&disk, "1m") else {
        return;
    };
    stage.kill("dies");
    let ballast = disk.join("ballast");
    for kib in [1_020, 900, 700] {
        let _ = fs::remove_file(&ballast);
        fs::write(&ballast, vec![1; kib << 10]).expect("room");
        let recovery = stage.recover();
        assert_eq!(recovery.problems.len(), 1, "{kib}: {recovery:?}");
        assert!(
            recovery.problems[0].contains("disk/shop.log"),
            "{recovery:?}"
        );
    }
    fs::remove_file(&ballast).expect("there");
    stage.recover_all();
    let seen = numbers(&records_with_cuts(disk.join("shop.log"), 0), "step");
    assert!(seen.iter().copied().eq(0..5_000), "{} of 5000", seen.len());
    let mut others = lines(disk.join("shop.log"));
    others.retain(|line| !line.contains(" | step | "));
    assert_eq!(others, [""; 0]);
}
