//! One event as words: its sign, its name, what is worth saying of its fields.

use storyline::{Level, RecordBuf, ValueBuf};

use super::read::Event;
use crate::judge::{Fact, is_of_loss, text};
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

/// What the fact alone says.
struct Told {
    sign: &'static str,
    head: Row,
    groups: Vec<Row>,
    /// The fields that need not be shown again.
    keys: &'static [&'static str],
}

pub(super) fn words(event: &Event, glyphs: &Glyphs, is_full: bool) -> Words {
    let record = &event.told.record;
    if event.told.is_beside {
        return beside(record, glyphs, is_full);
    }
    let fact = Fact::of(record);
    let style = match record.level {
        _ if event.is_first_error => Style::Worst,
        Level::Error | Level::Critical => Style::Bad,
        Level::Warning => Style::Warn,
        Level::Info => Style::Plain,
        _ => Style::Dim,
    };
    let Told {
        sign,
        mut head,
        mut groups,
        keys,
    } = tell(&fact, record, style, glyphs);
    if let Some(attempt) = event.attempt {
        head.put(format!(" #{attempt}"), Style::Warn);
    }
    groups.insert(0, head);
    if record.level == Level::Critical {
        groups.push(row("CRITICAL", Style::Bad));
    }
    for (key, value) in &record.fields {
        // The number after the name says it.
        let is_said = event.attempt.is_some() && key == "attempt";
        // How often a call was polled is for those who look for it.
        let is_poll =
            matches!(fact, Fact::Call { .. }) && matches!(key.as_str(), "busy_ms" | "polls");
        if !keys.contains(&key.as_str()) && !is_said && (is_full || !is_poll) {
            groups.push(field(key, value, glyphs, is_full));
        }
    }
    if !event.told.is_ended {
        let text = format!("{} the file ends here", glyphs.raw);
        groups.push(row(text, Style::Warn));
    }
    if event.is_first_error {
        let text = format!("{} first at {}", glyphs.response, record.level.name());
        groups.push(row(text, Style::Worst));
    }
    let style = match &fact {
        _ if style != Style::Plain => style,
        Fact::Call { outcome, .. } if outcome == "ok" => Style::Good,
        Fact::Request | Fact::Transition { .. } | Fact::Other => Style::Dim,
        _ => style,
    };
    Words {
        sign,
        style,
        groups,
    }
}

/// A record of no request: dim, unless it tells of a loss, and said to be none.
fn beside(record: &RecordBuf, glyphs: &Glyphs, is_full: bool) -> Words {
    let style = if is_of_loss(record) {
        Style::Bad
    } else {
        Style::Dim
    };
    let mut groups = vec![
        row(&record.event, style),
        row(record.level.name(), Style::Dim),
    ];
    let fields = record.fields.iter();
    groups.extend(fields.map(|(key, value)| field(key, value, glyphs, is_full).dimmed()));
    groups.push(row("(of no request)", Style::Dim));
    Words {
        sign: glyphs.beside,
        style,
        groups,
    }
}

fn tell(fact: &Fact<'_>, record: &RecordBuf, style: Style, glyphs: &Glyphs) -> Told {
    let strong = if style == Style::Plain {
        Style::Bold
    } else {
        style
    };
    let told = |sign, name: &str, style, groups, keys| Told {
        sign,
        head: row(name, style),
        groups,
        keys,
    };
    let event = record.event.as_str();
    match fact {
        Fact::Request => told(glyphs.request, event, Style::Bold, Vec::new(), &[]),
        Fact::Response { status, .. } => {
            let how = match status {
                Some(500..) => Style::Bad,
                Some(400..) => Style::Warn,
                _ => Style::Good,
            };
            let status = status.map_or_else(|| "?".to_owned(), |it| it.to_string());
            let groups = vec![row(status, how)];
            let keys = &["status", "duration_ms"];
            told(glyphs.response, event, Style::Bold, groups, keys)
        }
        Fact::Call {
            name,
            dependency,
            outcome,
            ..
        } => {
            let to = |it| row(format!("{} {it}", glyphs.arrow), Style::Dim);
            let mut groups: Vec<_> = dependency.iter().map(to).collect();
            let sign = call(outcome, &mut groups, glyphs);
            let keys = &["name", "dependency", "outcome", "duration_ms"];
            told(sign, name, strong, groups, keys)
        }
        Fact::Started { name } => {
            let groups = vec![row("started", Style::Dim)];
            told(glyphs.event, name, Style::Dim, groups, &["name"])
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
            let mut groups = vec![row(format!("{from} {arrow} {to}"), style)];
            if *is_illegal {
                groups.push(row("refused", Style::Bad));
            }
            let keys = &["machine", "from", "to", "in_state_ms"];
            told(glyphs.state, machine, strong, groups, keys)
        }
        Fact::RequestCancelled { .. } => {
            let groups = vec![row("the client went away", Style::Dim)];
            told(glyphs.cancelled, event, style, groups, &["duration_ms"])
        }
        Fact::RequestFailed { .. } => {
            told(glyphs.error, event, style, Vec::new(), &["duration_ms"])
        }
        Fact::Panic { .. } => told(glyphs.panic, event, style, Vec::new(), &["duration_ms"]),
        Fact::Retry { .. } => told(glyphs.retry, event, Style::Warn, Vec::new(), &["attempt"]),
        Fact::Died { .. } | Fact::Dropped { .. } | Fact::Other => {
            let sign = match record.level {
                Level::Error | Level::Critical => glyphs.error,
                Level::Warning => glyphs.warning,
                _ => glyphs.event,
            };
            told(sign, event, style, Vec::new(), &[])
        }
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
        "msg" | "message" => Style::Bold,
        "slow" => Style::Warn,
        _ => Style::Plain,
    };
    if let ("duration_ms", Some(ms)) = (key, crate::judge::number(value)) {
        // The value has its unit.
        row.put("duration=", Style::Dim).put(millis(ms), style);
        return row;
    }
    row.put(key, Style::Dim).put("=", Style::Dim);
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
