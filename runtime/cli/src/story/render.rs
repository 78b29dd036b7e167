//! A story for a person.

use std::io::{self, Write};

use super::paths::Path;
use super::read::{Event, Story, nanos};
use super::rows::{row, shorten, words};
use crate::input::{Odd, OddReason};
use crate::judge::Outcome;
use crate::show::{Moment, Row, Screen, Style, columns, count, millis, plural, wrap};

/// The columns of the timeline.
struct Layout {
    /// Width of the relative time.
    time: usize,
    /// Seconds or milliseconds.
    is_fine: bool,
    /// Width of the service column; 0 when there is one process.
    service: usize,
    /// Where the words begin, and how wide they may be.
    words: (usize, usize),
    /// Width of the durations; 0 when there are none.
    took: usize,
    /// Width of the time axis; 0 on a narrow screen.
    bar: usize,
}

impl Story {
    /// Writes the story for a person. With `is_full`, long values are written whole.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, screen: &Screen, is_full: bool, out: &mut dyn Write) -> io::Result<()> {
        self.write_head(screen, out)?;
        screen.write(&Row::default(), out)?;
        let layout = self.layout(screen);
        self.write_axis(&layout, screen, out)?;
        for odd in &self.before {
            write_odd(odd, &layout, screen, is_full, out)?;
        }
        for event in &self.events {
            self.write_event(event, &layout, screen, is_full, out)?;
        }
        if !self.paths.is_empty() {
            screen.write(&Row::default(), out)?;
        }
        for path in &self.paths {
            labelled(&path.machine, steps(path, screen), screen, out)?;
        }
        screen.write(&Row::default(), out)?;
        labelled("counts", self.sums(screen), screen, out)
    }

    fn write_head(&self, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let badge = match self.outcome {
            Outcome::Ok => Style::BadgeGood,
            Outcome::Refused | Outcome::Cancelled | Outcome::Unfinished => Style::BadgeWarn,
            Outcome::Failed | Outcome::Panicked => Style::BadgeBad,
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
            if nth > 0 {
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

    fn layout(&self, screen: &Screen) -> Layout {
        // In a story of less than a second whose clock is finer than milliseconds, those are shown.
        let is_fine = self.end.saturating_sub(self.start) < 1_000_000_000
            && self
                .events
                .iter()
                .any(|it| it.told.record.timestamp.as_nanos() % 1_000_000 != 0);
        let times = self.events.iter().map(|it| relative(it.at, is_fine).len());
        let time = times.max().unwrap_or(0);
        let names = (0..self.processes.len()).map(|nth| columns(&self.label(nth)));
        let service = match self.processes.len() {
            1 => 0,
            _ => names.max().unwrap_or(0).min(screen.width / 5),
        };
        let took = self
            .events
            .iter()
            .filter_map(|it| it.ms)
            .map(|ms| millis(ms).len());
        let took = took.max().unwrap_or(0);
        let bar = match screen.width {
            ..100 => 0,
            100..140 => 20,
            _ => 30,
        };
        // The mark of the first error, the time, the service, the sign.
        let start = 2 + time + 2 + if service > 0 { service + 2 } else { 0 } + 2;
        let gaps = [took, bar].iter().filter(|it| **it > 0).count() * 2;
        let room = screen
            .width
            .saturating_sub(start + took + bar + gaps)
            .max(16);
        Layout {
            time,
            is_fine,
            service,
            words: (start, room),
            took,
            bar,
        }
    }

    /// The service, with its pid where it has a twin.
    fn label(&self, nth: usize) -> String {
        let Some((service, pid, _)) = self.processes.get(nth) else {
            return "(others)".to_owned();
        };
        let has_twin = self
            .processes
            .iter()
            .any(|(other, its, _)| other == service && its != pid);
        if has_twin {
            format!("{service}/{pid}")
        } else {
            service.clone()
        }
    }

    /// The headings: what the times count from, and how long the bars' whole width is.
    fn write_axis(&self, layout: &Layout, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
        let took =
            layout.words.0 + layout.words.1 + if layout.took > 0 { 2 + layout.took } else { 0 };
        if layout.bar == 0 {
            return Ok(());
        }
        #[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
        let total = millis(self.end.saturating_sub(self.start) as f64 / 1e6);
        let mut head = Row::default();
        head.pad_to(took + 2).put("0", Style::Dim);
        head.pad_to(took + 2 + layout.bar.saturating_sub(total.len()));
        head.put(total, Style::Dim);
        screen.write(&head, out)
    }

    fn write_event(
        &self,
        event: &Event,
        layout: &Layout,
        screen: &Screen,
        is_full: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let glyphs = &screen.glyphs;
        let words = words(event, glyphs, is_full);
        let mut head = Row::default();
        if event.is_first_error {
            head.put(glyphs.first, Style::Worst);
        }
        head.pad_to(2);
        let time = relative(event.at, layout.is_fine);
        head.pad_to(2 + layout.time - time.len())
            .put(time, Style::Dim);
        head.pad_to(2 + layout.time + 2);
        if layout.service > 0 {
            let label = row(self.label(event.process), service_style(event.process));
            head.extend(label.cut(layout.service, glyphs.cut));
            head.pad_to(2 + layout.time + 2 + layout.service + 2);
        }
        head.put(words.sign, words.style).pad_to(layout.words.0);
        let mut lines = wrap(words.groups, layout.words.1, 2).into_iter();
        let mut first = head;
        first.extend(lines.next().unwrap_or_default());
        let mut column = layout.words.0 + layout.words.1;
        if layout.took > 0 {
            column += 2 + layout.took;
            if let Some(ms) = event.ms {
                let took = millis(ms);
                first.pad_to(column - took.len());
                first.put(
                    took,
                    if event.is_first_error {
                        Style::Worst
                    } else {
                        Style::Bold
                    },
                );
            }
        }
        if layout.bar > 0 {
            first.pad_to(column + 2);
            first.extend(self.bar(event, layout.bar, screen));
        }
        screen.write(&first, out)?;
        for line in lines {
            let mut rest = Row::default();
            rest.pad_to(layout.words.0);
            rest.extend(line);
            screen.write(&rest, out)?;
        }
        for odd in &event.told.odd {
            write_odd(odd, layout, screen, is_full, out)?;
        }
        Ok(())
    }

    /// The time axis of one event: a bar from its beginning to its end, or the moment.
    fn bar(&self, event: &Event, width: usize, screen: &Screen) -> Row {
        let glyphs = &screen.glyphs;
        let style = match event.told.record.level.number() {
            40.. => Style::Bad,
            30.. => Style::Warn,
            _ => service_style(event.process),
        };
        let total = self.end.saturating_sub(self.start).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a bar has a few cells")]
        let cell = |at: i64| (at.max(0) as f64 / total as f64) * width as f64;
        let last = width - 1;
        let index =
            |at: f64| usize::try_from(crate::show::rounded((at - 0.5).max(0.0))).unwrap_or(0);
        let mut bar = Row::default();
        let end = cell(event.at).min(cell(total));
        let Some(ms) = event.ms else {
            let at = index(end).min(last);
            bar.put(glyphs.axis.repeat(at), Style::Dim);
            bar.put(glyphs.tick, style);
            bar.put(glyphs.axis.repeat(last - at), Style::Dim);
            return bar;
        };
        let begin = cell(event.at.saturating_sub(nanos(ms)));
        let from = index(begin).min(last);
        let length = (end - begin).max(0.0);
        let whole = usize::try_from(crate::show::rounded(length.floor())).unwrap_or(0);
        let whole = whole.min(width - from);
        let eighths = usize::try_from(crate::show::rounded(length.fract() * 8.0)).unwrap_or(0);
        let full = glyphs.bar.last().copied().unwrap_or("#");
        let mut drawn = full.repeat(whole);
        let mut used = whole;
        if used < width - from && (eighths > 0 || used == 0) {
            let part = eighths.clamp(1, glyphs.bar.len()) - 1;
            drawn.push_str(glyphs.bar[part]);
            used += 1;
        }
        bar.put(glyphs.axis.repeat(from), Style::Dim);
        bar.put(drawn, style);
        bar.put(glyphs.axis.repeat(width - from - used), Style::Dim);
        bar
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
        part(sums.critical, "critical", "critical", Style::Bad);
        part(sums.errors, "error", "errors", Style::Bad);
        part(sums.warnings, "warning", "warnings", Style::Warn);
        part(sums.retries, "retry", "retries", Style::Warn);
        part(sums.calls, "timed call", "timed calls", Style::Plain);
        part(sums.transitions, "transition", "transitions", Style::Plain);
        let (one, many) = ("refused transition", "refused transitions");
        part(sums.illegal_transitions, one, many, Style::Bad);
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

fn write_odd(
    odd: &Odd,
    layout: &Layout,
    screen: &Screen,
    is_full: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = Row::default();
    line.pad_to(layout.words.0)
        .put(screen.glyphs.raw, Style::Warn)
        .put(" ", Style::Plain);
    let note = match odd.reason {
        OddReason::NotARecord => String::new(),
        OddReason::Truncated => "(the file ends here) ".to_owned(),
        OddReason::TooLong => format!("({} bytes in one line) ", count(odd.whole_len)),
    };
    line.put(note, Style::Warn);
    let (text, cut) = shorten(&odd.text, is_full);
    line.put(text, Style::Dim);
    if cut.is_some() || odd.whole_len > odd.text.len() as u64 {
        line.put(screen.glyphs.cut, Style::Dim);
    }
    let room = if is_full { usize::MAX } else { screen.width };
    screen.write(&line.cut(room, screen.glyphs.cut), out)
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

fn service_style(nth: usize) -> Style {
    Style::Service(u8::try_from(nth % 5).unwrap_or(0))
}

/// Time since the start.
fn relative(nanos: i64, is_fine: bool) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with three decimals")]
    let ms = nanos as f64 / 1e6;
    if is_fine {
        format!("{ms:+.3}ms")
    } else {
        format!("{:+.3}s", ms / 1e3)
    }
}
