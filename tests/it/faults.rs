//! Faults, made for real: what is lost is counted exactly, told in the log, and nobody else suffers.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::alone::{Place, Process, SOON, alone, lines, say, wait_until};
use crate::ledger::{count, dropped, record, records, sink_counters, told};
use crate::machine::{Mount, skip};
use crate::stuck::Stuck;
use storyline::format::Format;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Counters, Reason, Record, log_event};

alone! {
    fn a_removed_directory_is_made_again() {
        let place = Place::new("removed");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        for round in 0..5_u64 {
            for n in 0..100_u64 {
                log_event!(INFO, "step", round, n);
            }
            guard.flush(SOON).expect("written");
            let lines = lines(&path);
            assert_eq!(lines.len(), 100);
            assert!(lines[99].ends_with(&format!("round={round} n=99")));
            std::fs::remove_dir_all(&directory).expect("removed");
        }
        assert_eq!(storyline::counters().sinks[0].dropped, []);
    }

    fn a_file_that_is_moved_away_is_made_again_with_the_next_batch() {
        let place = Place::new("moved");
        let (path, old) = (place.join("x.log"), place.join("old.log"));
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        for round in 1..=10 {
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
            assert_eq!(lines(&path).len(), 2, "round {round}");
            std::fs::rename(&path, &old).expect("moved");
        }
    }

    fn a_process_that_gave_up_its_rights_writes_on_into_what_is_open() {
        let place = Place::new("rights");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let closed = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(&directory, closed).expect("ours");
        let Some(own) = crate::machine::give_up_rights() else { return };
        assert!(std::fs::metadata(&path).is_err(), "out of reach now");
        for _ in 0..100 {
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
        }
        drop(own);
        assert_eq!(lines(&path).len(), 101);
        assert_eq!(sink_counters(&path.display().to_string()).dropped, []);
    }

    fn what_a_lost_directory_cost_is_counted_and_told_when_it_is_back() {
        let place = Place::new("blocked");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let memory = Memory::new();
        let guard = storyline::setup("x").file(&path).sink(sink::memory(&memory)).start().expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        // A file where the directory was: it cannot be made again.
        std::fs::remove_dir_all(&directory).expect("removed");
        std::fs::write(&directory, "in the way").expect("written");
        for _ in 0..500 {
            log_event!(INFO, "step");
        }
        guard.flush(SOON).expect("nothing is pending");
        let name = path.display().to_string();
        let sink = sink_counters(&name);
        assert_eq!((sink.written, sink.dropped_total()), (1, 500), "{sink}");
        assert_eq!(dropped(&sink.dropped, Reason::PathMissing), 500, "{sink}");

        std::fs::remove_file(&directory).expect("out of the way");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let records = records(&path);
        assert_eq!(records[0].event, "records_dropped", "told first: {records:?}");
        assert_eq!(told(&records, &name, Reason::PathMissing), 500);
        assert_eq!(count(&records, "step"), 1);
        // The other sink has everything, and was told as well.
        drop(guard);
        assert_eq!(count(&memory.records(), "step"), 502);
        assert_eq!(told(&memory.records(), &name, Reason::PathMissing), 500);
    }

    fn a_disk_that_is_full_from_the_start() {
        if !Path::new("/dev/full").exists() {
            skip("there is no /dev/full here");
            return;
        }
        let memory = Memory::new();
        let guard = storyline::setup("x").file("/dev/full").sink(sink::memory(&memory)).start().expect("starts");
        for _ in 0..1_000 {
            log_event!(INFO, "step");
        }
        guard.flush(SOON).expect("nothing is pending");
        let sink = sink_counters("/dev/full");
        assert_eq!((sink.written, dropped(&sink.dropped, Reason::DiskFull)), (0, 1_000), "{sink}");
        drop(guard);
        assert_eq!(count(&memory.records(), "step"), 1_000);
        assert_eq!(told(&memory.records(), "/dev/full", Reason::DiskFull), 1_000);
    }

    fn a_disk_that_fills_up_and_is_freed() {
        let place = Place::new("tmpfs");
        let disk = place.join("disk");
        let Some(_disk) = Mount::small(&disk, "256k") else { return };
        let (path, filler) = (disk.join("x.log"), disk.join("filler"));
        std::fs::write(&filler, vec![b'x'; 128 * 1024]).expect("half of it");
        let memory = Memory::new();
        let guard = storyline::setup("x").file(&path).sink(sink::memory(&memory)).start().expect("starts");
        let padding = "y".repeat(200);
        for n in 0..2_000_u64 {
            log_event!(INFO, "step", n, padding);
        }
        guard.flush(SOON).expect("nothing is pending");
        let name = path.display().to_string();
        let full = sink_counters(&name);
        let lost = dropped(&full.dropped, Reason::DiskFull);
        assert!(lost > 0 && full.written > 0, "{full}");
        // No torn line is left: the file is ours alone.
        let kept = lines(&path);
        assert_eq!(kept.len() as u64, full.written);
        assert!(kept.iter().all(|line| line.ends_with("yyy") || line.contains("records_dropped")));

        std::fs::remove_file(&filler).expect("freed");
        for n in 0..10_u64 {
            log_event!(INFO, "after", n);
        }
        guard.flush(SOON).expect("written");
        drop(guard);
        let after = records(&path);
        let freed = sink_counters(&name);
        assert_eq!(dropped(&freed.dropped, Reason::DiskFull), lost, "{freed}");
        assert_eq!(told(&after, &name, Reason::DiskFull), lost);
        assert_eq!(count(&after, "step") as u64 + lost, 2_000);
        assert_eq!(count(&after, "after"), 10);
        assert_eq!(after.len() as u64, freed.written);
        assert_eq!(count(&memory.records(), "step"), 2_000);
    }

    fn a_sink_that_always_panics_harms_nobody_else() {
        struct Panics;
        impl Sink for Panics {
            fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
                panic!("not today")
            }
            fn flush(&mut self) -> io::Result<()> {
                panic!("nor tomorrow")
            }
        }
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("panics", Panics))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        for _ in 0..20 {
            for _ in 0..50 {
                log_event!(INFO, "step");
            }
            let error = guard.flush(SOON).expect_err("it cannot flush");
            assert!(error.to_string().contains("`panics`"), "{error}");
        }
        assert_eq!(count(&memory.records(), "step"), 1_000);
        let sink = sink_counters("panics");
        assert_eq!(sink.written, 0);
        assert_eq!(dropped(&sink.dropped, Reason::SinkPanicked), sink.accepted - sink.pending, "{sink}");
        assert!(sink.accepted >= 1_000, "{sink}");
        drop(guard);
        let told = told(&memory.records(), "panics", Reason::SinkPanicked);
        assert!(told >= 1_000, "{told}");
    }

    fn a_sink_that_panics_once_gets_the_next_batch() {
        struct PanicsOnce(bool, Memory);
        impl Sink for PanicsOnce {
            fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
                assert!(core::mem::replace(&mut self.0, true), "the first time");
                self.1.write(batch)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let written = Lines::default();
        let guard = storyline::setup("x")
            .sink(sink::custom("once", PanicsOnce(false, Memory::new())).format(written.clone()))
            .start()
            .expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let sink = sink_counters("once");
        // The first record is lost; the report and the second one arrive.
        assert_eq!(dropped(&sink.dropped, Reason::SinkPanicked), 1, "{sink}");
        assert_eq!(sink.written, 2, "{sink}");
        let lines = written.0.lock().expect("no panic");
        let records: Vec<_> = lines.iter().map(|line| record(line)).collect();
        assert_eq!(told(&records, "once", Reason::SinkPanicked), 1);
    }

    fn a_format_that_panics_costs_one_record() {
        struct Picky;
        impl Format for Picky {
            fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
                out.extend_from_slice(b"half of ");
                assert!(record.event != "poison", "cannot format this");
                out.extend_from_slice(record.event.as_bytes());
                out.push(b'\n');
            }
        }
        let (picky, all) = (Memory::new(), Memory::new());
        let guard = storyline::setup("x")
            .sink(sink::memory(&picky).format(Picky))
            .sink(sink::memory(&all))
            .start()
            .expect("starts");
        for _ in 0..10 {
            log_event!(INFO, "step");
            log_event!(INFO, "poison");
        }
        guard.flush(SOON).expect("written");
        let lines = picky.lines();
        assert_eq!(lines.iter().filter(|it| *it == "half of step").count(), 10, "{lines:?}");
        assert!(!lines.iter().any(|it| it.contains("poison")), "{lines:?}");
        for captured in picky.take() {
            assert!(captured.line.ends_with(&captured.record.event), "{captured:?}");
        }
        let sink = storyline::counters().sinks[0].clone();
        assert_eq!(dropped(&sink.dropped, Reason::FormatPanicked), 10, "{sink}");
        assert_eq!(all.lines().iter().filter(|it| it.ends_with("| poison")).count(), 10);
    }

    fn a_sink_that_fails_in_the_middle_keeps_what_it_has_and_is_told_the_rest() {
        struct Half(Memory);
        impl Sink for Half {
            fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
                let half = batch.lines() / 2;
                self.0.write(batch)?;
                if half == 0 {
                    return Ok(());
                }
                Err(WriteError::new(half, io::ErrorKind::ConnectionReset.into()))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let guard = storyline::setup("x").sink(sink::custom("half", Half(Memory::new()))).start().expect("starts");
        for _ in 0..1_000 {
            log_event!(INFO, "step");
        }
        guard.flush(SOON).expect("nothing is pending");
        let sink = sink_counters("half");
        assert!(sink.written > 0 && dropped(&sink.dropped, Reason::Closed) > 0, "{sink}");
        assert_eq!(sink.dropped.len(), 1, "{sink}");
    }

    fn a_sink_that_would_block_is_given_the_same_records_again_first_one_first() {
        /// Takes three records at a time, and only every other time.
        struct Slow(bool, std::sync::Arc<std::sync::Mutex<Vec<String>>>);
        impl Sink for Slow {
            fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
                self.0 = !self.0;
                let most = if self.0 { 3 } else { 0 };
                let mut taken = self.1.lock().expect("no panic");
                for record in batch.records().take(most) {
                    taken.push(String::from_utf8_lossy(record).into_owned());
                }
                if batch.lines() <= most {
                    return Ok(());
                }
                Err(WriteError::new(most, io::ErrorKind::WouldBlock.into()))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let taken = std::sync::Arc::default();
        let slow = Slow(false, std::sync::Arc::clone(&taken));
        let guard = storyline::setup("x").sink(sink::custom("slow", slow)).start().expect("starts");
        for n in 0..100_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("written in the end");
        let taken = taken.lock().expect("no panic");
        assert_eq!(taken.len(), 100);
        for (n, line) in taken.iter().enumerate() {
            assert!(line.ends_with(&format!("n={n}\n")), "{line} at {n}");
        }
        assert_eq!(sink_counters("slow").written, 100);
    }

    fn a_full_ring_costs_what_is_counted_and_told() {
        let stuck = Stuck::now();
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("stuck", stuck.clone()))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(storyline::WhenFull::Drop)
            .start()
            .expect("starts");
        let calls = 10_000_u64;
        for n in 0..calls {
            log_event!(INFO, "step", n);
        }
        let counters: Counters = storyline::counters();
        let lost = dropped(&counters.dropped, Reason::RingFull);
        assert!(lost > 0, "{counters}");
        assert_eq!(counters.accepted, calls, "{counters}");
        stuck.go();
        drop(guard);
        let counters = storyline::counters();
        assert_eq!((counters.accepted, counters.pending), (calls, 0), "{counters}");
        assert_eq!(counters.written + lost, calls, "{counters}");
        let records = memory.records();
        assert_eq!(count(&records, "step") as u64 + lost, calls);
        assert_eq!(told(&records, "all", Reason::RingFull), lost);
    }

    fn a_full_ring_waits_for_room_unless_told_otherwise() {
        struct Slow;
        impl Sink for Slow {
            fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
                std::thread::sleep(Duration::from_millis(2));
                Ok(())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("slow", Slow))
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .when_full(storyline::WhenFull::Wait(SOON))
            .start()
            .expect("starts");
        for n in 0..20_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("written");
        assert_eq!(memory.lines().len(), 20_000);
        assert_eq!(storyline::counters().dropped, []);
    }
}

/// Formats as lines and keeps them, whatever becomes of them.
#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<String>>>);

impl Format for Lines {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        storyline::format::Line::default().format(record, out);
        let line = String::from_utf8_lossy(&out[start..]).trim_end().to_owned();
        self.0.lock().expect("no panic").push(line);
    }
}

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
