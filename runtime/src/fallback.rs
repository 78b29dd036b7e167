//! The way out before set-up: warnings and above, one line each, on the caller's thread. A library's
//! user is never left in the dark. Cold.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::assemble::{Desk, Source, assemble};
use crate::clock;
use crate::format::{Format, Line};
use crate::level::Level;
use crate::panic::discard;
use crate::registry;
use crate::site::Site;
use crate::sys::fd::{self, Stream};

/// How long a warning waits for a standard error that stands still.
const PATIENCE: Duration = Duration::from_millis(100);

/// How old a calibration of the clock may be.
const CALIBRATION: Duration = Duration::from_secs(1);

// ORDERING: Relaxed: counters that order nothing.
static WRITTEN: AtomicU64 = AtomicU64::new(0);
static LOST: AtomicU64 = AtomicU64::new(0);

/// Records written and lost.
pub(crate) fn counts() -> (u64, u64) {
    (
        WRITTEN.load(Ordering::Relaxed),
        LOST.load(Ordering::Relaxed),
    )
}

/// Writes a record to standard error when it is a warning or worse.
pub(crate) fn write(payload: &[u8], site: &'static Site, thread: &str) {
    let source = Source {
        service: service(),
        pid: std::process::id(),
        thread,
    };
    // Nobody else measures before set-up, and the wall clock may have been set since.
    let calibration = clock::calibration_within(CALIBRATION);
    let (mut desk, mut entries) = (Desk::default(), Vec::new());
    let groups = &mut registry::keys_of;
    let meta = site.meta();
    let Some(record) = assemble(
        payload,
        meta,
        source,
        &calibration,
        groups,
        &mut desk,
        &mut entries,
    ) else {
        return;
    };
    if record.level < Level::Warning {
        return;
    }
    let mut line = Vec::new();
    let formatted = catch_unwind(AssertUnwindSafe(|| {
        Line::default().format(&record, &mut line);
    }));
    let is_whole = formatted.map_err(discard).is_ok();
    let counter = if is_whole && fd::write_all(Stream::Stderr, &line, PATIENCE) {
        &WRITTEN
    } else {
        &LOST
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

/// The program's own name stands for the service that nobody has named.
fn service() -> &'static str {
    static SERVICE: OnceLock<String> = OnceLock::new();
    SERVICE.get_or_init(|| {
        std::env::args_os()
            .next()
            .and_then(|path| {
                let name = std::path::Path::new(&path).file_name()?;
                Some(name.to_string_lossy().into_owned())
            })
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "unknown".to_owned())
    })
}
