//! storyline, as its first page sets it up: a file, as lines or as JSON.

use std::path::Path;

use storyline::{Guard, Level, format, log_event, sink};

use super::TIMEOUT;
use crate::measure::{Error, Rival};

pub(crate) struct Lines(Guard);

pub(crate) struct Json(Guard);

impl Rival for Lines {
    fn start(folder: &Path) -> Result<Self, Error> {
        let guard = storyline::setup("payment-service")
            .level(Level::Info)
            .file(folder.join("payment.log"))
            .start()?;
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

    fn flush(&mut self) {
        flush(&self.0);
    }

    fn finish(self) {
        flush(&self.0);
    }
}

impl Rival for Json {
    fn start(folder: &Path) -> Result<Self, Error> {
        let guard = storyline::setup("payment-service")
            .level(Level::Info)
            .sink(sink::file(folder.join("payment.json")).format(format::Json::default()))
            .start()?;
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

    fn flush(&mut self) {
        flush(&self.0);
    }

    fn finish(self) {
        flush(&self.0);
    }
}

#[inline(always)]
fn off(n: u64, provider: &str) {
    log_event!(
        DEBUG,
        "payment_initiated",
        user_id = n,
        amount = 500_u64,
        provider = provider
    );
}

#[inline(always)]
fn call(n: u64, provider: &str) {
    log_event!(
        INFO,
        "payment_initiated",
        user_id = n,
        amount = 500_u64,
        provider = provider
    );
}

fn flush(guard: &Guard) {
    // What did not arrive is seen in the file.
    drop(guard.flush(TIMEOUT));
}
