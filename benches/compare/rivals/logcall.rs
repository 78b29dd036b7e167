//! `#[logcall]`, which logs what a function returned through `log`, here into logforth's asynchronous
//! file of JSON. It measures no time.

use std::hint::black_box;
use std::path::Path;

use logcall::logcall;

use super::{Declined, bare, logforth};
use crate::measure::{Error, Rival};

pub(crate) struct Logcall;

#[logcall(ok = "info", err = "error", input = "")]
fn charge(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

#[logcall(ok = "debug", err = "debug", input = "")]
fn charge_off(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

impl Rival for Logcall {
    const MARK: &str = "charge";
    const FUNCTION: bool = true;

    fn start(folder: &Path) -> Result<Self, Error> {
        logforth::start(folder)?;
        Ok(Self)
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
        log::logger().flush();
    }

    fn finish(mut self) {
        self.flush();
    }
}
