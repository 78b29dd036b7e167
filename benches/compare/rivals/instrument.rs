//! tracing's `#[instrument(err)]`, as text: by itself, when a success writes no line, and with an event
//! when the span closes, which holds the time.

use std::hint::black_box;
use std::path::Path;

use tracing::instrument;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use super::tracing::writer;
use super::{Declined, bare};
use crate::measure::{Error, Rival};

/// A span, and a line when it fails.
pub(crate) struct Errors(WorkerGuard);

/// A line for each call when it ends, and one more when it fails.
pub(crate) struct Closing(WorkerGuard);

#[instrument(skip_all, err)]
fn charge(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

#[instrument(level = "debug", skip_all, err(level = "debug"))]
fn charge_off(n: u64, declined: bool) -> Result<u64, Declined> {
    bare(n, declined)
}

fn start(folder: &Path, events: FmtSpan) -> Result<WorkerGuard, Error> {
    let (writer, guard) = writer(folder);
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_ansi(false)
        .with_span_events(events)
        .with_writer(writer)
        .try_init()
        .map_err(|error| error.to_string())?;
    Ok(guard)
}

impl Rival for Errors {
    const MARK: &str = "charge";
    const LINES: u64 = 0;
    const FUNCTION: bool = true;

    fn start(folder: &Path) -> Result<Self, Error> {
        Ok(Self(start(folder, FmtSpan::NONE)?))
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

    fn finish(self) {
        drop(self.0);
    }
}

impl Rival for Closing {
    const MARK: &str = "charge";
    const LINES_FAILING: u64 = 2;
    const FUNCTION: bool = true;

    fn start(folder: &Path) -> Result<Self, Error> {
        Ok(Self(start(folder, FmtSpan::CLOSE)?))
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

    fn finish(self) {
        drop(self.0);
    }
}
