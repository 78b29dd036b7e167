//! What each sink does when nothing is wrong.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::alone::{Place, Process, SOON, alone, lines};
use storyline::format::Format;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Record, log_event};

/// Keeps what it is given, batch by batch.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Vec<String>>>>);

impl Sink for Kept {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        let records = batch
            .records()
            .map(|it| String::from_utf8_lossy(it).into_owned());
        self.0.lock().expect("no panic").push(records.collect());
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct EventOnly;

impl Format for EventOnly {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(record.event.as_bytes());
        out.push(b'\n');
    }
}

alone! {
    fn a_file_is_made_with_its_directories_for_the_group_to_read_and_appended_to() {
        let place = Place::new("file");
        let (usual, private, old) = (place.join("a/b/usual.log"), place.join("private.log"), place.join("old.log"));
        std::fs::write(&old, "what was there\n").expect("made");
        let guard = storyline::setup("x")
            .file(&usual)
            .sink(sink::file(&private).mode(0o600))
            .file(&old)
            .start()
            .expect("starts");
        log_event!(INFO, "one");
        guard.flush(SOON).expect("written");
        let mode = |path| std::fs::metadata(path).expect("made").permissions().mode() & 0o777;
        // The umask of whoever runs the tests may take more away, never add.
        assert_eq!(mode(&usual) & !0o640, 0);
        assert_eq!(mode(&usual) & 0o600, 0o600);
        assert_eq!(mode(&private), 0o600);
        let lines = lines(&old);
        assert_eq!(lines[0], "what was there");
        assert!(lines[1].ends_with("| one"), "{lines:?}");
    }

    fn a_sink_and_a_format_of_ones_own() {
        let kept = Kept::default();
        let guard = storyline::setup("x")
            .sink(sink::custom("kept", kept.clone()).format(EventOnly))
            .start()
            .expect("starts");
        for _ in 0..100 {
            log_event!(INFO, "one");
            log_event!(INFO, "two");
        }
        guard.flush(SOON).expect("written");
        let records = kept.0.lock().expect("no panic").concat();
        assert_eq!(records.len(), 200);
        assert!(records.chunks(2).all(|it| it == ["one\n", "two\n"]), "{records:?}");
        assert_eq!(storyline::counters().sink("kept").expect("known").written, 200);
    }

    fn memory_keeps_the_newest_when_told_to_and_gives_text_and_record_together() {
        let (all, newest) = (Memory::new(), Memory::newest(3));
        let guard = storyline::setup("x")
            .sink(sink::memory(&all))
            .sink(sink::memory(&newest))
            .start()
            .expect("starts");
        for n in 0..10_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("written");
        assert_eq!(all.lines().len(), 10);
        let newest = newest.take();
        assert_eq!(newest.len(), 3);
        for (captured, n) in newest.iter().zip(7..) {
            assert!(captured.line.ends_with(&format!("| step | n={n}")), "{captured:?}");
            assert_eq!(captured.record.event, "step");
        }
        all.clear();
        assert!(all.records().is_empty());
    }

    fn records_of_threads_are_merged_by_time_and_each_threads_order_is_kept() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        std::thread::scope(|scope| {
            for thread in 0..4_u64 {
                scope.spawn(move || {
                    for n in 0..5_000_u64 {
                        log_event!(INFO, "step", thread, n);
                    }
                });
            }
        });
        guard.flush(SOON).expect("written");
        let records = memory.records();
        assert_eq!(records.len(), 20_000);
        let mut next = [0; 4];
        for record in &records {
            let number = |key: &str| match record.field(key) {
                Some(&storyline::ValueBuf::UInt(n)) => usize::try_from(n).expect("small"),
                other => panic!("{other:?}"),
            };
            let thread = number("thread");
            assert_eq!(number("n"), next[thread]);
            next[thread] += 1;
        }
        // A record whose caller was stopped between its clock and its commit may come late.
        let late = records.windows(2).filter(|it| it[1].timestamp < it[0].timestamp).count();
        assert!(late < 200, "{late} of 20000 out of order");
    }

    fn what_one_thread_logged_because_of_another_comes_after_it() {
        const STEPS: u64 = 100_000;
        let memory = Memory::new();
        let guard = storyline::setup("x").ring_bytes(0).sink(sink::memory(&memory)).start().expect("starts");
        // Two threads take turns, so that each record is the cause of the next. Many rings lie
        // between theirs, and passes follow each other, so that a pass often looks in between.
        let turn = AtomicU64::new(0);
        let done = AtomicBool::new(false);
        let take_turns = |mine: u64| while turn.load(Ordering::Acquire) < STEPS {
            let n = turn.load(Ordering::Acquire);
            if n % 2 == mine && n < STEPS {
                log_event!(INFO, "step", n);
                turn.store(n + 1, Ordering::Release);
            } else {
                std::thread::yield_now();
            }
        };
        let between = std::sync::Barrier::new(201);
        std::thread::scope(|scope| {
            log_event!(DEBUG, "not_wanted");
            log_event!(INFO, "first_ring");
            for _ in 0..200 {
                scope.spawn(|| {
                    log_event!(INFO, "between");
                    between.wait();
                    while !done.load(Ordering::Relaxed) {
                        std::thread::park_timeout(std::time::Duration::from_millis(50));
                    }
                });
            }
            between.wait();
            scope.spawn(|| take_turns(1));
            scope.spawn(|| while !done.load(Ordering::Relaxed) {
                storyline::flush(SOON).expect("written");
            });
            take_turns(0);
            done.store(true, Ordering::Relaxed);
        });
        guard.flush(SOON).expect("written");
        let records = memory.records();
        let steps = records.iter().filter(|it| it.event == "step");
        let steps: Vec<_> = steps.filter_map(|it| Some((it.field("n")?, it.timestamp.as_nanos()))).collect();
        assert_eq!(steps.len() as u64, STEPS);
        for (place, pair) in (0..).zip(steps.windows(2)) {
            let [(cause, earlier), (effect, later)] = [pair[0], pair[1]];
            let is_next = *effect == storyline::ValueBuf::UInt(place + 1);
            // A processor may read its counter before the load is done by which it learns of the cause.
            assert!(is_next || (0..1_000).contains(&(later - earlier)), "{cause:?} at {earlier}, then {effect:?} at {later}");
        }
    }

    fn the_background_thread_sleeps_until_it_is_woken() {
        if !cfg!(target_os = "linux") {
            return;
        }
        let guard = storyline::setup("x").sink(sink::memory(&Memory::new())).start().expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let woken = || {
            let tasks = std::fs::read_dir("/proc/self/task").expect("tasks");
            let status = tasks
                .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok())
                .find(|status| status.starts_with("Name:\tstoryline\n"))
                .expect("the background thread");
            let line = status.lines().find(|it| it.starts_with("voluntary_ctxt_switches")).expect("counted");
            line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).expect("a number")
        };
        std::thread::sleep(std::time::Duration::from_millis(300));
        let before = woken();
        std::thread::sleep(std::time::Duration::from_millis(700));
        // It looks by itself four times a second, and may wait for a lock or two.
        assert!(woken() - before <= 6, "it woke up {} times for nothing", woken() - before);
    }
}

#[test]
fn standard_output_is_a_sink_by_choice() {
    let process = Process::new(&format!(
        "{}::standard_output_is_a_sink_by_choice",
        module_path!()
    ));
    let Some(ended) = process.run(|| {
        // Held for as long as the program likes: the sink must not need it.
        let held = io::stdout().lock();
        let guard = storyline::setup("x")
            .sink(sink::stdout())
            .start()
            .expect("starts");
        for n in 0..2_000_u64 {
            log_event!(INFO, "step", n);
        }
        guard.flush(SOON).expect("written");
        drop(held);
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    let stdout = ended.stdout();
    let steps: Vec<_> = stdout
        .lines()
        .filter(|line| line.contains("| step |"))
        .collect();
    assert_eq!(steps.len(), 2_000);
    assert!(steps[1_999].ends_with("n=1999"), "{}", steps[1_999]);
    assert!(ended.stderr().is_empty(), "{ended}");
}

#[test]
fn several_processes_share_a_file_line_by_line() {
    let name = format!(
        "{}::several_processes_share_a_file_line_by_line",
        module_path!()
    );
    let body = || {
        let path = std::env::var("SHARED_FILE").expect("given by the parent");
        let _flush = storyline::setup("x").file(path).start().expect("starts");
        let padding = "x".repeat(300);
        for n in 0..3_000_u64 {
            log_event!(INFO, "step", n, padding);
        }
    };
    if std::env::var_os("SHARED_FILE").is_some() {
        // One of the processes.
        assert!(Process::new(&name).run(body).is_none());
        return;
    }
    let place = Place::new("shared");
    let path = place.join("shared.log");
    let text = path.to_str().expect("plain").to_owned();
    let ended: Vec<Option<_>> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3)
            .map(|_| {
                let process = Process::new(&name).env("SHARED_FILE", &text);
                scope.spawn(move || process.run(body))
            })
            .collect();
        runs.into_iter()
            .map(|run| run.join().expect("no panic"))
            .collect()
    });
    for ended in ended.into_iter().map(|it| it.expect("we are the parent")) {
        assert!(ended.succeeded(), "{ended}");
    }
    let lines = lines(&path);
    let others: Vec<_> = lines
        .iter()
        .filter(|line| !line.contains("| step |"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert_eq!(lines.len(), 9_000);
    assert!(
        lines
            .iter()
            .all(|line| line.matches("| step |").count() == 1 && line.ends_with("xxx"))
    );
}
