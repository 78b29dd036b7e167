//! A console that nobody reads: it keeps neither the process from ending nor another sink from being flushed.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::end_at_once;
use crate::alone::{Place, Process, lines, say};
use storyline::log_event;
use storyline::sink::{self, Batch, Sink, WriteError};

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
