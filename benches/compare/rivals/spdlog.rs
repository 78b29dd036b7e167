//! spdlog-rs with its asynchronous pool sink around a file, as text.

use std::path::Path;
use std::sync::Arc;

use spdlog::sink::{AsyncPoolSink, FileSink};
use spdlog::{Logger, ThreadPool};

use crate::measure::{Error, Rival};

pub(crate) struct Text(Logger);

impl Rival for Text {
    fn start(folder: &Path) -> Result<Self, Error> {
        let file = FileSink::builder()
            .path(folder.join("payment.log"))
            .build_arc()?;
        let sink = AsyncPoolSink::builder()
            .sink(file)
            // The shared pool of the process has the same size, but cannot be ended.
            .thread_pool(Arc::new(ThreadPool::new()?))
            .build_arc()?;
        // From INFO on, which is its default.
        Ok(Self(Logger::builder().sink(sink).build()?))
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        spdlog::debug!(logger: self.0, "payment_initiated",
            kv: { user_id = n, amount = 500_u64, provider });
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        spdlog::info!(logger: self.0, "payment_initiated",
            kv: { user_id = n, amount = 500_u64, provider });
    }

    fn flush(&mut self) {
        self.0.flush();
    }

    fn finish(self) {
        // The last owner of the pool waits for its thread, and the file's buffer goes with it.
        drop(self.0);
    }
}
