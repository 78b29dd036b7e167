//! A story for a person.

use std::io::{self, Write};

use super::paths::Path;
use super::read::Story;
use super::rows::{row, shorten};
use super::timeline::service_style;
use crate::input::OddReason;
use crate::judge::Outcome;
use crate::requests::style_of;
use crate::show::{Moment, Row, Screen, Style, millis, plural, wrap};

impl Story {
    /// Writes the story for a person. With `is_full`, long values are written whole.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, screen: &Screen, is_full: bool, out: &mut dyn Write) -> io::Result<()> {
        self.write_head(screen, out)?;
        screen.write(&Row::default(), out)?;
        self.write_timeline(screen, is_full, out)?;
        if !self.paths.is_empty() {
            screen.write(&Row::default(), out)?;
        }
        for path in &self.paths {
            let mut steps = steps(path, screen);
            if let Some(left) = self.left(path) {
                steps.push(row(left, Style::Dim));
            }
            labelled(&path.machine, steps, screen, out)?;
        }
        screen.write(&Row::default(), out)?;
        labelled("counts", self.sums(screen), screen, out)?;
        let missing = crate::notes::parts_missing(&self.missing, screen);
        if !missing.is_empty() {
            labelled("missing", missing, screen, out)?;
        }
        Ok(())
    }

    /// Says that a machine was left where it stood. Whether a state is a final one the log does not
    /// say, so this is for requests that were broken off.
    fn left(&self, path: &Path) -> Option<String> {
        let is_refused = path.steps.last().is_some_and(|step| step.is_illegal);
        match self.outcome {
            Outcome::Ok => None,
            _ if is_refused => Some(format!("(left in {})", path.state())),
            Outcome::Panicked | Outcome::Died | Outcome::Cancelled | Outcome::Unfinished => {
                Some("(left there)".to_owned())
            }
            Outcome::Failed | Outcome::Refused => None,
        }
    }

    fn write_head(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let badge = match style_of(self.outcome) {
            Style::Good => Style::BadgeGood,
            Style::Warn => Style::BadgeWarn,
            _ => Style::BadgeBad,
        };
        let mut verdict = Row::default();
        verdict.put(format!(" {} ", self.verdict()), badge);
        let end = Moment(self.end);
        let start = Moment(self.start);
        let ended = if end.date() == start.date() {
            end.time()
        } else {
            end.to_string()
        };
        let request = row(format!("request {}", self.id), Style::Bold);
        let when = format!("{start} {} {ended} UTC", screen.glyphs.arrow);
        let dot = screen.glyphs.dot;
        let mut groups = vec![verdict, request];
        // One moment has no duration.
        if self.ms > 0.0 {
            groups.push(row(dot, Style::Dim));
            groups.push(row(format!("took {}", millis(self.ms)), Style::Bold));
        }
        groups.push(row(dot, Style::Dim));
        groups.push(row(when, Style::Plain));
        for line in wrap(groups, screen.width, 1) {
            screen.write(&line, out)?;
        }
        self.write_exchanges(screen, out)?;
        let sentence = |text: &str, style| {
            let (text, _) = shorten(text, false);
            text.split(' ').map(|word| row(word, style)).collect()
        };
        if let Some(why) = &self.why {
            let (label, style) = match self.outcome {
                Outcome::Ok => ("despite", Style::Warn),
                _ => ("why", Style::Worst),
            };
            labelled(label, sentence(why, style), screen, out)?;
        }
        if let Some(finally) = &self.finally {
            labelled("at last", sentence(finally, Style::Plain), screen, out)?;
        }
        let mut services = Vec::new();
        for (nth, (service, pid, records)) in self.processes.iter().enumerate() {
            // A twin of which only records of no request are told.
            if *records == 0 {
                continue;
            }
            if !services.is_empty() {
                services.push(row(screen.glyphs.dot, Style::Dim));
            }
            services.push(row(service, service_style(nth)));
            let records = plural(*records, "record", "records");
            services.push(row(format!("pid {pid}, {records}"), Style::Dim));
        }
        labelled("services", services, screen, out)?;
        if let Some(trace) = &self.trace_id {
            labelled("trace", vec![row(trace, Style::Plain)], screen, out)?;
        }
        Ok(())
    }

    /// How each ended, where the id stands for more than one request.
    fn write_exchanges(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        if self.exchanges.is_empty() {
            return Ok(());
        }
        let mut parts = Vec::new();
        for (nth, it) in self.exchanges.iter().enumerate() {
            let status = it.status.map_or_else(String::new, |it| format!(" {it}"));
            let text = format!("#{} {}{status}", nth + 1, it.outcome.name());
            let mut part = row(text, style_of(it.outcome));
            if it.ms > 0.0 {
                part.put(format!(" after {}", millis(it.ms)), Style::Plain);
            }
            if it.at_once > 1 {
                let text = format!(" ({} at once, judged by the last answer)", it.at_once);
                part.put(text, Style::Warn);
            }
            if nth > 0 {
                parts.push(row(screen.glyphs.dot, Style::Dim));
            }
            parts.push(part);
        }
        labelled("of one id", parts, screen, out)
    }

    fn sums(&self, screen: &Screen) -> Vec<Row> {
        let sums = &self.counts;
        let odd = self
            .events
            .iter()
            .flat_map(|it| &it.told.odd)
            .chain(&self.before);
        let shown = odd.filter(|it| it.reason == OddReason::Truncated).count() as u64;
        let mut parts = vec![row(plural(sums.records, "record", "records"), Style::Plain)];
        let mut part = |number: u64, one: &str, many: &str, style| {
            if number > 0 {
                parts.push(row(screen.glyphs.dot, Style::Dim));
                parts.push(row(plural(number, one, many), style));
            }
        };
        part(sums.critical, "at CRITICAL", "at CRITICAL", Style::Bad);
        part(sums.errors, "at ERROR", "at ERROR", Style::Bad);
        part(sums.warnings, "at WARNING", "at WARNING", Style::Warn);
        part(sums.failed_calls, "failed call", "failed calls", Style::Bad);
        part(sums.retries, "retry", "retries", Style::Warn);
        part(sums.calls, "timed call", "timed calls", Style::Plain);
        part(sums.transitions, "transition", "transitions", Style::Plain);
        let (one, many) = ("refused transition", "refused transitions");
        part(sums.illegal_transitions, one, many, Style::Bad);
        let (one, many) = (
            "record of no request beside it",
            "records of no request beside it",
        );
        part(sums.beside, one, many, Style::Dim);
        let (one, many) = ("line that is no record", "lines that are no records");
        part(sums.odd_lines, one, many, Style::Warn);
        let (one, many) = (
            "record was in two files, told once",
            "records were in two files, told once",
        );
        part(self.tally.copies, one, many, Style::Dim);
        let (one, many) = (
            "more left out (see --max-records)",
            "more left out (see --max-records)",
        );
        part(self.left_out, one, many, Style::Warn);
        let (one, many) = (
            "file ends in the middle of a line",
            "files end in the middle of a line",
        );
        part(
            self.tally.truncated.saturating_sub(shown),
            one,
            many,
            Style::Warn,
        );
        let files = format!(
            "{} read in {}",
            plural(self.tally.lines, "line", "lines"),
            plural(self.sources as u64, "file", "files")
        );
        parts.push(row(screen.glyphs.dot, Style::Dim));
        parts.push(row(files, Style::Dim));
        parts
    }
}

/// The states in a row, with the time spent in each.
fn steps(path: &Path, screen: &Screen) -> Vec<Row> {
    let mut parts = vec![row(&path.start, Style::Plain)];
    let last = path.steps.iter().rposition(|step| !step.is_illegal);
    for (nth, step) in path.steps.iter().enumerate() {
        let mut part = Row::default();
        let after = step
            .after_ms
            .map_or_else(String::new, |ms| format!("({}) ", millis(ms)));
        part.put(after, Style::Dim);
        if step.is_illegal {
            part.put(
                format!("{} {} refused", screen.glyphs.refused, step.to),
                Style::Bad,
            );
        } else {
            let style = if last == Some(nth) {
                Style::Bold
            } else {
                Style::Plain
            };
            part.put(screen.glyphs.arrow, Style::Dim)
                .put(" ", style)
                .put(&step.to, style);
        }
        parts.push(part);
    }
    parts
}

/// A word at the left and its text beside it.
fn labelled(label: &str, groups: Vec<Row>, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    const LABEL: usize = 10;
    let mut head = Row::default();
    head.put(" ", Style::Plain).put(label, Style::Dim);
    head.pad_to(LABEL.max(head.columns() + 1));
    let start = head.columns();
    for line in wrap(groups, screen.width.saturating_sub(start), 0) {
        head.pad_to(start);
        head.extend(line);
        screen.write(&std::mem::take(&mut head), out)?;
    }
    Ok(())
}
