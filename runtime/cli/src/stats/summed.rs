//! What functions timed with `percentiles` tell of all their calls, also of those without a record:
//! `timing_summary`, one record an interval.

use std::io::{self, Write};

use storyline::RecordBuf;

use super::count::Stats;
use super::render::{cell, time};
use crate::judge::{number, whole};
use crate::show::{Align, Row, Screen, Style, Table, count, percent};

/// The summaries of one name.
#[derive(Debug, Default)]
pub struct Summed {
    /// How many there are.
    pub intervals: u64,
    /// Calls that were measured.
    pub calls: u64,
    /// Errors and panics among them.
    pub errors: u64,
    /// Futures among them that were dropped before they were ready.
    pub cancelled: u64,
    /// Calls that were not measured.
    pub missed: u64,
    /// Of p50, p95, p99 and the maximum the highest that any interval had: percentiles of several
    /// cannot be added up.
    pub worst: [Option<f64>; 4],
}

const WORST: [&str; 4] = ["p50_ms", "p95_ms", "p99_ms", "max_ms"];

impl Summed {
    pub(super) fn see(&mut self, record: &RecordBuf) {
        let field = |key| record.field(key).and_then(whole).unwrap_or(0);
        self.intervals += 1;
        for (sum, key) in [
            (&mut self.calls, "count"),
            (&mut self.errors, "errors"),
            (&mut self.cancelled, "cancelled"),
            (&mut self.missed, "missed"),
        ] {
            *sum = sum.saturating_add(field(key));
        }
        for (worst, key) in self.worst.iter_mut().zip(WORST) {
            let found = record.field(key).and_then(number);
            *worst = match (*worst, found) {
                (Some(known), Some(found)) => Some(known.max(found)),
                (known, found) => known.or(found),
            };
        }
    }
}

impl Stats {
    pub(super) fn write_summed(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.summed.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[
            ("summed up", Align::Whole),
            ("count", Align::Right),
            ("worst p50", Align::Right),
            ("worst p95", Align::Right),
            ("worst p99", Align::Right),
            ("max", Align::Right),
            ("errors", Align::Right),
            ("cancelled", Align::Right),
            ("missed", Align::Right),
            ("failed", Align::Right),
        ])
        .spare(&["cancelled", "worst p50", "max", "worst p99"]);
        for ((service, name), it) in &self.summed {
            let number = |number: u64, style| match number {
                0 => Row::default(),
                _ => cell(count(number), style),
            };
            let mut title = cell(name, Style::Bold);
            title.put(format!(" {} {service}", screen.glyphs.dot), Style::Dim);
            let [p50, p95, p99, max] = it.worst.map(time);
            let failed = match it.errors {
                0 => cell("0 %", Style::Dim),
                errors => cell(percent(errors, it.calls), Style::Bad),
            };
            table.row(vec![
                title,
                cell(count(it.calls), Style::Plain),
                p50,
                p95,
                p99,
                max,
                number(it.errors, Style::Bad),
                number(it.cancelled, Style::Warn),
                number(it.missed, Style::Warn),
                failed,
            ]);
        }
        table.write(screen, out)?;
        screen.write(&Row::default(), out)
    }
}
