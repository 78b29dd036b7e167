//! What every format must keep: one record is one line, nothing hidden stands in it raw, and what
//! was written reads back.

mod documentation;
mod errors;
mod hostile;
mod property;
mod scalars;
mod wire;

use super::{Format, Json, Line, Precision};
use crate::level::Level;
use crate::parse::{parse_json, parse_line};
use crate::record::{RecordBuf, Timestamp};
use crate::value::ValueBuf;

/// A record of which a test changes what it is about.
fn record() -> RecordBuf {
    RecordBuf {
        timestamp: Timestamp(1_781_230_027_418_123_456),
        level: Level::Error,
        service: "payment-service".to_owned(),
        pid: 12345,
        request_id: Some("abc123".to_owned()),
        trace_id: None,
        span_id: None,
        event: "gateway_timeout".to_owned(),
        location: None,
        thread: None,
        fields: Vec::new(),
    }
}

fn with(fields: &[(&str, ValueBuf)]) -> RecordBuf {
    RecordBuf {
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
        ..record()
    }
}

fn str(text: &str) -> ValueBuf {
    ValueBuf::Str(text.to_owned())
}

fn text(format: &mut impl Format, record: &RecordBuf) -> String {
    let mut out = Vec::new();
    format.format(&record.as_record(), &mut out);
    String::from_utf8(out).expect("text is UTF-8")
}

#[expect(clippy::match_same_arms, reason = "each line is a reason of its own")]
/// What must not stand raw in any text, told apart from the table that the formats use: named here by
/// what it does.
fn is_dangerous(character: char) -> bool {
    match character {
        ' '..='~' => false,
        // Controls, old and new.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Ends of lines and of paragraphs.
        '\u{2028}' | '\u{2029}' => true,
        // What turns the direction of a line.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        // What has no width.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        // Variation selectors and tags, which can carry text that nobody sees.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}' => true,
        // Annotations between lines.
        '\u{fff9}'..='\u{fffb}' => true,
        _ => false,
    }
}

#[track_caller]
fn assert_one_clean_line(text: &str) {
    let line = text.strip_suffix('\n').expect("ends its line");
    if let Some(found) = line.chars().find(|it| is_dangerous(*it)) {
        panic!("{found:?} stands raw in {line:?}");
    }
}

/// Writes the record as a line and as JSON and reads both back.
#[track_caller]
fn assert_reads_back(record: &RecordBuf) {
    let normal = record.normalised();
    let (mut line, mut json) = (Line::default(), Json::default());
    line = line.precision(Precision::Nanoseconds);
    json = json.precision(Precision::Nanoseconds);
    let (from_line, from_json) = assert_round(record, &normal, &mut line, &mut json);
    // Equal floats need not be the same: -0.0 is 0.0. Their Debug tells them apart.
    assert_eq!(format!("{from_json:?}"), format!("{normal:?}"));
    assert_eq!(
        format!("{:?}", from_line.fields),
        format!("{:?}", normal.fields)
    );
}

/// The same with formatters of nanosecond precision, for very many records; gives what was read.
#[track_caller]
fn assert_round(
    record: &RecordBuf,
    normal: &RecordBuf,
    line: &mut Line,
    json: &mut Json,
) -> (RecordBuf, RecordBuf) {
    let json = text(json, record);
    assert_one_clean_line(&json);
    let from_json = parse_json(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    assert_eq!(&from_json, normal, "{json}");

    let line = text(line, record);
    assert_one_clean_line(&line);
    let from_line = parse_line(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
    let normal = RecordBuf {
        trace_id: None,
        span_id: None,
        location: None,
        thread: None,
        ..normal.clone()
    };
    assert_eq!(from_line, normal, "{line}");

    // A reader without our rules splits at the separator and finds the same parts.
    let parts = line.split(" | ").count();
    let expected = if record.fields.is_empty() { 6 } else { 7 };
    assert_eq!(parts, expected, "{line}");
    (from_line, from_json)
}
