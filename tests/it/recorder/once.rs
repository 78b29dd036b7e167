//! What had been written before the death.

use std::time::Duration;

use crate::ledger::{is_recovered, number, numbers, records_with_cuts};
use crate::recorder_stage::{die, end_of, stage};
use crate::stuck::Stuck;
use storyline::{log_event, sink};

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
                .filter(|it| it.event == "step" && number(it, "thread") == thread)
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
