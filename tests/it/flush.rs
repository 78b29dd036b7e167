//! Flush, and every way a process may end: nothing whose call returned is missing, and nothing hangs.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::alone::{Place, Process, SOON, alone, lines, say, wait_until};
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Level, log_event};

/// Does what it is told whenever a batch comes.
struct With<F>(F);

impl<F: FnMut() + Send> Sink for With<F> {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        (self.0)();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

alone! {
    fn a_flush_waits_for_what_every_thread_logged_before() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let mut expected = 0;
        for _ in 0..300 {
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| log_event!(INFO, "from_a_thread"));
                }
            });
            log_event!(INFO, "from_here");
            expected += 3;
            guard.flush(SOON).expect("written");
            assert_eq!(memory.records().len(), expected);
        }
    }

    fn threads_may_flush_at_once_while_others_log() {
        let memory = Memory::newest(1);
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| while !done.load(Ordering::Relaxed) {
                log_event!(INFO, "busy");
            });
            let flushing: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..50).try_for_each(|_| storyline::flush(SOON))))
                .collect();
            for thread in flushing {
                thread.join().expect("no panic").expect("written");
            }
            done.store(true, Ordering::Relaxed);
        });
        guard.flush(SOON).expect("written");
    }

    fn a_flush_that_comes_too_late_says_how_many_are_pending() {
        let block = Arc::new(Mutex::new(()));
        let held = block.lock().expect("free");
        let waiting = Arc::clone(&block);
        let guard = storyline::setup("x")
            .sink(sink::custom("slow", With(move || drop(waiting.lock()))))
            .start()
            .expect("starts");
        log_event!(ERROR, "first");
        std::thread::sleep(Duration::from_millis(50));
        for _ in 0..9 {
            log_event!(INFO, "more");
        }
        let error = guard.flush(Duration::from_millis(100)).expect_err("blocked");
        assert_eq!(error.pending(), 10, "{error}");
        assert!(error.to_string().contains("10 records are pending"), "{error}");
        drop(held);
        guard.flush(SOON).expect("written");
        assert_eq!(storyline::counters().pending, 0);
    }

    fn a_sink_that_flushes_is_told_that_it_cannot_wait_for_itself() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let saying = Arc::clone(&said);
        let guard = storyline::setup("x")
            .sink(sink::custom("flushing", With(move || {
                let outcome = storyline::flush(SOON).expect_err("its own thread");
                saying.lock().expect("no panic").push(outcome.to_string());
            })))
            .start()
            .expect("starts");
        log_event!(INFO, "once");
        guard.flush(SOON).expect("written");
        let said = said.lock().expect("no panic");
        assert!(said[0].contains("cannot wait for itself"), "{said:?}");
    }

    fn a_sink_that_logs_goes_on_and_is_counted() {
        let memory = Memory::new();
        let mut left = 3;
        let guard = storyline::setup("x")
            .sink(sink::custom("logging", With(move || {
                if left > 0 {
                    left -= 1;
                    log_event!(INFO, "from_the_sink");
                }
            })))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        log_event!(INFO, "start_of_it");
        wait_until("the sink's own records", || memory.records().len() == 4);
        guard.flush(SOON).expect("written");
    }

    fn logging_goes_on_after_the_guard() {
        let memory = Memory::new();
        drop(storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts"));
        log_event!(INFO, "afterwards");
        storyline::flush(SOON).expect("written");
        assert_eq!(memory.records().len(), 1);
    }

    fn a_record_is_there_soon_without_a_flush() {
        let memory = Memory::new();
        let _guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        // Long enough asleep that the background thread has to be woken.
        for n in 0..20_usize {
            std::thread::sleep(Duration::from_millis(30));
            log_event!(INFO, "step");
            wait_until("the record", || memory.records().len() == n + 1);
        }
    }

    fn a_sink_that_fails_to_flush_fails_the_flush_by_name() {
        struct Failing;
        impl Sink for Failing {
            fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
                Ok(())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::Error::other("the cable is out"))
            }
        }
        let guard = storyline::setup("x").sink(sink::custom("remote", Failing)).start().expect("starts");
        let error = guard.flush(SOON).expect_err("fails").to_string();
        assert!(error.contains("`remote`") && error.contains("the cable is out"), "{error}");
    }

    fn a_panic_is_logged_with_its_place_and_thread_and_the_hook_before_is_called() {
        static CALLED: AtomicBool = AtomicBool::new(false);
        std::panic::set_hook(Box::new(|_| CALLED.store(true, Ordering::Relaxed)));
        let memory = Memory::new();
        let _guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let result = std::thread::Builder::new()
            .name("cashier".to_owned())
            .spawn(|| panic!("no {}", "change"))
            .expect("a thread")
            .join();
        assert!(result.is_err() && CALLED.load(Ordering::Relaxed));
        // No flush: the hook has seen to it.
        let records = memory.records();
        assert_eq!((records[0].event.as_str(), records[0].level), ("panic", Level::Critical));
        let line = &memory.lines()[0];
        assert!(line.contains(r#"message="no change""#), "{line}");
        assert!(line.contains("location=tests/it/flush.rs:") || line.contains("location=it/flush.rs:"), "{line}");
        assert!(line.ends_with("thread=cashier"), "{line}");
    }

    fn a_panic_of_a_value_that_is_rendered_reaches_no_hook() {
        struct Bad;
        impl std::fmt::Display for Bad {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                panic!("bad display")
            }
        }
        static CALLED: AtomicBool = AtomicBool::new(false);
        std::panic::set_hook(Box::new(|_| CALLED.store(true, Ordering::Relaxed)));
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        let bad = Bad;
        log_event!(INFO, "shown", %bad);
        guard.flush(SOON).expect("written");
        let lines = memory.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("<panicked: bad display>"), "{lines:?}");
        assert!(!CALLED.load(Ordering::Relaxed));
    }

    fn a_panic_under_a_lock_that_a_sink_needs_does_not_hang() {
        static NEEDED: Mutex<()> = Mutex::new(());
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::custom("needs", With(|| drop(NEEDED.lock()))))
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        let start = Instant::now();
        let panicked = std::thread::spawn(|| {
            let _held = NEEDED.lock();
            panic!("inside")
        })
        .join();
        assert!(panicked.is_err());
        assert!(start.elapsed() < Duration::from_secs(30));
        guard.flush(SOON).expect("written");
        assert_eq!(memory.records().len(), 1);
    }
}

#[expect(
    unsafe_code,
    reason = "the C library's own registration is what is tested"
)]
fn at_exit(handler: extern "C" fn()) {
    // SAFETY: a function of this program, of the signature that is asked for.
    assert_eq!(unsafe { libc::atexit(handler) }, 0);
}

#[expect(unsafe_code, reason = "the only way to end without handlers")]
fn end_at_once() -> ! {
    // SAFETY: it ends the process; nothing comes after it.
    unsafe { libc::_exit(0) }
}

/// Runs `body` in a process that ends in its own way, and gives the lines of its log.
fn log_of(test: &str, body: impl FnOnce(&str)) -> Option<(crate::alone::Ended, Vec<String>)> {
    let place = Place::new(test);
    let path = place.join("x.log").to_str().expect("plain").to_owned();
    let ended = Process::new(&format!("{}::{test}", module_path!()))
        .env("LOG_FILE", &path)
        .run(|| body(&std::env::var("LOG_FILE").expect("given by the parent")))?;
    let lines = lines(&path);
    Some((ended, lines))
}

#[test]
fn process_exit_loses_nothing() {
    let Some((ended, lines)) = log_of("process_exit_loses_nothing", |path| {
        let _guard = storyline::setup("x").file(path).start().expect("starts");
        for n in 0..10_000_u64 {
            log_event!(INFO, "step", n);
        }
        std::process::exit(7);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(7), "{ended}");
    assert_eq!(lines.len(), 10_000);
    assert!(lines[9_999].ends_with("n=9999"));
}

#[test]
fn what_handlers_log_at_exit_is_written_too() {
    extern "C" fn late() {
        log_event!(WARNING, "late_handler");
    }
    extern "C" fn early() {
        log_event!(WARNING, "early_handler");
    }
    let Some((ended, lines)) = log_of("what_handlers_log_at_exit_is_written_too", |path| {
        // Handlers run in the reverse order: this one behind ours, the next one before.
        at_exit(late);
        let guard = storyline::setup("x").file(path).start().expect("starts");
        at_exit(early);
        drop(guard);
        std::process::exit(0);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(0), "{ended}");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains("early_handler") && lines[1].contains("late_handler"),
        "{lines:?}"
    );
}

#[test]
fn an_abort_behind_a_panic_loses_nothing() {
    let Some((ended, lines)) = log_of("an_abort_behind_a_panic_loses_nothing", |path| {
        struct Aborts;
        impl Drop for Aborts {
            fn drop(&mut self) {
                std::process::abort();
            }
        }
        let _guard = storyline::setup("x").file(path).start().expect("starts");
        for n in 0..1_000_u64 {
            log_event!(INFO, "step", n);
        }
        let _aborts = Aborts;
        panic!("the end");
    }) else {
        return;
    };
    assert_eq!(ended.code(), None, "killed by a signal: {ended}");
    assert_eq!(lines.len(), 1_001);
    assert!(
        lines[1_000].contains("| CRITICAL |") && lines[1_000].contains("the end"),
        "{lines:?}"
    );
}

#[test]
fn a_thread_that_ends_leaves_its_records_behind() {
    let Some((ended, lines)) = log_of("a_thread_that_ends_leaves_its_records_behind", |path| {
        struct LogsAtTheEnd;
        impl Drop for LogsAtTheEnd {
            fn drop(&mut self) {
                log_event!(INFO, "from_a_destructor");
            }
        }
        thread_local!(static AT_THE_END: LogsAtTheEnd = const { LogsAtTheEnd });
        let _guard = storyline::setup("x").file(path).start().expect("starts");
        for _ in 0..50 {
            std::thread::spawn(|| {
                AT_THE_END.with(|_| ());
                log_event!(INFO, "from_a_thread");
            })
            .join()
            .expect("no panic");
        }
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    assert_eq!(lines.len(), 100);
}

#[test]
fn a_guard_that_cannot_write_says_so() {
    let test = "a_guard_that_cannot_write_says_so";
    let process = Process::new(&format!("{}::{test}", module_path!()));
    let Some(ended) = process.run(|| {
        let guard = storyline::setup("x")
            .sink(sink::custom(
                "stuck",
                With(|| std::thread::sleep(Duration::from_secs(3600))),
            ))
            .start()
            .expect("starts");
        log_event!(INFO, "one");
        log_event!(INFO, "two");
        drop(guard);
        // The exit hook would wait for another five seconds.
        end_at_once();
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(0), "{ended}");
    let expected = "storyline: not everything was written within 5s: 2 records are pending";
    assert!(ended.stderr().contains(expected), "{ended}");
}

/// How often a process complained that it could not write.
fn complaints(stderr: &str) -> usize {
    stderr
        .matches("storyline: not everything was written")
        .count()
}

#[test]
fn the_end_of_a_process_waits_once_and_complains_once() {
    let test = "the_end_of_a_process_waits_once_and_complains_once";
    let start = Instant::now();
    let process = Process::new(&format!("{}::{test}", module_path!()));
    let Some(ended) = process.run(|| {
        let guard = storyline::setup("x")
            .sink(sink::custom(
                "stuck",
                With(|| std::thread::sleep(Duration::from_secs(3600))),
            ))
            .start()
            .expect("starts");
        log_event!(INFO, "one");
        // The guard, the handler at exit and the one behind all others.
        drop(guard);
        std::process::exit(3);
    }) else {
        return;
    };
    assert_eq!(ended.code(), Some(3), "{ended}");
    assert_eq!(complaints(&ended.stderr()), 1, "{ended}");
    assert!(
        start.elapsed() < Duration::from_secs(9),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_console_that_nobody_reads_does_not_keep_a_process_from_ending() {
    let test = "a_console_that_nobody_reads_does_not_keep_a_process_from_ending";
    let (unread, writer) = io::pipe().expect("a pipe");
    let place = Place::new("unread");
    let (path, recorder) = (place.join("x.log"), place.join("recorder"));
    let start = Instant::now();
    let process = Process::new(&format!("{}::{test}", module_path!()))
        .stderr(writer)
        .env("PLACE", place.0.to_str().expect("plain"));
    let Some(ended) = process.run(|| {
        let place = std::env::var_os("PLACE").expect("given by the parent");
        let place = std::path::Path::new(&place);
        let _guard = storyline::setup("x")
            .console()
            .file(place.join("x.log"))
            .recorder(storyline::Recorder::at(place.join("recorder")))
            .start()
            .expect("starts");
        for n in 0..30_000_u64 {
            log_event!(INFO, "step", n);
        }
        std::process::exit(3);
    }) else {
        return;
    };
    drop(unread);
    assert_eq!(ended.code(), Some(3), "{ended}");
    assert!(
        start.elapsed() < Duration::from_secs(9),
        "{:?}",
        start.elapsed()
    );
    let steps = lines(path)
        .iter()
        .filter(|it| it.contains("| step |"))
        .count();
    assert_eq!(steps, 30_000);
    let left = std::fs::read_dir(recorder).expect("made by the process");
    assert_eq!(left.count(), 0, "the file has everything");
}

#[test]
fn a_console_that_nobody_reads_keeps_no_other_sink_from_being_flushed() {
    struct Counts(Arc<AtomicU64>);
    impl Sink for Counts {
        fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
            Ok(())
        }
        fn flush(&mut self) -> io::Result<()> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }
    }
    let test = "a_console_that_nobody_reads_keeps_no_other_sink_from_being_flushed";
    let (unread, writer) = io::pipe().expect("a pipe");
    let process = Process::new(&format!("{}::{test}", module_path!())).stderr(writer);
    let Some(ended) = process.run(|| {
        let flushes = Arc::new(AtomicU64::new(0));
        let guard = storyline::setup("x")
            .console()
            .sink(sink::custom("counts", Counts(Arc::clone(&flushes))))
            .start()
            .expect("starts");
        for n in 0..10_000_u64 {
            log_event!(INFO, "step", n);
        }
        for _ in 0..3 {
            // Long enough to be asked again and again.
            let late = guard.flush(Duration::from_millis(300)).is_err();
            // Nobody would read what a panic says here.
            say(&format!(
                "late={late} flushes={}",
                flushes.load(Ordering::Relaxed)
            ));
        }
        end_at_once();
    }) else {
        return;
    };
    drop(unread);
    let stdout = ended.stdout();
    for flushes in 1..=3 {
        let said = format!("late=true flushes={flushes}\n");
        assert!(stdout.contains(&said), "once a flush: {ended}");
    }
}
