//! storyline's `#[timed]`: one line a call, with the outcome and the duration.

use std::hint::black_box;
use std::path::Path;

use storyline::{Guard, Level, timed};

use super::{Declined, TIMEOUT, bare};
use crate::measure::{Error, Rival};

pub(crate) struct Timed(Guard);

#[timed]
fn charge(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

#[timed(level = DEBUG, err_level = DEBUG, panic_level = DEBUG)]
fn charge_off(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

impl Rival for Timed {
    const MARK: &str = "charge";
    const FUNCTION: bool = true;

    fn start(folder: &Path) -> Result<Self, Error> {
        let guard = storyline::setup("payment-service")
            .level(Level::Info)
            .file(folder.join("payment.log"))
            .start()?;
        Ok(Self(guard))
    }

    #[inline(always)]
    fn off(&self, n: u64, _provider: &str) {
        let _ = black_box(charge_off(n, false));
    }

    #[inline(always)]
    fn call(&self, n: u64, _provider: &str) {
        let _ = black_box(charge(n, false));
    }

    #[inline(always)]
    fn failing_call(&self, n: u64, _provider: &str) {
        let _ = black_box(charge(n, true));
    }

    fn flush(&mut self) {
        // What did not arrive is seen in the file.
        drop(self.0.flush(TIMEOUT));
    }

    fn finish(mut self) {
        self.flush();
    }
}
