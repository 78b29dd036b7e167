//! Recoveries beside each other, beside the living, and killed in the middle: nothing twice, nothing lost.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use crate::alone::{SOON, wait_until};
use crate::ledger::{is_recovered, number, numbers, records_with_cuts};
use crate::recorder_stage::{Stage, die, end_of, files_in, stage};
use crate::stuck::Stuck;
use storyline::{log_event, sink};

const THREADS: u64 = 3;

/// Many records of several threads, none of them written.
fn many(stage: &Stage, each: u64) -> ! {
    let guard = stage
        .setup()
        .ring_bytes(4 << 20)
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                for n in 0..each {
                    log_event!(INFO, "step", n, thread);
                }
            });
        }
    });
    die()
}

/// Every thread's records are there, once and in order.
fn check_many(stage: &Stage, each: u64, most_cut: usize) {
    let mut seen: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let mut deaths = 0;
    for record in records_with_cuts(stage.log(), most_cut) {
        if record.event == "process_died" {
            deaths += 1;
            continue;
        }
        assert!(is_recovered(&record), "{record:?}");
        seen.entry(number(&record, "thread"))
            .or_default()
            .push(number(&record, "n"));
    }
    assert_eq!(deaths, 1, "told once");
    for thread in 0..THREADS {
        let own = &seen[&thread];
        let at = own.iter().zip(0..).position(|(found, due)| *found != due);
        assert!(
            own.iter().copied().eq(0..each),
            "thread {thread}: {} of {each}, the first that is wrong at {at:?}",
            own.len()
        );
    }
}

#[test]
fn two_processes_that_recover_at_once_double_nothing() {
    let stage = stage!(two_processes_that_recover_at_once_double_nothing);
    stage.role("dies", |stage| many(stage, 3_000));
    stage.role("recovers", |stage| {
        stage.wait_for("go");
        let recovery = stage.recover();
        assert_eq!(recovery.problems, [""; 0]);
    });
    for _ in 0..3 {
        let _ = fs::remove_file(stage.join("go"));
        let _ = fs::remove_file(stage.log());
        stage.kill("dies");
        let rivals: Vec<_> = (0..3).map(|_| stage.start("recovers")).collect();
        std::thread::sleep(Duration::from_millis(60));
        stage.signal("go");
        for rival in rivals {
            let output = end_of(rival);
            assert!(output.status.success(), "{output:?}");
        }
        check_many(&stage, 3_000, 0);
        assert_eq!(stage.left(), [""; 0]);
    }
}

/// The locks of files are the process's, not the thread's.
#[test]
fn two_threads_that_recover_at_once_double_nothing() {
    let stage = stage!(two_threads_that_recover_at_once_double_nothing);
    stage.role("dies", |stage| many(stage, 3_000));
    for _ in 0..3 {
        let _ = fs::remove_file(stage.log());
        stage.kill("dies");
        let barrier = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    barrier.wait();
                    assert_eq!(stage.recover().problems, [""; 0]);
                });
            }
        });
        check_many(&stage, 3_000, 0);
        assert_eq!(stage.left(), [""; 0]);
    }
}

/// Plays a process that lives, and does `first` before anybody recovers: nobody touches its files, and what it
/// says afterwards is there.
fn is_left_alone(stage: &Stage, first: impl Fn(&Stage)) {
    stage.role("lives", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        log_event!(INFO, "step", n = 0_u64);
        guard.flush(SOON).expect("written");
        first(stage);
        stage.signal("up");
        stage.wait_for("down");
        log_event!(INFO, "step", n = 1_u64);
        std::mem::forget(guard);
        die();
    });
    let child = stage.start("lives");
    stage.wait_for("up");
    let before = stage.left();
    assert!(before.len() >= 3, "{before:?}");
    for _ in 0..20 {
        let recovery = stage.recover();
        assert!(
            recovery.processes.is_empty() && recovery.problems.is_empty(),
            "{recovery:?}"
        );
    }
    assert_eq!(stage.left(), before);
    stage.signal("down");
    end_of(child);
    stage.recover_all();
    assert_eq!(numbers(&records_with_cuts(stage.log(), 1), "step"), [0, 1]);
}

#[test]
fn the_living_are_left_alone() {
    let stage = stage!(the_living_are_left_alone);
    is_left_alone(&stage, |stage| {
        assert!(stage.recover().processes.is_empty(), "not even its own");
    });
}

/// As daemonizers do: what they have not opened they close, and with it goes the lock.
#[test]
fn who_has_lost_its_lock_and_lives_is_left_alone() {
    let stage = stage!(who_has_lost_its_lock_and_lives_is_left_alone);
    is_left_alone(&stage, |_| close_head());
}

#[expect(
    unsafe_code,
    reason = "to close what is somebody else's is what is tested"
)]
fn close_head() {
    let is_head = |number: &i32| {
        let open = fs::read_link(format!("/proc/self/fd/{number}"));
        open.is_ok_and(|it| it.extension().is_some_and(|it| it == "head"))
    };
    let mut heads = (3..100).filter(is_head);
    let (head, more) = (heads.next().expect("it records"), heads.next());
    assert_eq!(more, None);
    // SAFETY: the descriptor is not used any more but to end, which is what is tested.
    assert_eq!(unsafe { libc::close(head) }, 0);
}

/// The system shows nothing of the memory of a process whose main thread has ended: only the lock says that it
/// lives.
#[test]
fn who_lives_without_its_main_thread_is_left_alone() {
    let stage = stage!(who_lives_without_its_main_thread_is_left_alone);
    is_left_alone(&stage, |_| {
        end_main_thread();
        let maps = || fs::read("/proc/self/maps").unwrap_or_default();
        wait_until("the end of the main thread", || maps().is_empty());
    });
}

#[expect(unsafe_code, reason = "`std` ends a main thread only with its process")]
fn end_main_thread() {
    extern "C" fn end(_: libc::c_int) {
        // SAFETY: it ends the calling thread and no other; what is on its stack stays where it is.
        unsafe { libc::syscall(libc::SYS_exit, 0) };
    }
    let end: extern "C" fn(libc::c_int) = end;
    // SAFETY: the handler makes one call of the system, which any handler may.
    unsafe { libc::signal(libc::SIGUSR1, end as libc::sighandler_t) };
    // The first thread has the number of its process.
    let own = libc::c_long::from(std::process::id());
    // SAFETY: it takes three integers and touches no memory of ours.
    let sent = unsafe { libc::syscall(libc::SYS_tgkill, own, own, libc::SIGUSR1) };
    assert_eq!(sent, 0);
}

/// A process that is just beginning is no dead one.
#[test]
fn a_recovery_does_not_disturb_who_is_starting() {
    let stage = stage!(a_recovery_does_not_disturb_who_is_starting);
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        log_event!(INFO, "step", n = u64::from(std::process::id()));
        die();
    });
    let stop = std::sync::atomic::AtomicBool::new(false);
    let mut pids = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                // Before the first process there is no directory.
                let recovery = stage.recover();
                assert_eq!(recovery.problems, [""; 0]);
            }
        });
        for _ in 0..30 {
            let children: Vec<_> = (0..2).map(|_| stage.start("dies")).collect();
            pids.extend(children.iter().map(|it| u64::from(it.id())));
            for child in children {
                drop(end_of(child));
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    stage.recover_all();
    let mut seen = numbers(&records_with_cuts(stage.log(), 0), "step");
    seen.sort_unstable();
    pids.sort_unstable();
    assert_eq!(seen, pids);
}

#[test]
fn a_recovery_that_is_killed_and_repeated_writes_everything_once() {
    let stage = stage!(a_recovery_that_is_killed_and_repeated_writes_everything_once);
    let each = 12_000;
    stage.role("dies", |stage| many(stage, each));
    stage.role("recovers", |stage| {
        stage.signal("begins");
        let recovery = stage.recover();
        assert_eq!(recovery.problems, [""; 0]);
    });
    let len = || fs::metadata(stage.log()).map_or(0, |it| it.len());
    let mut kills = 0;
    stage.kill("dies");
    // Each one is killed a little further behind its first byte.
    while kills < 25 && !files_in(&stage.recorder(), "head").is_empty() {
        let before = len();
        let _ = fs::remove_file(stage.join("begins"));
        let mut child = stage.start("recovers");
        stage.wait_for("begins");
        while len() == before && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_micros(50));
        }
        std::thread::sleep(Duration::from_micros(400 * kills));
        let _ = child.kill();
        end_of(child);
        kills += 1;
    }
    assert!(kills > 2, "too quick to be interrupted");
    stage.recover_all();
    check_many(&stage, each, usize::try_from(kills).expect("few"));
}
