//! What must hold for every text and every record, whatever a fuzzer makes of them. The targets in `bin`
//! call these; each says what it found by a panic. Nothing is kept from one input to the next, so that
//! the input alone shows the defect again.

#![forbid(unsafe_code)]

mod damage;
mod groups;
mod script;
mod second_opinion;
pub mod session;
pub mod sites;
mod values;

pub use groups::{expected, next_sent};
pub use script::Script;
pub use second_opinion::assert_same_to_another_reader;
pub use values::{is_same, next_value};

use storyline::format::{Format, Json, Line, Logfmt, Precision, Pretty, is_hidden};
use storyline::parse::{ParseError, parse_json, parse_line};
use storyline::{Record, RecordBuf};

/// The input as text. What is no UTF-8 is replaced, as the command-line tool does, instead of being
/// thrown away: a mutation that splits a character is as good as any other.
pub fn text_of(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The message of an error stands on one line, hides nothing, and points into the text.
///
/// # Panics
///
/// When it does not.
pub fn assert_harmless(error: &ParseError, text: &str) {
    let shown = error.to_string();
    if let Some(found) = shown.chars().find(|it| is_hidden(*it)) {
        panic!("{found:?} stands raw in the error {shown:?}");
    }
    assert!(
        (1..=text.chars().count() + 1).contains(&error.column()),
        "{shown}: no such column in {text:?}"
    );
}

/// A record that was read is normal already: written again, as a line and as JSON, it reads back the same
/// and its text stays as it is.
///
/// # Panics
///
/// When it does not.
pub fn assert_reads_back(record: &RecordBuf) {
    assert_eq!(&record.normalised(), record, "what was read is normal");

    let mut format = Json::default().precision(Precision::Nanoseconds);
    let json = written(&mut format, &record.as_record());
    let again = parse_json(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    assert_eq!(&again, record, "{json}");
    // The text tells -0.0 from 0.0, which are equal. The same formatter now goes the way of its second record.
    assert_eq!(written(&mut format, &again.as_record()), json);
    assert_same_to_another_reader(&json, record);

    let mut format = Line::default().precision(Precision::Nanoseconds);
    let line = written(&mut format, &record.as_record());
    let again = parse_line(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
    assert_eq!(again, in_a_line(record), "{line}");
    assert_eq!(written(&mut format, &again.as_record()), line);
    let parts = if record.fields.is_empty() { 6 } else { 7 };
    assert_eq!(line.split(" | ").count(), parts, "{line}");

    // Nobody reads these two back, but they are one clean line as well.
    written(&mut Logfmt::default(), &record.as_record());
    written(&mut Pretty::default(), &record.as_record());
}

/// A record of any origin is written as one clean line in every format, by a formatter that knows its site
/// and by one that does not, and reads back as what it is when it is normal.
///
/// # Panics
///
/// When it is not.
pub fn assert_written(record: &Record<'_>) {
    let owned = record.to_owned();
    let normal = owned.normalised();

    let mut format = Json::default().precision(Precision::Nanoseconds);
    let json = written(&mut format, record);
    assert_eq!(written(&mut format, record), json, "a site that is known");
    assert_eq!(written(&mut format, &owned.as_record()), json, "by hand");
    let again = parse_json(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    assert_eq!(again, normal, "{json}");
    assert_same_to_another_reader(&json, &normal);

    let mut format = Line::default().precision(Precision::Nanoseconds);
    let line = written(&mut format, record);
    assert_eq!(written(&mut format, record), line, "a site that is known");
    assert_eq!(written(&mut format, &owned.as_record()), line, "by hand");
    let again = parse_line(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
    assert_eq!(again, in_a_line(&normal), "{line}");

    written(&mut Logfmt::default(), record);
    written(&mut Pretty::default(), record);
}

/// What a line says of a record.
fn in_a_line(record: &RecordBuf) -> RecordBuf {
    RecordBuf {
        trace_id: None,
        span_id: None,
        location: None,
        thread: None,
        ..record.clone()
    }
}

/// The text of a record: one line with its end, in which nothing hidden stands raw.
fn written(format: &mut impl Format, record: &Record<'_>) -> String {
    let mut out = Vec::new();
    format.format(record, &mut out);
    let text = String::from_utf8(out).expect("a format writes UTF-8");
    let line = text.strip_suffix('\n').expect("a record ends its line");
    if let Some(found) = line.chars().find(|it| is_hidden(*it)) {
        panic!("{found:?} stands raw in {line:?}");
    }
    text
}
