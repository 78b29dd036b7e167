//! What a recorder has to say reaches the log that it is about, whatever filters say: a death, what of it could
//! not be read or written, where is recorded.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::alone::{Place, Process, SOON};
use crate::ledger::{is_recovered, number, records, records_with_cuts, text};
use crate::machine::{Mount, skip};
use crate::recorder_stage::{Stage, die, end_of, files_in, stage};
use crate::stuck::Stuck;
use storyline::format::Json;
use storyline::sink::{self, Memory};
use storyline::{Level, RecordBuf, Recorder, ValueBuf, log_event};

fn of<'a>(all: &'a [RecordBuf], event: &str) -> Vec<&'a RecordBuf> {
    all.iter().filter(|it| it.event == event).collect()
}

/// Twenty records for a log and, one of them, for one of errors; none is written.
fn twenty(stage: &Stage) -> ! {
    let guard = stage
        .setup()
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()).format(Json::default()))
        .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    for n in 0..19_u64 {
        log_event!(INFO, "step", n);
    }
    log_event!(ERROR, "trouble", n = 19_u64);
    die()
}

/// With the same log files; nothing is logged.
fn start_and_end(stage: &Stage) {
    let guard = stage
        .setup()
        .sink(sink::file(stage.log()).format(Json::default()))
        .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
        .start()
        .expect("starts");
    guard.flush(SOON).expect("written");
}

/// Plays a role in which nothing below ERROR is wanted.
fn play_for_errors(stage: &Stage, role: &str) {
    let mut command = stage.command(role);
    let started = command.env("STORYLINE_LOG", "error").spawn();
    let output = end_of(started.expect("starts"));
    assert!(output.status.success(), "{output:?}");
}

/// When a record was made, as a field of another one reads.
fn moment_of(record: &RecordBuf) -> ValueBuf {
    let time = ValueBuf::Time(record.timestamp.as_nanos().into());
    time.normalised()
}

fn check_deaths(stage: &Stage, pid: u32) {
    for (log, count) in [("logs/shop.log", 20), ("logs/errors.log", 1)] {
        let all = records_with_cuts(stage.join(log), 0);
        assert_eq!(all.iter().filter(|it| is_recovered(it)).count(), count);
        let died = of(&all, "process_died");
        assert_eq!(died.len(), 1, "{log}: told once");
        assert_eq!(number(died[0], "died_pid"), u64::from(pid));
        assert_eq!(text(died[0], "died_service"), "shop");
        assert_eq!(number(died[0], "records"), count as u64, "{log}");
        assert_eq!(number(died[0], "damaged"), 0);
        assert_eq!(died[0].field("damaged_rings"), None);
        assert_eq!(died[0].field("waiting"), None);
        let last = all.iter().rfind(|it| is_recovered(it)).expect("some");
        let moment = died[0].field("last_record").expect("known");
        if log.ends_with("shop.log") {
            assert_eq!(*moment, moment_of(last));
        }
    }
}

#[test]
fn a_death_is_told_in_each_log_whatever_filters_say() {
    let stage = stage!(a_death_is_told_in_each_log_whatever_filters_say);
    stage.role("dies", |stage| twenty(stage));
    stage.role("comes", start_and_end);
    let pid = stage.kill("dies");
    play_for_errors(&stage, "comes");
    check_deaths(&stage, pid);
    stage.play_well("comes");
    check_deaths(&stage, pid);
}

#[test]
fn a_recovery_by_hand_tells_the_death_too() {
    let stage = stage!(a_recovery_by_hand_tells_the_death_too);
    stage.role("dies", |stage| twenty(stage));
    let pid = stage.kill("dies");
    let recovery = stage.recover_all();
    assert_eq!(recovery.processes[0].written, 20, "each record once");
    assert!(recovery.processes[0].last_record.is_some());
    check_deaths(&stage, pid);
    stage.recover_all();
    check_deaths(&stage, pid);
}

#[test]
fn a_log_that_was_recovered_is_not_told_again_when_another_one_is() {
    let stage = stage!(a_log_that_was_recovered_is_not_told_again_when_another_one_is);
    stage.role("dies", |stage| twenty(stage));
    stage.role("comes", start_and_end);
    stage.role("comes-with-one", |stage| {
        let log = sink::file(stage.log()).format(Json::default());
        let guard = stage.setup().sink(log).start().expect("starts");
        guard.flush(SOON).expect("written");
    });
    let pid = stage.kill("dies");
    stage.play_well("comes-with-one");
    stage.play_well("comes");
    check_deaths(&stage, pid);
}

#[test]
fn what_waits_is_counted() {
    let stage = stage!(what_waits_is_counted);
    let disk = stage.join("disk");
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.join("disk/shop.log"));
        for n in 0..1_000_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    stage.role("comes", |stage| {
        let memory = Memory::new();
        let guard = stage
            .setup()
            .sink(sink::file(stage.join("disk/shop.log")).level(Level::Error))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        guard.flush(SOON).expect("written");
        let all = memory.records();
        let died = of(&all, "process_died");
        assert_eq!(died.len(), 1, "{all:?}");
        assert_eq!(number(died[0], "records"), 0);
        assert_eq!(number(died[0], "waiting"), 1_000);
        let reasons: Vec<_> = of(&all, "recovery_incomplete")
            .iter()
            .map(|it| text(it, "reason"))
            .collect();
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].contains("1000 records wait"), "{reasons:?}");
    });
    let Some(mount) = Mount::small(&disk, "64k") else {
        return;
    };
    stage.kill("dies");
    let ballast = disk.join("ballast");
    fs::write(&ballast, vec![1; 64 << 10]).expect("room");
    stage.play_well("comes");
    let recovery = stage.recover();
    let process = &recovery.processes[0];
    assert_eq!(
        (process.written, process.waiting),
        (0, 1_000),
        "{recovery:?}"
    );
    fs::remove_file(&ballast).expect("there");
    drop(mount);
    stage.recover_all();
}

/// What is done to a ring's file.
type Harm = fn(&std::path::Path);

#[test]
fn a_ring_that_nobody_can_read_is_told() {
    let stage = stage!(a_ring_that_nobody_can_read_is_told);
    stage.role("dies", |stage| twenty(stage));
    let harms: [(&str, Harm); 3] = [
        ("removed", |ring| fs::remove_file(ring).expect("there")),
        ("cut", |ring| {
            let file = fs::File::options().write(true).open(ring);
            file.expect("ours").set_len(100).expect("cut");
        }),
        ("zeroed", |ring| {
            let len = fs::metadata(ring).expect("there").len();
            let len = usize::try_from(len).expect("short");
            fs::write(ring, vec![0; len]).expect("ours");
        }),
    ];
    for (what, harm) in harms {
        let _ = fs::remove_dir_all(stage.join("logs"));
        stage.kill("dies");
        harm(&files_in(&stage.recorder(), "ring")[0]);
        let recovery = stage.recover();
        assert!(recovery.problems.is_empty(), "{what}: {recovery:?}");
        let process = &recovery.processes[0];
        assert_eq!((process.written, process.damaged_rings), (0, 1), "{what}");
        let all = records_with_cuts(stage.log(), 0);
        let died = of(&all, "process_died");
        assert_eq!(number(died[0], "damaged_rings"), 1, "{what}");
        assert_eq!(stage.left(), [""; 0], "{what}");
    }
}

#[test]
fn without_a_recorder_the_log_says_what_that_costs_whatever_filters_say() {
    let stage = stage!(without_a_recorder_the_log_says_what_that_costs_whatever_filters_say);
    stage.role("comes", start_and_end);
    fs::create_dir(stage.recorder()).expect("made");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(stage.recorder(), mode).expect("ours");
    play_for_errors(&stage, "comes");
    for log in ["logs/shop.log", "logs/errors.log"] {
        let all = records(stage.join(log));
        let told = of(&all, "recorder_unavailable");
        assert_eq!(told.len(), 1, "{log}: {all:?}");
        for words in ["a kill loses what is not yet written", "Recorder::at(..)"] {
            assert!(text(told[0], "reason").contains(words), "{told:?}");
        }
    }
}

#[test]
fn a_recorder_that_had_to_go_beside_the_log_says_where_it_is_and_why() {
    let unshare = Command::new("unshare").args(["-m", "true"]).status();
    if !unshare.is_ok_and(|it| it.success()) {
        skip("a mount of one's own is not permitted here");
        return;
    }
    let test = "a_recorder_that_had_to_go_beside_the_log_says_where_it_is_and_why";
    let place = Place::new(test);
    // Its own /dev/shm, in which nothing fits.
    let words = "exec unshare -m sh -c 'mount -t tmpfs -o size=64k tmpfs /dev/shm && exec \"$0\" \"$@\"' \
                 \"$0\" \"$@\"";
    let process = Process::new(&format!("{}::{test}", module_path!()))
        .env("PLACE", place.0.to_str().expect("plain"))
        .under(words);
    let Some(ended) = process.run(|| {
        let place = std::env::var_os("PLACE").expect("given by the parent");
        let log = std::path::Path::new(&place).join("x.log");
        let output = sink::file(log).level(Level::Error);
        let guard = storyline::setup("x")
            .sink(output)
            .recorder(Recorder::default());
        drop(guard.start().expect("starts"));
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    let all = records(place.join("x.log"));
    let told = of(&all, "recorder_moved");
    assert_eq!(told.len(), 1, "{all:?}");
    assert_eq!(told[0].level, Level::Warning);
    let beside = place.join(".storyline-");
    let beside = beside.to_str().expect("plain");
    assert!(text(told[0], "place").starts_with(beside), "{told:?}");
    assert!(
        text(told[0], "reason").contains("/dev/shm/storyline-"),
        "{told:?}"
    );
}
