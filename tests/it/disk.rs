//! A disk that is full for a while, made for real: nobody waits, no line is torn, writing goes on by itself,
//! and the log says exactly what is missing.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::alone::{Place, SOON, alone, lines, wait_until};
use crate::ledger::{count, dropped, number, numbers, records, sink_counters, told};
use crate::machine::{Mount, skip};
use storyline::sink::{self, Memory};
use storyline::{Reason, WhenFull, format, log_event};

/// Takes what room there is left, to the last byte.
fn fill(path: &Path) {
    let mut file = fs::File::create(path).expect("a file");
    let page = [b'x'; 4096];
    let mut len = page.len();
    while len > 0 {
        // How much of it arrived does not matter: it is tried until nothing does.
        if file.write(&page[..len]).map_or(0, |written| written) == 0 {
            len /= 2;
        }
    }
}

alone! {
    fn a_disk_that_is_full_again_and_again() {
        const THREADS: u64 = 4;
        const ROUNDS: u64 = 8;
        let place = Place::new("again");
        let disk = place.join("disk");
        let Some(_disk) = Mount::small(&disk, "1m") else { return };
        let (text, json, filler) = (disk.join("x.log"), disk.join("x.json"), disk.join("filler"));
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .file(&text)
            .sink(sink::file(&json).format(format::Json::default()))
            .sink(sink::memory(&memory))
            // Nobody waits for a disk: this would hang.
            .when_full(WhenFull::Wait(Duration::from_secs(3600)))
            .start()
            .expect("starts");
        let log = |from: u64, count: u64| {
            for n in from..from + count {
                log_event!(INFO, "step", n, padding = "y".repeat((n % 90) as usize));
            }
        };
        // 60 while the disk fills up, 15 while it is freed.
        for round in 0..ROUNDS {
            for (start, count) in [(0, 60), (60, 15)] {
                std::thread::scope(|scope| {
                    for thread in 0..THREADS {
                        let from = (thread * ROUNDS + round) * 75 + start;
                        scope.spawn(move || log(from, count));
                    }
                    if start == 0 { fill(&filler) } else { fs::remove_file(&filler).expect("freed") }
                });
                // Behind it the disk is full for everybody, then free.
                log(1_000_000 + round * 100 + start, 5);
                guard.flush(SOON).expect("nothing is pending");
            }
        }
        drop(guard);
        let logged = THREADS * ROUNDS * 75 + ROUNDS * 10;
        let all: BTreeSet<u64> = memory.records().iter().filter(|it| it.event == "step").map(|it| number(it, "n")).collect();
        assert_eq!(all.len() as u64, logged, "the other sink has everything");
        for path in [&text, &json] {
            let name = path.display().to_string();
            let records = records(path);
            let sink = sink_counters(&name);
            assert_eq!(records.len() as u64, sink.written, "{sink}");
            let seen = numbers(&records, "step");
            let present: BTreeSet<u64> = seen.iter().copied().collect();
            assert_eq!(present.len(), seen.len(), "twice");
            assert!(present.is_subset(&all), "invented");
            let missing = logged - present.len() as u64;
            assert!(missing >= ROUNDS, "the disk was never full: {sink}");
            assert_eq!(dropped(&sink.dropped, Reason::DiskFull), missing, "{sink}");
            assert_eq!(sink.dropped.len(), 1, "{sink}");
            // Told here, at the other file, and where nothing was lost.
            assert_eq!(told(&records, &name, Reason::DiskFull), missing);
            assert_eq!(told(&memory.records(), &name, Reason::DiskFull), missing);
            for thread in 0..THREADS {
                let (from, to) = (thread * ROUNDS * 75, (thread + 1) * ROUNDS * 75);
                let own = seen.iter().filter(|n| (from..to).contains(n));
                assert!(own.is_sorted(), "order of thread {thread}");
            }
            for round in 0..ROUNDS {
                let n = 1_000_000 + round * 100;
                assert!((n + 60..n + 65).all(|it| present.contains(&it)), "written again in round {round}");
            }
        }
    }

    fn what_was_lost_is_told_by_itself_once_there_is_room() {
        let place = Place::new("by-itself");
        let disk = place.join("disk");
        let Some(_disk) = Mount::small(&disk, "1m") else { return };
        let (path, filler) = (disk.join("x.log"), disk.join("filler"));
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("written");
        fill(&filler);
        for n in 1..=1_000_u64 {
            log_event!(INFO, "step", n);
        }
        let name = path.display().to_string();
        wait_until("everything is written or lost", || {
            let sink = sink_counters(&name);
            sink.written + sink.dropped_total() >= 1_001
        });
        let lost = sink_counters(&name).dropped_total();
        assert!(lost > 0, "the disk was not full");
        assert_eq!(lines(&path).len() as u64 + lost, 1_001, "no torn line meanwhile");
        fs::remove_file(&filler).expect("freed");
        // Nothing more is logged and nobody flushes.
        wait_until("the report", || told(&records(&path), &name, Reason::DiskFull) == lost);
        drop(guard);
        assert_eq!(told(&records(&path), &name, Reason::DiskFull), lost, "told once");
    }

    fn a_recorder_beside_the_log_on_a_full_disk_costs_no_record_that_has_room() {
        let place = Place::new("beside");
        let disk = place.join("disk");
        let Some(_disk) = Mount::small(&disk, "1m") else { return };
        let (path, filler) = (disk.join("x.log"), disk.join("filler"));
        let memory = Memory::new();
        fill(&filler);
        // There is room for neither; then for the log alone.
        let guard = storyline::setup("x")
            .file(&path)
            .sink(sink::memory(&memory))
            .recorder(storyline::Recorder::at(disk.join("recorder")))
            .start()
            .expect("starts");
        log_event!(INFO, "step", n = 0);
        guard.flush(SOON).expect("nothing is pending");
        fs::remove_file(&filler).expect("freed");
        fs::write(&filler, vec![b'x'; 800 * 1024]).expect("room for this");
        std::thread::scope(|scope| {
            for thread in 0..4_u64 {
                scope.spawn(move || {
                    for n in 0..200 {
                        log_event!(INFO, "step", n = 1 + thread * 200 + n);
                    }
                });
            }
        });
        guard.flush(SOON).expect("written");
        drop(guard);
        let name = path.display().to_string();
        let records = records(&path);
        let lost = told(&records, &name, Reason::DiskFull);
        assert_eq!(lost, sink_counters(&name).dropped_total());
        let mut seen = numbers(&records, "step");
        seen.sort_unstable();
        assert!(seen.into_iter().eq(1..=800), "all that had room");
        let warned = |it: &storyline::RecordBuf| it.event == "recorder_unavailable";
        assert_eq!(memory.records().iter().filter(|it| warned(it)).count(), 1, "one warning");
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
}
