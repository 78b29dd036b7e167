//! The way out before set-up: warnings and above, one line each, on the caller's thread.

use std::io::Write;

use crate::assemble::{Source, assemble};
use crate::clock;
use crate::level::Level;
use crate::site::Site;

/// Writes a record to stderr when it is a warning or worse.
pub(crate) fn write(payload: &[u8], site: &'static Site, thread: &str) {
    let mut message = String::new();
    let source = Source {
        service: "-",
        pid: std::process::id(),
        thread,
    };
    let Some(record) = assemble(payload, site, source, &clock::calibration(), &mut message) else {
        return;
    };
    if record.level >= Level::Warning {
        let _ = writeln!(std::io::stderr(), "{record:?}");
    }
}
