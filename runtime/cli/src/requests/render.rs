//! Requests as a table or as JSON, chosen and sorted.

use std::cmp::Ordering;
use std::io::{self, Write};

use serde::Serialize;

use super::group::{Requests, Summary};
use crate::judge::Outcome;
use crate::show::{Align, Moment, Row, Screen, Style, Table, count, millis, plural};

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Sort {
    /// The oldest
    #[default]
    Start,
    /// The longest
    Duration,
    /// The one with most errors
    Errors,
    /// The worst: panicked, died, failed, cancelled, unfinished, refused, ok
    Outcome,
}

/// Which requests, in which order.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// What comes first.
    pub sort: Sort,
    /// The other way round.
    pub is_reversed: bool,
    /// Only these; all when empty.
    pub outcomes: Vec<Outcome>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Selection {
    fn order(&self, left: &Summary<'_>, right: &Summary<'_>) -> Ordering {
        let first = match self.sort {
            Sort::Start => Ordering::Equal,
            Sort::Duration => right.ms.total_cmp(&left.ms),
            Sort::Errors => right.errors.cmp(&left.errors),
            Sort::Outcome => left.outcome.cmp(&right.outcome),
        };
        let order = first
            .then(left.start.cmp(&right.start))
            .then(left.id.cmp(right.id));
        if self.is_reversed {
            order.reverse()
        } else {
            order
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    request_id: &'a str,
    start: String,
    end: String,
    outcome: Outcome,
    status: Option<u16>,
    duration_ms: f64,
    request: Option<&'a str>,
    first_error: Option<&'a str>,
    records: u64,
    errors: u64,
    services: Vec<&'a str>,
}

impl Requests {
    fn select(&self, selection: &Selection) -> (Vec<Summary<'_>>, usize) {
        let wanted = &selection.outcomes;
        let chosen = self
            .iter()
            .filter(|it| wanted.is_empty() || wanted.contains(&it.outcome));
        let mut rows: Vec<_> = chosen.collect();
        let found = rows.len();
        rows.sort_by(|left, right| selection.order(left, right));
        rows.truncate(selection.limit.unwrap_or(usize::MAX));
        (rows, found)
    }

    /// Writes one JSON object a line.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write_json(&self, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
        for it in self.select(selection).0 {
            let line = Line {
                request_id: it.id,
                start: Moment(it.start).rfc3339(),
                end: Moment(it.end).rfc3339(),
                outcome: it.outcome,
                status: it.status,
                duration_ms: it.ms,
                request: it.request,
                first_error: it.first_error,
                records: it.records,
                errors: it.errors,
                services: it.services,
            };
            crate::json::write(&line, out)?;
        }
        Ok(())
    }

    /// Writes a table and the sums under it.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(
        &self,
        selection: &Selection,
        screen: &Screen,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (rows, found) = self.select(selection);
        let shown = rows.len();
        // One date is a heading, several are a part of each row.
        let first = rows.first().map(|it| Moment(it.start).date());
        let date = first.filter(|first| rows.iter().all(|it| Moment(it.start).date() == *first));
        let start = match &date {
            Some(date) => format!("{date} UTC"),
            None => "start (UTC)".to_owned(),
        };
        let mut table = Table::new(&[
            (&start, Align::Whole),
            ("id", Align::Whole),
            ("outcome", Align::Whole),
            ("", Align::Right),
            ("took", Align::Right),
            ("request", Align::Left),
            ("records", Align::Right),
            ("at ERROR", Align::Right),
            ("first at ERROR", Align::Left),
            ("services", Align::Left),
        ])
        .spare(&[
            "records",
            "at ERROR",
            "services",
            "request",
            "first at ERROR",
        ]);
        for it in rows {
            let start = Moment(it.start);
            let start = if date.is_some() {
                start.time()
            } else {
                start.to_string()
            };
            table.row(cells(&it, start, screen));
        }
        if shown > 0 {
            table.write(screen, out)?;
            screen.write(&Row::default(), out)?;
        }
        self.write_sums(shown, found, screen, out)
    }

    fn write_sums(
        &self,
        shown: usize,
        found: usize,
        screen: &Screen,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let dot = format!(" {} ", screen.glyphs.dot);
        let mut line = Row::default();
        let total = plural(self.count(), "request", "requests");
        if shown < found || found as u64 != self.count() {
            let shown = count(shown as u64);
            line.put(format!("{shown} shown of {total}"), Style::Plain);
        } else {
            line.put(total, Style::Plain);
        }
        let mut by_outcome = [0_u64; ORDER.len()];
        for it in self.iter() {
            by_outcome[it.outcome as usize] += 1;
        }
        for outcome in ORDER {
            let number = by_outcome[outcome as usize];
            if number > 0 {
                line.put(&dot, Style::Dim);
                let text = format!("{} {}", count(number), outcome.name());
                line.put(text, style(outcome));
            }
        }
        screen.write(&line, out)?;
        if self.let_go() > 0 {
            let mut line = Row::default();
            let text = format!(
                "the {} with the oldest last records were let go to stay within memory \
                 (--max-requests); a late record of one begins a new row",
                count(self.let_go())
            );
            line.put(text, Style::Warn);
            screen.write(&line, out)?;
        }
        crate::notes::write_missing(self.missing(), screen, out)?;
        let none = self.without_request();
        crate::notes::write(&self.tally(), none, screen, out)
    }
}

const ORDER: [Outcome; 7] = [
    Outcome::Ok,
    Outcome::Refused,
    Outcome::Unfinished,
    Outcome::Cancelled,
    Outcome::Failed,
    Outcome::Died,
    Outcome::Panicked,
];

fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Ok => Style::Good,
        Outcome::Refused | Outcome::Cancelled | Outcome::Unfinished => Style::Warn,
        Outcome::Failed | Outcome::Died | Outcome::Panicked => Style::Bad,
    }
}

fn cells(it: &Summary<'_>, start: String, screen: &Screen) -> Vec<Row> {
    let cell = |text: String, style| {
        let mut row = Row::default();
        row.put(text, style);
        row
    };
    let errors = if it.errors > 0 {
        cell(count(it.errors), Style::Bad)
    } else {
        cell("0".to_owned(), Style::Dim)
    };
    let services = it.services.join(&format!(" {} ", screen.glyphs.arrow));
    let status = it.status.map_or_else(String::new, |it| it.to_string());
    // One record has no duration.
    let took = if it.ms > 0.0 {
        cell(millis(it.ms), Style::Plain)
    } else {
        cell("-".to_owned(), Style::Dim)
    };
    vec![
        cell(start, Style::Dim),
        cell(it.id.to_owned(), Style::Bold),
        cell(it.outcome.name().to_owned(), style(it.outcome)),
        cell(status, style(it.outcome)),
        took,
        cell(it.request.unwrap_or_default().to_owned(), Style::Plain),
        cell(count(it.records), Style::Plain),
        errors,
        cell(it.first_error.unwrap_or_default().to_owned(), Style::Bad),
        cell(services, Style::Plain),
    ]
}
