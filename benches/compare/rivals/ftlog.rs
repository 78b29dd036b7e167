//! ftlog behind the `log` facade, with its file appender. It writes no key-value pairs, so the fields
//! stand in the message.

use std::path::Path;

use ftlog::appender::FileAppender;
use ftlog::{LevelFilter, LoggerGuard};

use crate::measure::{Error, Rival};

pub(crate) struct Text(LoggerGuard);

impl Rival for Text {
    fn start(folder: &Path) -> Result<Self, Error> {
        let guard = ftlog::builder()
            .max_log_level(LevelFilter::Info)
            .utc()
            // Its own size, but waiting when it is full; else it would drop.
            .bounded(100_000, true)
            .root(
                FileAppender::builder()
                    .path(folder.join("payment.log"))
                    .build(),
            )
            .try_init()?;
        Ok(Self(guard))
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        ftlog::debug!(
            "payment_initiated user_id={n} amount={} provider={provider}",
            500_u64
        );
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        ftlog::info!(
            "payment_initiated user_id={n} amount={} provider={provider}",
            500_u64
        );
    }

    fn flush(&mut self) {
        log::logger().flush();
    }

    fn finish(self) {
        drop(self.0);
    }
}
