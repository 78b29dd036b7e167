//! A line that a death has cut short is closed with a mark. Wherever it was cut, nobody takes it for a
//! record: the whole one follows behind it.

use crate::ledger::CUT;
use storyline::format::{Format, Json, Line, Precision};
use storyline::parse::parse;
use storyline::{Level, LocationBuf, RecordBuf, Timestamp, ValueBuf};

fn value(at: usize) -> Option<ValueBuf> {
    let text = |it: &str| ValueBuf::Str(it.to_owned());
    let values = [
        ValueBuf::None,
        ValueBuf::Bool(true),
        ValueBuf::Bool(false),
        ValueBuf::Int(-12_345),
        ValueBuf::UInt(u64::MAX),
        ValueBuf::BigInt(i128::MIN),
        ValueBuf::BigUInt(u128::MAX),
        ValueBuf::Float(1.5e-300),
        ValueBuf::Float(f64::NAN),
        ValueBuf::Float(f64::NEG_INFINITY),
        ValueBuf::Float32(0.1),
        ValueBuf::Char('…'),
        ValueBuf::Char('"'),
        ValueBuf::Duration(std::time::Duration::from_nanos(1_500_000_001)),
        ValueBuf::Ip("2001:db8::7".parse().expect("an address")),
        ValueBuf::Time(1_781_230_027_418_000_000),
        ValueBuf::Json(r#"{"a":[1,{"b":"c d"},null],"e":"…(cut)"}"#.to_owned()),
        ValueBuf::Json("[]".to_owned()),
        ValueBuf::Cut {
            text: "the beginning".to_owned(),
            original_len: 100_000,
        },
        text("bare-word"),
        text(""),
        text("in quotes, with \" and \\ and \n and ü"),
        text("…(cut)"),
        text("}…(cut)"),
        text("12"),
        text("x=1 y=2 | z"),
    ];
    values.into_iter().nth(at)
}

fn record(fields: Vec<(String, ValueBuf)>, is_rich: bool) -> RecordBuf {
    let some = |it: &str| is_rich.then(|| it.to_owned());
    RecordBuf {
        timestamp: Timestamp::from_nanos(1_781_230_027_418_123_456),
        level: Level::Warning,
        service: if is_rich { "ä shop" } else { "shop" }.to_owned(),
        pid: 12_345,
        request_id: some("r-77"),
        trace_id: some("4bf92f3577b34da6a3ce929d0e0e4736"),
        span_id: some("00f067aa0ba902b7"),
        event: if is_rich { "an event" } else { "order_paid" }.to_owned(),
        location: is_rich.then(|| LocationBuf {
            module: "shop::orders".to_owned(),
            file: "src/orders.rs".to_owned(),
            line: 42,
        }),
        thread: some("main"),
        fields,
    }
}

#[test]
fn no_line_that_was_cut_is_taken_for_a_record() {
    let mut records = Vec::new();
    let mut all = Vec::new();
    for (key, value) in (0..).map_while(value).enumerate() {
        all.push((format!("k{key}"), value.clone()));
        // The last value alone, and behind others.
        for is_rich in [false, true] {
            records.push(record(vec![("key".to_owned(), value.clone())], is_rich));
            records.push(record(all.clone(), is_rich));
        }
    }
    records.extend([record(Vec::new(), false), record(Vec::new(), true)]);
    let mut cuts = 0;
    let mut wrong = Vec::new();
    for record in &records {
        let precisions = [Precision::Seconds, Precision::Nanoseconds];
        let formats = precisions.into_iter().flat_map(|it| {
            let line: Box<dyn Format> = Box::new(Line::default().precision(it));
            [line, Box::new(Json::default().precision(it))]
        });
        for mut format in formats {
            let mut bytes = Vec::new();
            format.format(&record.as_record(), &mut bytes);
            assert_eq!(bytes.pop(), Some(b'\n'));
            let whole = String::from_utf8(bytes.clone()).expect("text");
            parse(&whole).unwrap_or_else(|error| panic!("{error}: {whole}"));
            for len in 0..=bytes.len() {
                let cut = format!("{}{CUT}", String::from_utf8_lossy(&bytes[..len]));
                cuts += 1;
                if parse(&cut).is_ok() || parse(&format!("{cut}\n")).is_ok() {
                    wrong.push(cut);
                }
            }
        }
    }
    assert!(cuts > 10_000, "{cuts}");
    assert!(
        wrong.is_empty(),
        "{} of {cuts}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
}
