//! What every format must keep: one record is one line, nothing hidden stands in it raw, and what
//! was written reads back.

mod corpus;
mod property;
mod scalars;
mod wire;

use super::{Format, Json, Line, Precision};
use crate::level::Level;
use crate::parse::{parse, parse_json, parse_line};
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

fn text(format: &mut impl Format, record: &RecordBuf) -> String {
    let mut out = Vec::new();
    format.format(&record.as_record(), &mut out);
    String::from_utf8(out).expect("text is UTF-8")
}

/// What must not stand raw in any text, told apart from the table that the formats use: the standard
/// library knows the controls, and the rest is named here by what it does.
fn is_dangerous(character: char) -> bool {
    let code = u32::from(character);
    let within = |from: u32, to: u32| (from..=to).contains(&code);
    let line_ends = within(0x2028, 0x2029);
    let turns =
        code == 0x61c || within(0x200e, 0x200f) || within(0x202a, 0x202e) || within(0x2066, 0x2069);
    let widthless =
        code == 0xad || within(0x200b, 0x200d) || within(0x2060, 0x2064) || code == 0xfeff;
    let selectors = within(0xfe00, 0xfe0f) || within(0xe0100, 0xe01ef);
    let tags = within(0xe0000, 0xe007f);
    let annotations = within(0xfff9, 0xfffb);
    character.is_control() || line_ends || turns || widthless || selectors || tags || annotations
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
    let json = text(
        &mut Json::default().precision(Precision::Nanoseconds),
        record,
    );
    assert_one_clean_line(&json);
    let read = parse_json(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    // By Debug as well: it tells -0.0 from 0.0.
    assert_eq!(read, normal, "{json}");
    assert_eq!(format!("{read:?}"), format!("{normal:?}"), "{json}");

    let line = text(
        &mut Line::default().precision(Precision::Nanoseconds),
        record,
    );
    assert_one_clean_line(&line);
    let read = parse_line(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
    let normal = RecordBuf {
        trace_id: None,
        span_id: None,
        location: None,
        thread: None,
        ..normal
    };
    assert_eq!(read, normal, "{line}");
    assert_eq!(format!("{read:?}"), format!("{normal:?}"), "{line}");

    // A reader without our rules splits at the separator and finds the same parts.
    let parts = line.split(" | ").count();
    assert_eq!(
        parts,
        if record.fields.is_empty() { 6 } else { 7 },
        "{line}"
    );
    assert_eq!(parse(&line).as_ref(), Ok(&normal));
    assert!(parse(&json).is_ok());
}
