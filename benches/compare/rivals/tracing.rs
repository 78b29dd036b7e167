//! tracing with tracing-subscriber and the non-blocking writer of tracing-appender.

use std::path::Path;

use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::LevelFilter;

use crate::measure::{Error, Rival};

pub(crate) struct Text(WorkerGuard);

pub(crate) struct Json(WorkerGuard);

impl Rival for Text {
    fn start(folder: &Path) -> Result<Self, Error> {
        let (writer, guard) = writer(folder);
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::INFO)
            .with_ansi(false)
            .with_writer(writer)
            .try_init()
            .map_err(|error| error.to_string())?;
        Ok(Self(guard))
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        off(n, provider);
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        call(n, provider);
    }

    fn finish(self) {
        drop(self.0);
    }
}

impl Rival for Json {
    fn start(folder: &Path) -> Result<Self, Error> {
        let (writer, guard) = writer(folder);
        tracing_subscriber::fmt()
            .json()
            .with_max_level(LevelFilter::INFO)
            .with_writer(writer)
            .try_init()
            .map_err(|error| error.to_string())?;
        Ok(Self(guard))
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        off(n, provider);
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        call(n, provider);
    }

    fn finish(self) {
        drop(self.0);
    }
}

/// Waits when the queue is full, as storyline does; without `lossy(false)` it would drop.
pub(super) fn writer(folder: &Path) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .lossy(false)
        .finish(tracing_appender::rolling::never(folder, "payment.log"))
}

#[inline(always)]
fn off(n: u64, provider: &str) {
    tracing::debug!(user_id = n, amount = 500_u64, provider, "payment_initiated");
}

#[inline(always)]
fn call(n: u64, provider: &str) {
    tracing::info!(user_id = n, amount = 500_u64, provider, "payment_initiated");
}
