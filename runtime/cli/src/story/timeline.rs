//! The rows of a story: when, where, what, how long, and where on the time axis.

use std::io::{self, Write};

use super::read::{Event, Story, nanos};
use super::rows::{row, shorten, words};
use crate::input::{Odd, OddReason};
use crate::show::{Row, Screen, Style, columns, count, millis, wrap};

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
    pub(super) fn write_timeline(
        &self,
        screen: &Screen,
        is_full: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let layout = self.layout(screen);
        self.write_axis(&layout, screen, out)?;
        for odd in &self.before {
            write_odd(odd, &layout, screen, is_full, out)?;
        }
        for event in &self.events {
            self.write_event(event, &layout, screen, is_full, out)?;
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
            _ if event.told.is_beside => Style::Dim,
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

pub(super) fn service_style(nth: usize) -> Style {
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
