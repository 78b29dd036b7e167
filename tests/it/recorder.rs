//! After a death: what was logged and not written is recovered, once, as it was logged.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::alone::SOON;
use crate::ledger::{is_recovered, number, numbers, records_with_cuts, text};
use crate::recorder_stage::{Stage, die, end_of, stage};
use crate::stuck::Stuck;
use storyline::format::Json;
use storyline::{Level, RecordBuf, ValueBuf, context, log_event, sink};

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_nanos()).expect("before 2262")
}

/// Logs fifty orders and a failure on a thread of its own, none of which is written.
fn fifty_orders(stage: &Stage) {
    let guard = stage
        .setup()
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()))
        .sink(sink::file(stage.join("logs/shop.json")).format(Json::default()))
        .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    let teller = std::thread::Builder::new().name("teller".to_owned());
    let teller = teller.spawn(|| {
        let _request = storyline::request_scope("r-77");
        let _bound = context!(tenant = "acme");
        for n in 0..50_u64 {
            log_event!(INFO, "order_paid", "order {n} is paid", n, to = "ä | b\n");
        }
        log_event!(ERROR, "order_failed", n = 50_u64);
    });
    teller.expect("a thread").join().expect("no panic");
}

fn check_fifty_orders(stage: &Stage, pid: u32, since: i64) {
    let lines = records_with_cuts(stage.log(), 0);
    let objects = records_with_cuts(stage.join("logs/shop.json"), 0);
    let of_dead = |all: &[RecordBuf]| -> Vec<RecordBuf> {
        all.iter().filter(|it| it.pid == pid).cloned().collect()
    };
    for (records, is_json) in [(of_dead(&lines), false), (of_dead(&objects), true)] {
        assert!(numbers(&records, "order_paid").into_iter().eq(0..50));
        assert_eq!(numbers(&records, "order_failed"), [50]);
        assert_eq!(records.len(), 51);
        let mut last = since;
        for record in &records {
            assert!(is_recovered(record), "{record:?}");
            assert_eq!(record.service, "shop");
            assert_eq!(record.request_id.as_deref(), Some("r-77"));
            assert_eq!(text(record, "tenant"), "acme");
            let time = record.timestamp.as_nanos();
            assert!(last <= time && time <= now(), "{last} {time}");
            last = time;
            if is_json {
                assert_eq!(record.thread.as_deref(), Some("teller"));
                assert!(record.location.as_ref().is_some_and(|it| it.line > 0));
            }
        }
        let third = &records[3];
        assert_eq!(third.level, Level::Info);
        assert_eq!(text(third, "msg"), "order 3 is paid");
        assert_eq!(text(third, "to"), "ä | b\n");
        assert_eq!(records[50].level, Level::Error);
    }
    let errors = of_dead(&records_with_cuts(stage.join("logs/errors.log"), 0));
    assert_eq!(numbers(&errors, "order_failed"), [50]);
    assert_eq!(errors.len(), 1);
}

/// Milliseconds are what a line keeps.
fn this_millisecond() -> i64 {
    now() / 1_000_000 * 1_000_000
}

#[test]
fn a_killed_process_is_recovered() {
    let stage = stage!(a_killed_process_is_recovered);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    let since = this_millisecond();
    let pid = stage.kill("dies");
    let recovery = stage.recover_all();
    assert_eq!(recovery.processes.len(), 1);
    let process = &recovery.processes[0];
    assert_eq!((process.pid, process.service.as_str()), (pid, "shop"));
    assert_eq!(process.written, 51 + 51 + 1);
    check_fifty_orders(&stage, pid, since);
    assert_eq!(
        stage.recover(),
        storyline::recover(stage.join("nowhere")).expect("nothing")
    );
    check_fifty_orders(&stage, pid, since);
}

#[test]
fn an_aborted_process_is_recovered_by_the_next_start() {
    let stage = stage!(an_aborted_process_is_recovered_by_the_next_start);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        std::process::abort();
    });
    stage.role("comes", |stage| {
        let guard = stage
            .setup()
            .file(stage.log())
            .sink(sink::file(stage.join("logs/shop.json")).format(Json::default()))
            .sink(sink::file(stage.join("logs/errors.log")).level(Level::Error))
            .start()
            .expect("starts");
        log_event!(INFO, "back");
        guard.flush(SOON).expect("written");
    });
    let since = this_millisecond();
    let child = stage.start("dies");
    let pid = child.id();
    assert!(!end_of(child).status.success());
    stage.play_well("comes");
    stage.play_well("comes");
    check_fifty_orders(&stage, pid, since);
    let records = records_with_cuts(stage.log(), 0);
    let died: Vec<_> = records
        .iter()
        .filter(|it| it.event == "process_died")
        .collect();
    assert_eq!(died.len(), 1, "told once");
    assert_eq!(number(died[0], "died_pid"), u64::from(pid));
    assert_eq!(number(died[0], "damaged"), 0);
    assert_eq!(text(died[0], "died_service"), "shop");
    assert_eq!(records.iter().filter(|it| it.event == "back").count(), 2);
    assert_eq!(stage.left(), [""; 0]);
}

/// The process lives on, under its number, as another program.
#[test]
fn a_process_that_became_another_program_is_recovered() {
    let stage = stage!(a_process_that_became_another_program_is_recovered);
    stage.role("becomes", |stage| {
        fifty_orders(stage);
        let signal = stage.join("became");
        let words = "echo > \"$0\"; exec sleep 100";
        panic!(
            "{}",
            Command::new("sh").args(["-c", words]).arg(signal).exec()
        );
    });
    let since = this_millisecond();
    let mut child = stage.start("becomes");
    stage.wait_for("became");
    stage.recover_all();
    check_fifty_orders(&stage, child.id(), since);
    child.kill().expect("still there");
    child.wait().expect("a child");
}

#[test]
fn what_was_written_before_the_death_is_not_written_again() {
    let stage = stage!(what_was_written_before_the_death_is_not_written_again);
    stage.role("dies", |stage| {
        let guard = stage.setup().file(stage.log()).start().expect("starts");
        let round: u64 = std::env::var("ROUND")
            .expect("a round")
            .parse()
            .expect("a number");
        std::thread::scope(|scope| {
            for thread in 0..3_u64 {
                scope.spawn(move || {
                    for n in 0..300 * (round + 1) {
                        log_event!(INFO, "step", n, thread);
                    }
                });
            }
        });
        std::thread::sleep(Duration::from_micros(round * 700));
        std::mem::forget(guard);
        die();
    });
    for round in 0..12_u64 {
        let _ = std::fs::remove_file(stage.log());
        let mut command = stage.command("dies");
        let child = command
            .env("ROUND", round.to_string())
            .spawn()
            .expect("starts");
        let pid = child.id();
        assert!(!end_of(child).status.success());
        let found = stage.recover_all();
        assert!(found.processes.iter().all(|it| it.pid == pid));
        let all = records_with_cuts(stage.log(), 1);
        for thread in 0..3 {
            let own: Vec<_> = all
                .iter()
                .filter(|it| number(it, "thread") == thread)
                .cloned()
                .collect();
            let seen = numbers(&own, "step");
            assert!(
                seen.iter().copied().eq(0..300 * (round + 1)),
                "round {round}: {seen:?}"
            );
        }
    }
}

/// One log of two is written when the process dies.
#[test]
fn each_log_gets_what_it_lacks() {
    let stage = stage!(each_log_gets_what_it_lacks);
    stage.role("dies", |stage| {
        let guard = stage
            .setup()
            .sink(sink::file(stage.join("first.log")))
            .sink(sink::custom("stuck", Stuck::now()))
            .sink(sink::file(stage.join("second.log")))
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..20_u64 {
            log_event!(INFO, "step", n);
        }
        let first = stage.join("first.log");
        crate::alone::wait_until("the first batch", || {
            std::fs::read(&first).is_ok_and(|it| it.ends_with(b"\n"))
        });
        die();
    });
    stage.kill("dies");
    stage.recover_all();
    for name in ["first.log", "second.log"] {
        let found = numbers(&records_with_cuts(stage.join(name), 0), "step");
        assert!(found.iter().copied().eq(0..20), "{name}: {found:?}");
    }
    let first = records_with_cuts(stage.join("first.log"), 0);
    assert!(!is_recovered(&first[0]), "was there before");
}

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

/// Logs, waits until half of it is written, and dies with the rest.
fn half(stage: &Stage, log: &Path) -> ! {
    let guard = stage.setup().file(log).start().expect("starts");
    for n in 0..100_u64 {
        log_event!(INFO, "step", n);
    }
    guard.flush(SOON).expect("written");
    for n in 100..200_u64 {
        log_event!(INFO, "step", n);
    }
    std::mem::forget(guard);
    die()
}

#[test]
fn a_log_that_was_moved_is_gone_on_with_in_a_new_one() {
    let stage = stage!(a_log_that_was_moved_is_gone_on_with_in_a_new_one);
    stage.role("dies", |stage| half(stage, &stage.log()));
    for round in 0..8 {
        let old = stage.join("logs/shop.log.1");
        stage.kill("dies");
        std::fs::rename(stage.log(), &old).expect("moved");
        stage.recover_all();
        let mut all = records_with_cuts(&old, 1);
        all.extend(records_with_cuts(stage.log(), 0));
        let found = numbers(&all, "step");
        assert!(found.iter().copied().eq(0..200), "round {round}: {found:?}");
        let _ = std::fs::remove_file(stage.log());
    }
}

#[test]
fn a_deleted_log_is_made_anew_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let stage = stage!(a_deleted_log_is_made_anew_as_it_was);
    stage.role("dies", |stage| {
        let output = sink::file(stage.log()).mode(0o600);
        let stuck = sink::custom("stuck", Stuck::now());
        let guard = stage
            .setup()
            .sink(stuck)
            .sink(output)
            .start()
            .expect("starts");
        std::mem::forget(guard);
        for n in 0..10_u64 {
            log_event!(INFO, "step", n);
        }
        die();
    });
    stage.kill("dies");
    std::fs::remove_dir_all(stage.join("logs")).expect("removed");
    stage.recover_all();
    let found = numbers(&records_with_cuts(stage.log(), 0), "step");
    assert!(found.iter().copied().eq(0..10), "{found:?}");
    let mode = std::fs::metadata(stage.log())
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else may read it now");
}

#[test]
fn a_log_that_became_a_device_takes_nothing() {
    let stage = stage!(a_log_that_became_a_device_takes_nothing);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    let since = this_millisecond();
    let pid = stage.kill("dies");
    std::fs::remove_file(stage.log()).expect("there");
    std::os::unix::fs::symlink("/dev/null", stage.log()).expect("linked");
    let recovery = stage.recover();
    assert_eq!(recovery.problems.len(), 1, "{recovery:?}");
    assert!(recovery.problems[0].contains("shop.log"), "{recovery:?}");
    assert!(!recovery.processes[0].is_done, "{recovery:?}");
    std::fs::remove_file(stage.log()).expect("there");
    stage.recover_all();
    check_fifty_orders(&stage, pid, since);
}

#[test]
fn a_format_that_panics_does_not_keep_the_next_process_from_starting() {
    let stage = stage!(a_format_that_panics_does_not_keep_the_next_process_from_starting);
    stage.role("dies", |stage| {
        fifty_orders(stage);
        die();
    });
    stage.role("comes", |stage| {
        let picky =
            storyline::sink::file(stage.log()).format(Picky(storyline::format::Line::default()));
        let guard = stage.setup().sink(picky).start().expect("starts");
        log_event!(INFO, "back");
        guard.flush(SOON).expect("written");
    });
    let pid = stage.kill("dies");
    stage.play_well("comes");
    let found: Vec<_> = records_with_cuts(stage.log(), 0)
        .into_iter()
        .filter(|it| it.pid == pid)
        .collect();
    assert!(
        numbers(&found, "order_paid")
            .into_iter()
            .eq((0..50).filter(|it| *it != 7))
    );
}

struct Picky(storyline::format::Line);

impl storyline::format::Format for Picky {
    fn format(&mut self, record: &storyline::Record<'_>, out: &mut Vec<u8>) {
        let is_seventh = record.to_owned().field("n") == Some(&ValueBuf::UInt(7));
        assert!(!is_seventh, "not this one");
        self.0.format(record, out);
    }
}
