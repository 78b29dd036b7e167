//! Requests as a table or as JSON, chosen and sorted.

use std::cmp::Ordering;
use std::collections::BTreeMap;
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
            .then(left.id.cmp(right.id))
            .then(left.nth.cmp(&right.nth));
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
    /// Which one of this id it is, from one on, and how many there were.
    exchange: u32,
    exchanges: u32,
    /// How many the answering service had at one time, told as one.
    at_once: u32,
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
                exchange: it.nth,
                exchanges: it.of,
                at_once: it.at_once,
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
            ("of one id", Align::Whole),
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
        let mut by_outcome = BTreeMap::new();
        for it in self.iter() {
            *by_outcome.entry(it.outcome).or_insert(0) += 1;
        }
        for (outcome, number) in by_outcome.into_iter().rev() {
            line.put(&dot, Style::Dim);
            let text = format!("{} {}", count(number), outcome.name());
            line.put(text, style_of(outcome));
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

/// How the word for an ending looks.
pub(crate) fn style_of(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Ok => Style::Good,
        Outcome::Refused | Outcome::Cancelled | Outcome::Unfinished => Style::Warn,
        Outcome::Failed | Outcome::Died | Outcome::Panicked => Style::Bad,
    }
}

/// What is said where an id stands for several requests.
fn of_one_id(it: &Summary<'_>) -> String {
    let (nth, of, at_once) = (it.nth, it.of, it.at_once);
    match (of > 1, at_once > 1) {
        (false, false) => String::new(),
        (true, false) => format!("{nth} of {of}"),
        (false, true) => format!("{at_once} at once"),
        (true, true) => format!("{nth} of {of}, {at_once} at once"),
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
        cell(of_one_id(it), Style::Warn),
        cell(it.outcome.name().to_owned(), style_of(it.outcome)),
        cell(status, style_of(it.outcome)),
        took,
        cell(it.request.unwrap_or_default().to_owned(), Style::Plain),
        cell(count(it.records), Style::Plain),
        errors,
        cell(it.first_error.unwrap_or_default().to_owned(), Style::Bad),
        cell(services, Style::Plain),
    ]
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn the_help_lists_the_outcomes_from_worst_to_best() {
        let names = Outcome::value_variants().iter().map(|it| it.name());
        let names: Vec<_> = names.collect();
        let value = Sort::Outcome.to_possible_value().expect("a word");
        let help = value.get_help().expect("a line").to_string();
        assert_eq!(help, format!("The worst: {}", names.join(", ")));
    }

    #[test]
    fn an_outcome_is_called_the_same_everywhere() {
        for outcome in Outcome::value_variants() {
            let option = outcome.to_possible_value().expect("a word");
            assert_eq!(option.get_name(), outcome.name());
            let json = serde_json::to_string(outcome).expect("a text");
            assert_eq!(json, format!("\"{}\"", outcome.name()));
        }
    }
}
