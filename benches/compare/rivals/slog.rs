//! slog with slog-async around slog-json and a file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use slog::{Drain, Level, LevelFilter, Logger, o};
use slog_async::{AsyncGuard, OverflowStrategy};

use crate::measure::{Error, Rival};

/// Room for a burst; the default of 128 records would stop the caller within each.
const QUEUE: usize = 16 * 1024;

pub(crate) struct Json {
    logger: Logger,
    guard: AsyncGuard,
    file: Buffered,
}

impl Rival for Json {
    fn start(folder: &Path) -> Result<Self, Error> {
        let file = Buffered(Arc::new(Mutex::new(BufWriter::new(File::create(
            folder.join("payment.json"),
        )?))));
        let json = slog_json::Json::default(file.clone());
        let (queue, guard) = slog_async::Async::new(json.fuse())
            .chan_size(QUEUE)
            .overflow_strategy(OverflowStrategy::Block)
            .build_with_guard();
        let logger = Logger::root(LevelFilter::new(queue, Level::Info).fuse(), o!());
        Ok(Self {
            logger,
            guard,
            file,
        })
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        slog::debug!(self.logger, "payment_initiated";
            "user_id" => n, "amount" => 500_u64, "provider" => provider);
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        slog::info!(self.logger, "payment_initiated";
            "user_id" => n, "amount" => 500_u64, "provider" => provider);
    }

    fn flush(&mut self) {
        // The background thread writes into a buffer, which nobody else would empty.
        drop(self.file.flush());
    }

    fn finish(mut self) {
        drop(self.guard);
        drop(self.file.flush());
    }
}

/// slog-json writes each piece of a record by itself, so a file wants a buffer around it.
#[derive(Clone)]
struct Buffered(Arc<Mutex<BufWriter<File>>>);

impl Write for Buffered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}
