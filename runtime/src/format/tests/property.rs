//! Records of any values, generated.

use core::net::IpAddr;
use core::time::Duration;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::assert_reads_back;
use crate::format::{Format as _, Json, Line, Precision, RESERVED};
use crate::level::Level;
use crate::parse::parse;
use crate::record::{LocationBuf, RecordBuf, Timestamp};
use crate::value::ValueBuf;

/// Text of everything that has a meaning somewhere, and of anything else.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,6}",
        "[a-z_]{1,8}",
        "[0-9+\\-.eE]{1,6}",
        prop::sample::select(vec![
            " | ",
            "|",
            "=",
            " ",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{2028}",
            "\u{200b}",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "false",
            "NaN",
            "-inf",
            "-",
            "007",
            "0x10",
            "req=-",
            "pid=1",
            "\\u0041",
            "\u{0}",
            "\u{85}",
            "é",
            "🎉",
            "{}",
            "%n",
            "${jndi:ldap://x}",
        ])
        .prop_map(str::to_owned),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|it| it.to_string()),
        any::<i128>().prop_map(|it| it.to_string()),
        any::<f64>().prop_filter_map("is a number", |it| it
            .is_finite()
            .then(|| format!("{it:e}"))),
        any_text().prop_map(|it| format!("\"{}\"", it.replace(['"', '\\'], "\\\""))),
        any_text().prop_map(|it| {
            let units = it.encode_utf16().map(|unit| format!("\\u{unit:04X}"));
            format!("\"{}\"", units.collect::<String>())
        }),
        any_text(),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let space = prop::sample::select(vec!["", " ", "\n\t"]);
        prop_oneof![
            (vec(inner.clone(), 0..4), space.clone())
                .prop_map(|(items, space)| format!("[{space}{}]", items.join(","))),
            (vec((any_text(), inner), 0..4), space).prop_map(|(items, space)| {
                let pairs = items.iter().map(|(key, value)| {
                    format!("\"{}\"{space}:{value}{space}", key.replace(['"', '\\'], ""))
                });
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

fn any_value() -> impl Strategy<Value = ValueBuf> {
    let whole = prop_oneof![
        Just(ValueBuf::None),
        any::<bool>().prop_map(ValueBuf::Bool),
        any::<i64>().prop_map(ValueBuf::Int),
        any::<u64>().prop_map(ValueBuf::UInt),
        any::<i128>().prop_map(ValueBuf::BigInt),
        any::<i64>().prop_map(|it| ValueBuf::BigInt(it.into())),
        any::<u128>().prop_map(ValueBuf::BigUInt),
        any::<u64>().prop_map(|it| ValueBuf::BigUInt(it.into())),
    ];
    let broken = prop_oneof![
        any::<u64>().prop_map(|it| ValueBuf::Float(f64::from_bits(it))),
        any::<f64>().prop_map(ValueBuf::Float),
        any::<u32>().prop_map(|it| ValueBuf::Float32(f32::from_bits(it))),
        any::<u64>().prop_map(|it| ValueBuf::Millis(f64::from_bits(it))),
        (0.0..1e7_f64).prop_map(ValueBuf::Millis),
        (0.0..2_f64).prop_map(ValueBuf::Millis),
    ];
    let texts = prop_oneof![
        any::<char>().prop_map(ValueBuf::Char),
        any_text().prop_map(ValueBuf::Str),
        (any_text(), any::<u64>())
            .prop_map(|(text, original_len)| ValueBuf::Cut { text, original_len }),
        any::<(u64, u32)>()
            .prop_map(|(s, n)| ValueBuf::Duration(Duration::new(s, n % 1_000_000_000))),
        any::<IpAddr>().prop_map(ValueBuf::Ip),
        any::<i128>().prop_map(ValueBuf::Time),
        any::<i64>().prop_map(|it| ValueBuf::Time(it.into())),
        any_json().prop_map(ValueBuf::Json),
    ];
    prop_oneof![whole, broken, texts]
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z_]{1,8}",
        2 => "[a-b]",
        2 => any_text(),
        1 => prop::sample::select(RESERVED.to_vec()).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["msg", "a_2", "level_2", ""]).prop_map(str::to_owned),
    ]
}

fn any_record() -> impl Strategy<Value = RecordBuf> {
    let head = (
        any::<i64>(),
        prop::sample::select(Level::ALL.to_vec()),
        any_text(),
        any::<u32>(),
        option::of(any_text()),
        any_text(),
    );
    let location = (any_text(), any_text(), any::<u32>())
        .prop_map(|(module, file, line)| LocationBuf { module, file, line });
    let tail = (
        option::of(any_text()),
        option::of(any_text()),
        option::of(location),
        option::of(any_text()),
    );
    let fields = prop_oneof![9 => vec((any_key(), any_value()), 0..8), 1 => vec((any_key(), any_value()), 25..60)];
    (head, tail, fields).prop_map(|(head, tail, fields)| RecordBuf {
        timestamp: Timestamp(head.0),
        level: head.1,
        service: head.2,
        pid: head.3,
        request_id: head.4,
        trace_id: tail.0,
        span_id: tail.1,
        event: head.5,
        location: tail.2,
        thread: tail.3,
        fields,
    })
}

proptest! {
    #[test]
    fn every_record_reads_back(record in any_record()) {
        assert_reads_back(&record);
    }

    #[test]
    fn what_was_read_stays_as_it_is(record in any_record()) {
        let normal = record.normalised();
        prop_assert_eq!(format!("{:?}", normal.normalised()), format!("{normal:?}"));
    }

    #[test]
    fn a_coarser_timestamp_is_cut_not_rounded(record in any_record()) {
        for (precision, unit) in [
            (Precision::Seconds, 1_000_000_000),
            (Precision::Milliseconds, 1_000_000),
            (Precision::Microseconds, 1000),
            (Precision::Nanoseconds, 1),
        ] {
            let mut out = Vec::new();
            Line::default().precision(precision).format(&record.as_record(), &mut out);
            Json::default().precision(precision).format(&record.as_record(), &mut out);
            let text = String::from_utf8(out).expect("UTF-8");
            let cut = i128::from(record.timestamp.0).div_euclid(unit) * unit;
            for line in text.lines() {
                // The first second that an i64 reaches is not whole; its start cannot be read.
                match parse(line) {
                    Ok(read) => prop_assert_eq!(i128::from(read.timestamp.0), cut),
                    Err(error) => prop_assert!(cut < i128::from(i64::MIN), "{} {}", error, line),
                }
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any_text(), json in any_json()) {
        let _ = parse(&text);
        let _ = parse(&json);
        let _ = parse(&format!("2026-06-12T02:07:07Z | INFO | a | pid=1 | req=- | b | {text}={json}"));
        let _ = parse(&format!("{{\"timestamp\":{json},\"a\":{text}"));
    }

    #[test]
    fn no_damage_makes_the_reader_panic(
        record in any_record(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut line = Vec::new();
        Line::default().format(&record.as_record(), &mut line);
        let mut json = Vec::new();
        Json::default().format(&record.as_record(), &mut json);
        for mut text in [line, json] {
            let at = at.index(text.len());
            if cut {
                text.truncate(at);
            } else {
                text[at] = byte;
            }
            if let Err(error) = parse(&String::from_utf8_lossy(&text)) {
                prop_assert!(error.column() <= text.len() + 1);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
