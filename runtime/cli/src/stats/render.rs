//! Statistics for a person.

use std::io::{self, Write};

use storyline::Level;

use super::count::{Calls, Stats};
use crate::judge::{EXACT, Quantiles};
use crate::show::{Align, Moment, Row, Screen, Style, Table, count, millis, percent, plural};

/// The percentiles that are shown.
pub(super) const SHARES: [f64; 3] = [0.50, 0.95, 0.99];

impl Stats {
    /// Writes tables. At most `top` events are listed; 0 lists all.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, top: usize, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if let Some((first, last)) = self.span {
            let mut line = Row::default();
            #[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
            let ms = last.saturating_sub(first) as f64 / 1e6;
            let (from, to) = (Moment(first), Moment(last));
            let text = format!("{from} {} {to} UTC", screen.glyphs.arrow);
            line.put(text, Style::Bold);
            line.put(format!(" {} {}", screen.glyphs.dot, millis(ms)), Style::Dim);
            screen.write(&line, out)?;
            screen.write(&Row::default(), out)?;
        }
        self.write_calls(screen, out)?;
        self.write_summed(screen, out)?;
        self.write_answers(screen, out)?;
        self.write_transitions(screen, out)?;
        self.write_levels(screen, out)?;
        self.write_events(top, screen, out)?;
        if self.suppressed > 0 {
            let mut line = Row::default();
            let text = plural(self.suppressed, "call was", "calls were");
            line.put(text, Style::Warn);
            line.put(
                " held back by `every`, `at_most`, `once` or `sample`",
                Style::Plain,
            );
            screen.write(&line, out)?;
        }
        if self.is_approximate() {
            let mut line = Row::default();
            let text = format!(
                "percentiles over more than {} durations are from a histogram, at most 0.4 % off",
                count(EXACT as u64)
            );
            line.put(text, Style::Dim);
            screen.write(&line, out)?;
        }
        crate::notes::write_missing(&self.missing, screen, out)?;
        crate::notes::write(&self.tally, self.without_request, screen, out)
    }

    /// Whether some percentile is not exact.
    pub fn is_approximate(&self) -> bool {
        let calls = self.calls.values().map(|it| &it.took);
        let answers = self.answers.values().map(|it| &it.took);
        calls.chain(answers).any(|it| !it.is_exact())
    }

    fn write_calls(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.calls.is_empty() {
            return Ok(());
        }
        let mut services = self.calls.keys().map(|(service, _)| service);
        let first = services.next();
        let is_one = services.all(|it| Some(it) == first);
        let mut table = Table::new(&[
            ("timed", Align::Whole),
            ("count", Align::Right),
            ("p50", Align::Right),
            ("p95", Align::Right),
            ("p99", Align::Right),
            ("max", Align::Right),
            ("ok", Align::Right),
            ("err", Align::Right),
            ("panic", Align::Right),
            ("cancelled", Align::Right),
            ("other", Align::Right),
            ("failed", Align::Right),
            ("slow", Align::Right),
        ])
        // Endings and the slow end of the times stay longest.
        .spare(&["slow", "other", "max", "p50", "ok", "p99"]);
        let mut last = None;
        let mut has_gaps = false;
        for ((service, name), calls) in self.slowest_first() {
            if !is_one && last != Some(service) {
                table.row(vec![cell(service, Style::Service(0))]);
                last = Some(service);
            }
            let indent = if is_one { "" } else { "  " };
            let failed = self.failed_of(service, name, calls);
            has_gaps |= failed.is_none();
            table.row(call_cells(indent, name, calls, failed, screen));
        }
        table.write(screen, out)?;
        if has_gaps {
            let text = "failed -: only some of the calls have a record; `summed up` counts all";
            screen.write(&cell(text, Style::Dim), out)?;
        }
        screen.write(&Row::default(), out)
    }

    /// The calls by service, and there the slowest at the 95th percentile first: that is where one
    /// looks.
    fn slowest_first(&self) -> Vec<(&(String, String), &Calls)> {
        let p95 = |it: &Calls| it.took.at([0.95])[0].unwrap_or(-1.0);
        let mut calls: Vec<_> = self
            .calls
            .iter()
            .map(|(key, it)| (p95(it), key, it))
            .collect();
        calls.sort_by(
            |(left, (left_service, _), _), (right, (right_service, _), _)| {
                left_service.cmp(right_service).then(right.total_cmp(left))
            },
        );
        calls.into_iter().map(|(_, key, it)| (key, it)).collect()
    }

    fn write_answers(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.answers.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[
            ("requests to", Align::Whole),
            ("received", Align::Right),
            ("p50", Align::Right),
            ("p95", Align::Right),
            ("p99", Align::Right),
            ("max", Align::Right),
            ("2xx", Align::Right),
            ("3xx", Align::Right),
            ("4xx", Align::Right),
            ("5xx", Align::Right),
            ("panicked", Align::Right),
            ("cancelled", Align::Right),
            ("failed", Align::Right),
        ])
        .spare(&["3xx", "max", "p50", "2xx", "p99", "4xx"]);
        for (service, it) in &self.answers {
            let number = |number: u64, style| match number {
                0 => Row::default(),
                _ => cell(count(number), style),
            };
            let [p50, p95, p99, max] = times(&it.took);
            let rate = match it.unserved() {
                0 => cell("0 %", Style::Dim),
                failed => cell(percent(failed, it.judged()), Style::Bad),
            };
            table.row(vec![
                cell(service.clone(), Style::Bold),
                cell(count(it.received), Style::Plain),
                p50,
                p95,
                p99,
                max,
                number(it.classes[2], Style::Good),
                number(it.classes[3], Style::Plain),
                number(it.classes[4], Style::Warn),
                number(it.classes[5], Style::Bad),
                number(it.panicked, Style::Bad),
                number(it.cancelled, Style::Warn),
                rate,
            ]);
        }
        table.write(screen, out)?;
        screen.write(&Row::default(), out)
    }

    fn write_transitions(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.transitions.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[
            ("machine", Align::Whole),
            ("transition", Align::Whole),
            ("count", Align::Right),
            ("median in state", Align::Right),
        ])
        .spare(&["median in state"]);
        for ((machine, from, to, is_illegal), (number, before)) in &self.transitions {
            let (arrow, style) = if *is_illegal {
                (screen.glyphs.refused, Style::Bad)
            } else {
                (screen.glyphs.arrow, Style::Plain)
            };
            let mut edge = cell(format!("{from} {arrow} {to}"), style);
            if *is_illegal {
                edge.put(" refused", Style::Bad);
            }
            table.row(vec![
                cell(machine.clone(), Style::Bold),
                edge,
                cell(count(*number), Style::Plain),
                before.at([0.5])[0].map_or_else(Row::default, |ms| time(Some(ms))),
            ]);
        }
        table.write(screen, out)?;
        screen.write(&Row::default(), out)
    }

    fn write_levels(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let mut line = Row::default();
        line.put("levels", Style::Dim);
        for (level, number) in self.levels.iter().rev() {
            let style = match level {
                Level::Critical | Level::Error => Style::Bad,
                Level::Warning => Style::Warn,
                _ => Style::Plain,
            };
            line.put(format!("  {} {}", level.name(), count(*number)), style);
        }
        if !self.levels.is_empty() {
            screen.write(&line, out)?;
            screen.write(&Row::default(), out)?;
        }
        Ok(())
    }

    fn write_events(&self, top: usize, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.events.is_empty() {
            return Ok(());
        }
        let mut events: Vec<_> = self.events.iter().collect();
        events.sort_by_key(|(name, (number, _))| (std::cmp::Reverse(*number), *name));
        let shown = if top == 0 { events.len() } else { top };
        let mut table = Table::new(&[
            ("event", Align::Left),
            ("count", Align::Right),
            ("at ERROR", Align::Right),
        ]);
        for (name, (number, errors)) in events.iter().take(shown) {
            let errors = match errors {
                0 => Row::default(),
                _ => cell(count(*errors), Style::Bad),
            };
            let name = cell((*name).clone(), Style::Plain);
            table.row(vec![name, cell(count(*number), Style::Plain), errors]);
        }
        table.write(screen, out)?;
        if events.len() > shown {
            let more = plural((events.len() - shown) as u64, "more event", "more events");
            screen.write(
                &cell(format!("{more} (--top 0 lists all)"), Style::Dim),
                out,
            )?;
        }
        screen.write(&Row::default(), out)
    }
}

fn call_cells(
    indent: &str,
    name: &str,
    calls: &Calls,
    failed: Option<u64>,
    screen: &Screen,
) -> Vec<Row> {
    let [p50, p95, p99, max] = times(&calls.took);
    let number = |number: u64, style| match number {
        0 => Row::default(),
        _ => cell(count(number), style),
    };
    let mut title = cell(indent, Style::Plain);
    title.put(name, Style::Bold);
    if let Some(dependency) = &calls.dependency {
        title.put(format!(" {} {dependency}", screen.glyphs.arrow), Style::Dim);
    }
    let [ok, err, panic, cancelled] = ["ok", "err", "panic", "cancelled"].map(|it| calls.ended(it));
    let errors = match failed {
        None => cell("-", Style::Dim),
        Some(0) => cell("0 %", Style::Dim),
        Some(errors) => cell(percent(errors, calls.count()), Style::Bad),
    };
    vec![
        title,
        cell(count(calls.count()), Style::Plain),
        p50,
        p95,
        p99,
        max,
        number(ok, Style::Good),
        number(err, Style::Bad),
        number(panic, Style::Bad),
        number(cancelled, Style::Warn),
        number(calls.count() - ok - err - panic - cancelled, Style::Plain),
        errors,
        number(calls.slow, Style::Warn),
    ]
}

fn times(took: &Quantiles) -> [Row; 4] {
    let [p50, p95, p99] = took.at(SHARES);
    [p50, p95, p99, took.max_ms()].map(time)
}

pub(super) fn time(ms: Option<f64>) -> Row {
    ms.map_or_else(
        || cell("-", Style::Dim),
        |ms| cell(millis(ms), Style::Plain),
    )
}

pub(super) fn cell(text: impl AsRef<str>, style: Style) -> Row {
    let mut row = Row::default();
    row.put(text, style);
    row
}
