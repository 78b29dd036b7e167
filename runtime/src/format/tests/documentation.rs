//! Exact texts, as the documentation has them.

use core::net::{IpAddr, Ipv6Addr};
use core::time::Duration;

use super::{assert_reads_back, record, str, text, with};
use crate::format::{Format, Json, Line, Logfmt, Precision, Pretty};
use crate::level::Level;
use crate::parse::{parse, parse_json, parse_line};
use crate::record::{LocationBuf, Record, RecordBuf, Timestamp};
use crate::value::ValueBuf;

#[test]
fn a_line_is_the_line_of_the_documentation() {
    let record = with(&[
        ("provider", str("stripe")),
        ("duration_ms", ValueBuf::Millis(3000.214)),
    ]);
    assert_eq!(
        text(&mut Line::default(), &record),
        "2026-06-12T02:07:07.418Z | ERROR | payment-service | pid=12345 | req=abc123 | gateway_timeout | \
         provider=stripe duration_ms=3000.214\n"
    );
    let record = RecordBuf {
        request_id: None,
        fields: Vec::new(),
        ..record
    };
    assert_eq!(
        text(&mut Line::default().precision(Precision::Seconds), &record),
        "2026-06-12T02:07:07Z | ERROR | payment-service | pid=12345 | req=- | gateway_timeout\n"
    );
}

#[test]
fn logfmt_quotes_what_a_reader_could_mistake() {
    let record = with(&[
        ("provider", str("stripe")),
        ("path", str("/a?b")),
        ("what", str("a=b \"c\"")),
        ("a key", ValueBuf::Json("{\"a\":1}".to_owned())),
        ("a=key", ValueBuf::None),
        ("", str("")),
        ("é", str("Grüße")),
        ("level", ValueBuf::Millis(12.0)),
    ]);
    assert_eq!(
        text(&mut Logfmt::default(), &record),
        "timestamp=2026-06-12T02:07:07.418Z level=error service=payment-service pid=12345 request_id=abc123 \
         event=gateway_timeout provider=stripe path=/a?b what=\"a=b \\\"c\\\"\" a_key=\"{\\\"a\\\":1}\" a_key_2=null \
         _=\"\" é=Grüße level_2=12.000\n"
    );
}

#[test]
fn pretty_has_colours_only_when_asked() {
    let record = with(&[
        ("error", str("no \u{1b}[31m way")),
        ("duration_ms", ValueBuf::Millis(3000.214)),
    ]);
    let record = Record {
        message: Some("gave \"up\"\non stripe\u{1b}"),
        ..record.as_record()
    };
    let shown = |mut format: Pretty| {
        let mut out = Vec::new();
        format.format(&record, &mut out);
        String::from_utf8(out).expect("UTF-8")
    };
    let plain = "02:07:07.418 ERROR    gateway_timeout gave \"up\"\\non stripe\\u001b error=\"no \\u001b[31m way\" \
                 duration_ms=3000.214 req=abc123\n";
    assert_eq!(shown(Pretty::default()), plain);
    let coloured = shown(Pretty::default().colour(true));
    assert_eq!(
        coloured,
        "\u{1b}[2m02:07:07.418\u{1b}[0m \u{1b}[31mERROR    \u{1b}[0m\u{1b}[1mgateway_timeout\u{1b}[0m \
         gave \"up\"\\non stripe\\u001b \u{1b}[2merror=\u{1b}[0m\u{1b}[31m\"no \\u001b[31m way\"\u{1b}[0m \
         \u{1b}[2mduration_ms=\u{1b}[0m\u{1b}[36m3000.214\u{1b}[0m \u{1b}[2mreq=abc123\u{1b}[0m\n"
    );
}

#[test]
fn json_has_its_order() {
    let record = RecordBuf {
        trace_id: Some("4bf92f3577b34da6a3ce929d0e0e4736".to_owned()),
        span_id: Some("00f067aa0ba902b7".to_owned()),
        location: Some(LocationBuf {
            module: "shop::pay".to_owned(),
            file: "src/pay.rs".to_owned(),
            line: 7,
        }),
        thread: Some("main".to_owned()),
        ..with(&[("provider", str("stripe")), ("amount", ValueBuf::UInt(500))])
    };
    let record = Record {
        message: Some("paid by stripe"),
        ..record.as_record()
    };
    let mut out = Vec::new();
    Json::default().format(&record, &mut out);
    assert_eq!(
        String::from_utf8_lossy(&out),
        "{\"timestamp\":\"2026-06-12T02:07:07.418Z\",\"level\":\"ERROR\",\"service\":\"payment-service\",\"pid\":12345,\
         \"request_id\":\"abc123\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\",\
         \"event\":\"gateway_timeout\",\"provider\":\"stripe\",\"amount\":500,\"msg\":\"paid by stripe\",\
         \"code.module\":\"shop::pay\",\"code.file\":\"src/pay.rs\",\"code.line\":7,\"thread.name\":\"main\"}\n"
    );
}

/// One row of the table in the documentation of `format`.
#[track_caller]
fn assert_row(value: &ValueBuf, line: &str, json: &str, read: &ValueBuf) {
    let record = with(&[("it", value.clone())]);
    let written = text(&mut Line::default(), &record);
    assert!(
        written.ends_with(&format!(" | it={line}\n")),
        "{value:?}: {written}"
    );
    let written = text(&mut Json::default(), &record);
    assert!(
        written.ends_with(&format!(",\"it\":{json}}}\n")),
        "{value:?}: {written}"
    );
    assert_eq!(&value.normalised(), read, "{value:?}");
    assert_reads_back(&record);
}

#[test]
fn each_number_has_its_text() {
    for (value, line, json, read) in [
        (ValueBuf::None, "null", "null", ValueBuf::None),
        (ValueBuf::Bool(true), "true", "true", ValueBuf::Bool(true)),
        (ValueBuf::Int(-5), "-5", "-5", ValueBuf::Int(-5)),
        (ValueBuf::UInt(5), "5", "5", ValueBuf::Int(5)),
        (
            ValueBuf::UInt(u64::MAX),
            "18446744073709551615",
            "18446744073709551615",
            ValueBuf::UInt(u64::MAX),
        ),
        (ValueBuf::BigInt(5), "5", "5", ValueBuf::Int(5)),
        (
            ValueBuf::BigInt(u64::MAX.into()),
            "18446744073709551615",
            "18446744073709551615",
            ValueBuf::UInt(u64::MAX),
        ),
        (
            ValueBuf::BigUInt(1 << 64),
            "\"18446744073709551616\"",
            "\"18446744073709551616\"",
            str("18446744073709551616"),
        ),
        (ValueBuf::Float(0.1), "0.1", "0.1", ValueBuf::Float(0.1)),
        (ValueBuf::Float(3.0), "3.0", "3.0", ValueBuf::Float(3.0)),
        (ValueBuf::Float(-0.0), "-0.0", "-0.0", ValueBuf::Float(-0.0)),
        (ValueBuf::Float(f64::NAN), "NaN", "\"NaN\"", str("NaN")),
        (
            ValueBuf::Float(f64::NEG_INFINITY),
            "-inf",
            "\"-inf\"",
            str("-inf"),
        ),
        (ValueBuf::Float32(0.1), "0.1", "0.1", ValueBuf::Float(0.1)),
        (
            ValueBuf::Millis(12.0),
            "12.000",
            "12.000",
            ValueBuf::Float(12.0),
        ),
        (
            ValueBuf::Millis(0.000_25),
            "0.00025",
            "0.00025",
            ValueBuf::Float(0.000_25),
        ),
        (
            ValueBuf::Millis(f64::INFINITY),
            "inf",
            "\"inf\"",
            str("inf"),
        ),
    ] {
        assert_row(&value, line, json, &read);
    }
}

#[test]
fn each_other_type_has_its_text() {
    let address: Ipv6Addr = "2001:db8::1".parse().expect("an address");
    for (value, line, json, read) in [
        (ValueBuf::Char('é'), "\"é\"", "\"é\"", str("é")),
        (ValueBuf::Char('7'), "\"7\"", "\"7\"", str("7")),
        (str("stripe"), "stripe", "\"stripe\"", str("stripe")),
        (
            ValueBuf::Cut {
                text: "ab".to_owned(),
                original_len: 70_000,
            },
            "\"ab…(cut from 70000 bytes)\"",
            "\"ab…(cut from 70000 bytes)\"",
            str("ab…(cut from 70000 bytes)"),
        ),
        (
            ValueBuf::Duration(Duration::from_millis(1500)),
            "1.5s",
            "\"1.5s\"",
            str("1.5s"),
        ),
        (
            ValueBuf::Ip(IpAddr::V6(address)),
            "2001:db8::1",
            "\"2001:db8::1\"",
            str("2001:db8::1"),
        ),
        (
            ValueBuf::Time(0),
            "1970-01-01T00:00:00Z",
            "\"1970-01-01T00:00:00Z\"",
            str("1970-01-01T00:00:00Z"),
        ),
        (
            ValueBuf::Json(r#"{"a": [1, " | "]}"#.to_owned()),
            r#"{"a":[1," \u007c "]}"#,
            r#"{"a":[1," | "]}"#,
            ValueBuf::Json(r#"{"a":[1," | "]}"#.to_owned()),
        ),
        (
            ValueBuf::Json("1.50".to_owned()),
            "1.50",
            "1.50",
            ValueBuf::Float(1.5),
        ),
        (
            ValueBuf::Json("{oops".to_owned()),
            "\"{oops\"",
            "\"{oops\"",
            str("{oops"),
        ),
    ] {
        assert_row(&value, line, json, &read);
    }
}

#[test]
fn no_key_comes_twice() {
    let record = with(&[
        ("level", str("INFO")),
        ("a", ValueBuf::Int(1)),
        ("a", ValueBuf::Int(2)),
        ("msg", str("mine")),
    ]);
    assert_reads_back(&record);
    let record = Record {
        message: Some("ours"),
        ..record.as_record()
    };
    for format in [
        &mut Line::default() as &mut dyn Format,
        &mut Json::default(),
    ] {
        let mut out = Vec::new();
        format.format(&record, &mut out);
        let read = parse(&String::from_utf8(out).expect("UTF-8")).expect("a record");
        let keys: Vec<_> = read.fields.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["level_2", "a", "a_2", "msg", "msg_2"]);
        assert_eq!(
            read,
            RecordBuf {
                timestamp: read.timestamp,
                ..record.to_owned().normalised()
            }
        );
    }
}

#[test]
fn a_formatter_serves_records_of_many_origins() {
    let (mut line, mut json) = (Line::default(), Json::default());
    for (service, pid) in [("a", 1), ("a", 2), ("b", 2), ("", 2), ("", 0), ("a", 1)] {
        // Twice, for the second finds what the first left.
        for level in Level::ALL.into_iter().chain(Level::ALL) {
            let record = RecordBuf {
                service: service.to_owned(),
                pid,
                level,
                timestamp: Timestamp(0),
                ..record()
            };
            assert_eq!(parse_line(&text(&mut line, &record)), Ok(record.clone()));
            assert_eq!(parse_json(&text(&mut json, &record)), Ok(record));
        }
    }
}
