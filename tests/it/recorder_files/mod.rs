//! The recorder's files: whose they are, what they take, when they go, and that nothing else is touched.

mod ours;
mod paths;
mod room;
mod strangers;
mod unopened;

use std::path::Path;

use crate::ledger::{records_with_cuts, text};

/// The lines about the recorder in a log: event and reason.
fn told(log: &Path) -> Vec<(String, String)> {
    let all = records_with_cuts(log, 0).into_iter();
    let about =
        all.filter(|it| it.event.starts_with("recorder_") || it.event.starts_with("recovery_"));
    about
        .map(|it| (it.event.clone(), text(&it, "reason").to_owned()))
        .collect()
}
