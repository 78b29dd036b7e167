//! A sink that fails in every way there is until it is healed, and a format that panics.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use storyline::Record;
use storyline::format::{Format, Json, Line};
use storyline::sink::{Batch, Sink, WriteError};

use super::Seen;
use crate::step::Random;

/// See the head of this file.
#[derive(Clone, Debug)]
pub(crate) struct Faulty {
    seen: Arc<Mutex<Seen>>,
    is_healthy: Arc<AtomicBool>,
    random: Random,
    /// Of a hundred writes so many fail.
    badness: u64,
}

const KINDS: [io::ErrorKind; 12] = [
    io::ErrorKind::StorageFull,
    io::ErrorKind::QuotaExceeded,
    io::ErrorKind::FileTooLarge,
    io::ErrorKind::NotFound,
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::BrokenPipe,
    io::ErrorKind::TimedOut,
    io::ErrorKind::Interrupted,
    io::ErrorKind::Other,
    io::ErrorKind::WouldBlock,
    io::ErrorKind::WouldBlock,
];

impl Faulty {
    pub(crate) fn new(random: Random, badness: u64) -> Self {
        Self {
            seen: Arc::default(),
            is_healthy: Arc::default(),
            random,
            badness,
        }
    }

    /// From now on everything works.
    pub(crate) fn heal(&self) {
        self.is_healthy.store(true, Ordering::Release);
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fails(&mut self) -> bool {
        !self.is_healthy.load(Ordering::Acquire) && self.random.below(100) < self.badness
    }

    fn take(&self, batch: &Batch<'_>, count: usize) {
        let mut seen = self.seen();
        for record in batch.records().take(count) {
            seen.hear(&String::from_utf8_lossy(record));
        }
    }
}

impl Sink for Faulty {
    fn write(&mut self, batch: Batch<'_>) -> Result<(), WriteError> {
        let records = batch.records().count();
        if !self.fails() {
            self.take(&batch, records);
            return Ok(());
        }
        match self.random.below(10) {
            0 | 1 => {
                std::thread::sleep(Duration::from_micros(self.random.below(6_000)));
                self.take(&batch, records);
                Ok(())
            }
            2 if self.random.below(3) == 0 => panic!("as the schedule says"),
            _ => {
                let kind = KINDS[self.random.index(KINDS.len())];
                let written = self.random.index(records + 1);
                self.take(&batch, written);
                // One that took all of it and failed afterwards may well say too much.
                let said = if written == records {
                    written + self.random.index(3)
                } else {
                    written
                };
                Err(WriteError::new(said, kind.into()))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.fails() {
            return Ok(());
        }
        match self.random.below(8) {
            0 => panic!("as the schedule says"),
            1..4 => Err(io::ErrorKind::Other.into()),
            _ => Ok(()),
        }
    }
}

/// A format that panics on some records, in the middle.
#[derive(Debug)]
pub(crate) struct Moody {
    line: Line,
    json: Option<Json>,
    /// It panics on each record of that number; never for zero.
    every: u64,
    count: u64,
}

impl Moody {
    pub(crate) fn new(every: u64, json: bool) -> Self {
        Self {
            line: Line::default(),
            json: json.then(Json::default),
            every,
            count: 0,
        }
    }
}

impl Format for Moody {
    fn format(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        match &mut self.json {
            Some(json) => json.format(record, out),
            None => self.line.format(record, out),
        }
        // A report that cannot be written would be one that nobody can check.
        if record.event == "step" && self.every > 0 {
            self.count += 1;
            assert!(
                !self.count.is_multiple_of(self.every),
                "as the schedule says"
            );
        }
    }
}
