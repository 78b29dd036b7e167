//! Records in every format, and the label that a format has with its scrubber.

use super::super::*;
use crate::format::{Json, Line, Logfmt, Pretty};
use crate::level::Level;
use crate::parse;
use crate::record::{RecordBuf, Timestamp};

fn record(fields: Vec<(&str, ValueBuf)>) -> RecordBuf {
    RecordBuf {
        timestamp: Timestamp::from_nanos(1_781_230_027_418_000_000),
        level: Level::Info,
        service: "shop".to_owned(),
        pid: 7,
        request_id: Some("4111111111111111".to_owned()),
        trace_id: None,
        span_id: None,
        event: "order_paid".to_owned(),
        location: None,
        thread: None,
        fields: fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    }
}

#[test]
fn every_format_stays_one_readable_line() {
    let card = 4_111_111_111_111_111;
    let record = record(vec![
        ("text", ValueBuf::Str("a\n4111 1111 1111 1111".to_owned())),
        ("int", ValueBuf::Int(-card)),
        ("uint", ValueBuf::UInt(card.unsigned_abs())),
        ("big", ValueBuf::BigInt(card.into())),
        ("ubig", ValueBuf::BigUInt(card.unsigned_abs().into())),
        (
            "json",
            ValueBuf::Json("{\"n\":4111111111111111}".to_owned()),
        ),
        (
            "cut",
            ValueBuf::Cut {
                text: "4111111111111111 ".to_owned(),
                original_len: 70_000,
            },
        ),
        ("url", ValueBuf::Str("x/4111111111111111".to_owned())),
        ("amount", ValueBuf::UInt(500)),
    ]);
    let mut record = record.as_record();
    record.message = Some("paid by 4111111111111111");
    for format in [
        Box::new(Line::default()) as Box<dyn Format>,
        Box::new(Json::default()),
        Box::new(Logfmt::default()),
        Box::new(Pretty::default()),
    ] {
        let readable = format.label().starts_with("line") || format.label().starts_with("json");
        let mut out = Vec::new();
        Scrubbed::boxed(format).format(&record, &mut out);
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text.matches('\n').count(), 1, "{text}");
        assert!(!text.replace(' ', "").contains("4111"), "{text}");
        assert_eq!(text.matches("[card]").count(), 10, "{text}");
        if readable {
            let read = parse::parse(&text).expect("a record");
            assert_eq!(
                read.field("uint"),
                Some(&ValueBuf::Str("[card]".to_owned()))
            );
            assert_eq!(read.field("amount"), Some(&ValueBuf::Int(500)));
            assert_eq!(read.fields.len(), 10);
        }
    }
}

#[test]
fn what_holds_nothing_is_written_as_without() {
    let mut record = record(vec![
        (
            "text",
            ValueBuf::Str("no number here, not at all".to_owned()),
        ),
        ("n", ValueBuf::UInt(1_781_230_027_418_123_456)),
        ("pi", ValueBuf::Float(4_111_111_111_111_111.0)),
        ("json", ValueBuf::Json("[1,2]".to_owned())),
    ]);
    record.request_id = None;
    let record = record.as_record();
    assert!(Clean::of(&record).is_none());
    let (mut with, mut without) = (Vec::new(), Vec::new());
    Scrubbed::new(Line::default()).format(&record, &mut with);
    Line::default().format(&record, &mut without);
    assert_eq!(with, without);
}

#[test]
fn a_label_keeps_the_scrubber() {
    for inner in ["line:3", "json:6", "logfmt:9", ""] {
        let label = format!("{inner}{SUFFIX}");
        let format = of_label(&label);
        let expected = if inner.is_empty() {
            "line:3+scrubbed"
        } else {
            &label
        };
        assert_eq!(format.label(), expected);
        assert!(!of_label(inner).label().contains(SUFFIX));
    }
}
