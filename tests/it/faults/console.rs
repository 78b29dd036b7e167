//! A console whose reader went away, or stands still.

use std::io;
use std::time::Duration;

use crate::alone::{Place, Process, SOON, say, wait_until};
use crate::ledger::{count, dropped, record, sink_counters, told};
use storyline::sink::{self, Memory};
use storyline::{Reason, log_event};

#[test]
fn a_console_whose_reader_went_away_harms_nobody() {
    let test = format!(
        "{}::a_console_whose_reader_went_away_harms_nobody",
        module_path!()
    );
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    let Some(ended) = Process::new(&test).stderr(writer).run(|| {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .console()
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        for n in 0..1_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("nothing is pending");
        let sink = sink_counters("stderr");
        assert_eq!(dropped(&sink.dropped, Reason::Closed), 1_000, "{sink}");
        assert_eq!(count(&memory.records(), "step"), 1_000);
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
}

#[test]
fn a_console_whose_reader_stands_still_holds_up_nobody_else() {
    let own_name = format!(
        "{}::a_console_whose_reader_stands_still_holds_up_nobody_else",
        module_path!()
    );
    let place = Place::new("still");
    let go = place.join("go");
    let (mut pipe, writer) = io::pipe().expect("a pipe");
    let process = Process::new(&own_name)
        .stderr(writer)
        .env("GO", go.to_str().expect("plain"));
    let listener = std::thread::spawn(move || {
        wait_until("the other sinks to be done", || go.exists());
        let mut text = String::new();
        io::Read::read_to_string(&mut pipe, &mut text).expect("a pipe of ours");
        text
    });
    let Some(ended) = process.run(|| {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .console()
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        for n in 0..30_000_u64 {
            log_event!(INFO, "step", n);
        }
        // The console's queue is still waiting, nothing else is.
        wait_until("the other sink", || {
            count(&memory.records(), "step") == 30_000
        });
        let still = sink_counters("stderr");
        let lost = dropped(&still.dropped, Reason::Stalled);
        assert!(
            still.pending > 0 && still.written > 0 && lost > 0,
            "{still}"
        );
        let late = guard
            .flush(Duration::from_millis(50))
            .expect_err("the queue is waiting");
        assert!(late.pending() > 0, "{late}");

        std::fs::write(std::env::var("GO").expect("given by the parent"), "").expect("said");
        guard.flush(SOON).expect("read by now");
        drop(guard);
        let moving = sink_counters("stderr");
        assert_eq!(
            (moving.pending, dropped(&moving.dropped, Reason::Stalled)),
            (0, lost),
            "{moving}"
        );
        say(&format!("lost={lost} written={}", moving.written));
    }) else {
        // The reader's thread ends with this process.
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    let text = listener.join().expect("no panic");
    // A torn line fails here.
    let records: Vec<_> = text.lines().map(record).collect();
    let number = |key: &str| {
        let stdout = ended.stdout();
        let text = stdout
            .split(key)
            .nth(1)
            .expect("said")
            .split_whitespace()
            .next()
            .expect("said")
            .to_owned();
        text.parse::<u64>().expect("a number")
    };
    let (lost, written) = (number("lost="), number("written="));
    assert_eq!(records.len() as u64, written);
    assert_eq!(count(&records, "step") as u64 + lost, 30_000);
    assert_eq!(told(&records, "stderr", Reason::Stalled), lost);
}
