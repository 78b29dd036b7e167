//! One event as words: its sign, its name, what is worth saying of its fields.

use storyline::{Level, ValueBuf};

use super::read::Event;
use crate::judge::{Fact, text};
use crate::show::{Glyphs, Row, Style, millis};

/// The words of one event.
pub(super) struct Words {
    pub(super) sign: &'static str,
    pub(super) style: Style,
    /// Groups that stay together when the line is wrapped.
    pub(super) groups: Vec<Row>,
}

/// How many characters of one value are shown, unless all are asked for.
const VALUE: usize = 400;

pub(super) fn words(event: &Event, glyphs: &Glyphs, is_full: bool) -> Words {
    let record = &event.told.record;
    let fact = Fact::of(record);
    let style = match record.level {
        _ if event.is_first_error => Style::Worst,
        Level::Error | Level::Critical => Style::Bad,
        Level::Warning => Style::Warn,
        Level::Info => Style::Plain,
        _ => Style::Dim,
    };
    let mut head = Row::default();
    let mut groups = Vec::new();
    let mut told: &[&str] = &[];
    let sign = match &fact {
        Fact::Request => {
            head.put("request_received", Style::Bold);
            glyphs.request
        }
        Fact::Response { status, .. } => {
            let how = match status {
                Some(500..) => Style::Bad,
                Some(400..) => Style::Warn,
                _ => Style::Good,
            };
            head.put("response_sent", Style::Bold);
            let status = status.map_or_else(|| "?".to_owned(), |it| it.to_string());
            groups.push(row(status, how));
            told = &["status", "duration_ms"];
            glyphs.response
        }
        Fact::Call {
            name,
            dependency,
            outcome,
            ..
        } => {
            head.put(
                name,
                if style == Style::Plain {
                    Style::Bold
                } else {
                    style
                },
            );
            if let Some(dependency) = dependency {
                groups.push(row(format!("{} {dependency}", glyphs.arrow), Style::Dim));
            }
            told = &["name", "dependency", "outcome", "duration_ms"];
            call(outcome, &mut groups, glyphs)
        }
        Fact::Started { name } => {
            head.put(name, Style::Dim);
            groups.push(row("started", Style::Dim));
            told = &["name"];
            glyphs.event
        }
        Fact::Transition {
            machine,
            from,
            to,
            is_illegal,
            ..
        } => {
            let arrow = if *is_illegal {
                glyphs.refused
            } else {
                glyphs.arrow
            };
            head.put(machine, if *is_illegal { style } else { Style::Bold });
            groups.push(row(format!("{from} {arrow} {to}"), style));
            if *is_illegal {
                groups.push(row("refused", Style::Bad));
            }
            told = &["machine", "from", "to", "in_state_ms"];
            glyphs.state
        }
        Fact::RequestCancelled { .. } => {
            head.put("request_cancelled", style);
            groups.push(row("the client went away", Style::Dim));
            told = &["duration_ms"];
            glyphs.cancelled
        }
        Fact::RequestFailed { .. } => {
            head.put("request_failed", style);
            told = &["duration_ms"];
            glyphs.error
        }
        Fact::Panic { .. } => {
            head.put(&record.event, style);
            told = &["duration_ms"];
            glyphs.panic
        }
        Fact::Retry { .. } => {
            head.put(&record.event, Style::Warn);
            told = &["attempt"];
            glyphs.retry
        }
        Fact::Other => {
            head.put(&record.event, style);
            match record.level {
                Level::Error | Level::Critical => glyphs.error,
                Level::Warning => glyphs.warning,
                _ => glyphs.event,
            }
        }
    };
    if let Some(attempt) = event.attempt {
        head.put(format!(" #{attempt}"), Style::Warn);
    }
    groups.insert(0, head);
    if record.level == Level::Critical {
        groups.push(row("CRITICAL", Style::Bad));
    }
    for (key, value) in &record.fields {
        if !told.contains(&key.as_str()) {
            groups.push(field(key, value, glyphs, is_full));
        }
    }
    if event.is_first_error {
        groups.push(row(
            format!("{} first error", glyphs.response),
            Style::Worst,
        ));
    }
    let sign_style = match &fact {
        Fact::Call { outcome, .. } if outcome == "ok" && style == Style::Plain => Style::Good,
        Fact::Request | Fact::Transition { .. } if style == Style::Plain => Style::Dim,
        Fact::Other if style == Style::Plain => Style::Dim,
        _ => style,
    };
    Words {
        sign,
        style: sign_style,
        groups,
    }
}

/// How a timed call ended, in a word and a sign.
fn call(outcome: &str, groups: &mut Vec<Row>, glyphs: &Glyphs) -> &'static str {
    let (sign, word, style) = match outcome {
        "ok" => return glyphs.done,
        "returned" | "left" => (glyphs.done, outcome, Style::Dim),
        "err" => (glyphs.error, "failed", Style::Bad),
        "panic" => (glyphs.panic, "panicked", Style::Bad),
        "cancelled" => (glyphs.cancelled, "cancelled", Style::Warn),
        other => (glyphs.event, other, Style::Plain),
    };
    groups.push(row(word, style));
    sign
}

/// `key=value`, or the value alone where it speaks for itself.
fn field(key: &str, value: &ValueBuf, glyphs: &Glyphs, is_full: bool) -> Row {
    let mut row = Row::default();
    let style = match key {
        "error" => Style::Bad,
        "msg" => Style::Bold,
        "slow" => Style::Warn,
        _ => Style::Plain,
    };
    row.put(key, Style::Dim).put("=", Style::Dim);
    if let ("duration_ms", Some(ms)) = (key, crate::judge::number(value)) {
        row.put(millis(ms), style);
        return row;
    }
    let (shown, cut) = shorten(&text(value), is_full);
    // Quotes only where the text would otherwise run into its neighbours.
    let is_word = !shown.is_empty() && !shown.contains([' ', '=', '"']);
    if is_word || !matches!(value, ValueBuf::Str(_) | ValueBuf::Cut { .. }) {
        row.put(shown, style);
    } else {
        row.put(format!("\"{}\"", shown.replace('"', "\\\"")), style);
    }
    let whole = match value {
        ValueBuf::Cut { original_len, .. } => Some(*original_len),
        _ => cut,
    };
    if let Some(bytes) = whole {
        let bytes = crate::show::plural(bytes, "byte", "bytes");
        row.put(format!("{} ({bytes})", glyphs.cut), Style::Dim);
    }
    row
}

/// The beginning of a long text, and the length of the whole when that is not all.
pub(super) fn shorten(text: &str, is_full: bool) -> (String, Option<u64>) {
    let end = text.char_indices().nth(VALUE).map(|(at, _)| at);
    match end {
        Some(end) if !is_full => (text[..end].to_owned(), Some(text.len() as u64)),
        _ => (text.to_owned(), None),
    }
}

pub(super) fn row(text: impl AsRef<str>, style: Style) -> Row {
    let mut row = Row::default();
    row.put(text, style);
    row
}
