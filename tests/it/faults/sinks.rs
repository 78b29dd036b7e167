//! Sinks and formats that panic, fail, or would block.

use std::io;

use crate::alone::{SOON, alone};
use crate::ledger::{count, dropped, record, sink_counters, told};
use storyline::format::Format;
use storyline::sink::{self, Batch, Memory, Sink, WriteError};
use storyline::{Reason, Record, log_event};

alone! {
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
