//! quicklog, which has no background thread: its user calls `flush!` wherever that is cheap. Between
//! bursts this is done here; to the disk, on a thread that does nothing else, as its first page shows.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use quicklog_flush::file_flusher::FileFlusher;

use crate::measure::{Error, Rival};

pub(crate) struct Text(Option<(Arc<AtomicBool>, JoinHandle<()>)>);

impl Rival for Text {
    fn start(folder: &Path) -> Result<Self, Error> {
        quicklog::init!();
        let file = folder.join("payment.log").display().to_string();
        quicklog::with_flush!(FileFlusher::new(file.leak()));
        Ok(Self(None))
    }

    // What is off is off for good: its level is a feature of the build.
    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        quicklog::debug!(
            "payment_initiated {} {} {}",
            user_id = n,
            amount = 500_u64,
            provider = &*provider
        );
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        quicklog::info!(
            "payment_initiated {} {} {}",
            user_id = n,
            amount = 500_u64,
            provider = &*provider
        );
    }

    fn flush(&mut self) {
        while quicklog::try_flush!().is_ok() {}
    }

    fn before_throughput(&mut self) {
        let ended = Arc::new(AtomicBool::new(false));
        let ending = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            // ORDERING: Acquire, pairs with the Release in `finish`, so that what was logged before is
            // seen by the last round.
            while !ending.load(Ordering::Acquire) {
                while quicklog::try_flush!().is_ok() {}
            }
            while quicklog::try_flush!().is_ok() {}
        });
        self.0 = Some((ended, thread));
    }

    fn finish(self) {
        if let Some((ended, thread)) = self.0 {
            // ORDERING: Release, pairs with the Acquire above.
            ended.store(true, Ordering::Release);
            thread
                .join()
                .expect("the flushing thread lives until it is told to end");
        }
    }
}
