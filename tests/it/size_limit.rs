//! The limit on the size of a process's files: `SIGXFSZ` goes to the thread that wrote and would end the
//! process, whichever of our files was too large for it and on whichever thread.
#![expect(unsafe_code, reason = "`std` does not know limits")]

use crate::alone::{Place, Process, SOON};
use crate::ledger::{
    dropped, is_recovered, numbers, records, records_with_cuts, sink_counters, told,
};
use crate::recorder_stage::{die, stage};
use storyline::sink::{self, Memory};
use storyline::{Reason, Recorder, log_event};

/// Sets how large a file may become, up to what was allowed at the start.
pub(crate) fn limit(bytes: libc::rlim_t) {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the pointer is to a live `rlimit`, which the call fills.
    let known = unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, &raw mut limit) };
    assert_eq!(known, 0);
    limit.rlim_cur = bytes;
    // SAFETY: the pointer is to a live `rlimit`, which the call reads.
    let set = unsafe { libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit) };
    assert_eq!(set, 0);
}

/// Runs a body, given a log's path, in a process of its own, which nothing may kill.
fn in_a_process(test: &str, body: impl Fn(&str)) {
    let place = Place::new(test);
    let path = place.join("x.log");
    let process = Process::new(&format!("{}::{test}", module_path!()))
        .env("LOG_FILE", path.to_str().expect("plain"));
    if let Some(ended) = process.run(|| body(&std::env::var("LOG_FILE").expect("given"))) {
        assert!(ended.succeeded(), "{ended}");
    }
}

#[test]
fn a_file_at_its_limit_is_written_on_when_the_limit_is_raised() {
    let test = "a_file_at_its_limit_is_written_on_when_the_limit_is_raised";
    in_a_process(test, |path| {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .file(path)
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("written");
        limit(64 * 1024);
        for n in 1..=3_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("nothing is pending");
        let lost = dropped(&sink_counters(path).dropped, Reason::FileTooLarge);
        assert!(lost > 0, "the limit was never met");
        limit(libc::RLIM_INFINITY);
        log_event!(INFO, "step", n = 3_001);
        guard.flush(SOON).expect("written");
        drop(guard);
        let records = records(path);
        let seen = numbers(&records, "step");
        assert_eq!(seen.len() as u64 + lost, 3_002);
        assert!(seen.ends_with(&[3_001]), "written again");
        assert_eq!(told(&records, path, Reason::FileTooLarge), lost);
        let sink = sink_counters(path);
        assert_eq!(sink.dropped, [(Reason::FileTooLarge, lost)]);
        assert_eq!(records.len() as u64, sink.written, "{sink}");
        let others = memory.records();
        assert_eq!(
            numbers(&others, "step").len(),
            3_002,
            "the other sink has everything"
        );
    });
}

#[test]
fn a_recorder_that_is_larger_than_the_limit_kills_nobody_at_the_start() {
    let test = "a_recorder_that_is_larger_than_the_limit_kills_nobody_at_the_start";
    in_a_process(test, |path| {
        limit(16 * 1024);
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .file(path)
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("written");
        assert_eq!(numbers(&records(path), "step"), [0]);
        let warned = memory.records();
        let warned = warned
            .iter()
            .filter(|it| it.event == "recorder_unavailable");
        assert_eq!(warned.count(), 1, "told once");
    });
}

#[test]
fn a_ring_that_is_larger_than_the_limit_kills_no_caller() {
    let test = "a_ring_that_is_larger_than_the_limit_kills_no_caller";
    in_a_process(test, |path| {
        let recorder = std::path::Path::new(path).with_extension("recorder");
        let guard = storyline::setup("x")
            .file(path)
            .recorder(Recorder::at(recorder))
            .start()
            .expect("starts");
        limit(64 * 1024);
        let threads = (0..4_u64)
            .map(|thread| std::thread::spawn(move || log_event!(INFO, "step", n = thread)));
        for thread in threads.collect::<Vec<_>>() {
            thread.join().expect("no panic");
        }
        guard.flush(SOON).expect("written");
        let mut seen = numbers(&records(path), "step");
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2, 3]);
    });
}

#[test]
fn a_recovery_that_meets_the_limit_kills_nobody_and_is_done_later() {
    let stage = stage!(a_recovery_that_meets_the_limit_kills_nobody_and_is_done_later);
    let most = 64 * 1024;
    stage.role("dies", |stage| {
        stage.start_unwritten(stage.log());
        for n in 0..1_000_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    stage.role("starts", |stage| {
        limit(most);
        let memory = Memory::new();
        let guard = stage
            .setup()
            .file(stage.log())
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        guard.flush(SOON).expect("written");
        let warned = memory.records();
        let warned = warned.iter().filter(|it| it.event == "recovery_incomplete");
        assert_eq!(warned.count(), 1);
    });
    stage.role("recovers", |stage| {
        limit(most);
        assert_eq!(stage.recover().problems.len(), 1);
    });
    stage.kill("dies");
    stage.play_well("starts");
    stage.play_well("recovers");
    stage.recover_all();
    let records = records_with_cuts(stage.log(), 0);
    let ours: Vec<_> = records.into_iter().filter(is_recovered).collect();
    let seen = numbers(&ours, "step");
    assert!(seen.iter().copied().eq(0..1_000), "{} of them", seen.len());
}
