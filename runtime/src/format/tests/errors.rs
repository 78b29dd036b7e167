//! What is no record, or a part of one.

use super::{str, text, with};
use crate::format::{Json, Line};
use crate::parse::parse;
use crate::value::ValueBuf;

/// Every end and every byte of a record of everything, with each byte that means something.
#[test]
fn no_cut_and_no_byte_makes_the_reader_panic() {
    let mut record = with(&[
        ("text", str("é\u{1b}\"\\\n\u{e0041} | ")),
        (
            "json",
            ValueBuf::Json(r#"{"a":[1.5e3,"\u001b",null,{}]}"#.to_owned()),
        ),
        ("number", ValueBuf::Int(-5)),
        ("a key", ValueBuf::Float(0.5)),
    ]);
    record.service = "é \u{200b}".to_owned();
    for whole in [
        text(&mut Line::default(), &record),
        text(&mut Json::default(), &record),
    ] {
        for at in 0..whole.len() {
            let mut bytes = whole.clone().into_bytes();
            for byte in *b"\\\"u=|{}[],: \n\0\x80\xff0e-" {
                bytes[at] = byte;
                let _ = parse(&String::from_utf8_lossy(&bytes));
            }
            bytes.truncate(at);
            // Only a line can be cut after a whole word, and an object before its line's end.
            let read = parse(&String::from_utf8_lossy(&bytes));
            let is_whole = at + 1 == whole.len();
            assert!(read.is_err() || is_whole || !whole.starts_with('{'));
        }
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    let line = "2026-06-12T02:07:07Z | INFO | \"é\" | pid=1 | req=- | b";
    for (text, error) in [
        (
            "",
            "column 1: no timestamp; write it as 2026-06-12T02:07:07.418Z",
        ),
        (
            "2026-06-12T02:07:07Z | LOUD | ",
            "column 24: `LOUD` is not a level; write one of trace, debug, info, warning, error, critical",
        ),
        (
            &line.replace("pid=1", "pid=x"),
            "column 37: expected a process id after `pid=`",
        ),
        (line, ""),
        (&line.replace('"', ""), "column 31: expected a service"),
        (
            &line.replace("req=-", "req="),
            "column 49: expected a request id, or `-` for none",
        ),
        (&line.replace(" | b", ""), "column 50: expected ` | `"),
        (&line.replace("\"é\"", "e x"), "column 32: expected ` | `"),
        (
            "{\"a\":aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}",
            "column 6: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...` is no value; a text stands in quotes",
        ),
        ("{\"level\":\"INFO\"}", "column 17: `timestamp` is missing"),
        (
            "{\"pid\":-1}",
            "column 8: `pid` must be a number of 32 bits",
        ),
        ("{\"service\":5}", "column 12: `service` must be a text"),
        (
            "{\"event\":18446744073709551616}",
            "column 10: `event` must be a text",
        ),
        ("{\"a\":1,\"a\":2}", "column 8: the key `a` comes twice"),
        ("{\"a\":[1,}", "column 9: expected a value"),
        (
            "{\"a\":nul}",
            "column 6: `nul` is no value; a text stands in quotes",
        ),
        ("{\"é\":\"x", "column 6: a text without its closing quote"),
    ] {
        let shown = parse(text).map_or_else(|error| error.to_string(), |_| String::new());
        assert_eq!(shown, error, "{text}");
    }
}
