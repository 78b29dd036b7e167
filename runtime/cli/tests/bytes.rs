//! Any bytes at all: no panic, and nothing but our own colours in the output.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use proptest::prelude::*;

/// Runs every command over `input` and gives the outputs.
fn all(input: &[u8]) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.log");
    std::fs::write(&path, input).unwrap();
    let path = path.to_str().unwrap();
    let commands: [&[&str]; 7] = [
        &["story", "--req", "r1", "--width", "60"],
        &["story", "--req", "r1", "--color", "always", "--full"],
        &["story", "--req", "r1", "--json"],
        &["story", "--last-failed", "--color", "always"],
        &["stats", "--color", "always"],
        &["stats", "--json"],
        &["requests", "--color", "always"],
    ];
    let run = |arguments: &&[&str]| {
        let line = [&["storyline"], *arguments, &[path]].concat();
        let mut out = Vec::new();
        let code = storyline_cli::run(line, &mut out, &mut Vec::new());
        assert!(code < 2, "{arguments:?} gave {code}");
        out
    };
    commands.iter().map(run).collect()
}

/// Takes our colours out and finds what a terminal might obey in the rest.
fn obeyed(out: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(out).unwrap();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find("\x1b[") {
        plain.push_str(&rest[..at]);
        let tail = &rest[at + 2..];
        let end = tail
            .find(|it: char| !it.is_ascii_digit() && it != ';')
            .unwrap();
        if !tail[end..].starts_with('m') {
            return Some(rest[at..].chars().take(20).collect());
        }
        rest = &tail[end + 1..];
    }
    plain.push_str(rest);
    let is_bad = |it: &char| {
        (it.is_control() && *it != '\n')
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(it, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    plain.chars().find(is_bad).map(|it| format!("{it:?}"))
}

/// A record whose parts are arbitrary text, as a line or as JSON, perhaps cut or damaged.
fn record() -> impl Strategy<Value = Vec<u8>> {
    let events = prop_oneof![
        Just("response_sent".to_owned()),
        Just("function_failed".to_owned()),
        Just("state_transition".to_owned()),
        Just("payment_retry".to_owned()),
        Just("panic".to_owned()),
        "\\PC{0,12}",
    ];
    let keys = prop_oneof![
        Just("duration_ms".to_owned()),
        Just("status".to_owned()),
        Just("name".to_owned()),
        Just("in_state_ms".to_owned()),
        Just("outcome".to_owned()),
        any::<String>(),
    ];
    let values = prop_oneof![
        any::<f64>().prop_map(|it| serde_json::json!(it)),
        any::<i64>().prop_map(|it| serde_json::json!(it)),
        any::<u64>().prop_map(|it| serde_json::json!(it)),
        any::<String>().prop_map(|it| serde_json::json!(it)),
        any::<Option<bool>>().prop_map(|it| serde_json::json!(it)),
        proptest::collection::vec(any::<String>(), 0..3).prop_map(|it| serde_json::json!(it)),
    ];
    let fields = proptest::collection::btree_map(keys, values, 0..5);
    let times = prop_oneof![
        Just("2026-06-12T02:07:07.418Z"),
        Just("2026-06-12T02:07:08.000000001Z"),
        Just("1677-09-21T00:12:43.145Z"),
        Just("2262-04-11T23:47:16.854Z"),
        Just("2026-06-12T02:07:09Z"),
    ];
    let levels = prop_oneof![
        Just("INFO"),
        Just("WARNING"),
        Just("ERROR"),
        Just("CRITICAL")
    ];
    (
        times,
        levels,
        any::<String>(),
        events,
        fields,
        any::<bool>(),
        any::<u8>(),
    )
        .prop_map(|(time, level, service, event, fields, is_line, damage)| {
            let mut bytes = if is_line {
                let pairs = fields.iter().map(|(key, value)| {
                    let key = serde_json::to_string(key).unwrap();
                    format!("{key}={value}")
                });
                let pairs: Vec<_> = pairs.collect();
                let service = serde_json::to_string(&service).unwrap();
                format!(
                    "{time} | {level} | {service} | pid=1 | req=r1 | {event} | {}",
                    pairs.join(" ")
                )
            } else {
                let head = serde_json::json!({
                    "timestamp": time, "level": level, "service": service, "pid": 1,
                    "request_id": "r1", "event": event,
                });
                let mut head = head.as_object().unwrap().clone();
                head.extend(fields);
                serde_json::Value::Object(head).to_string()
            }
            .into_bytes();
            // One in a few is damaged: a byte changed, or the end missing.
            let at = usize::from(damage) % bytes.len().max(1);
            match damage % 7 {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 0x55,
                _ => {}
            }
            bytes.push(b'\n');
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(input in proptest::collection::vec(any::<u8>(), 0..2000)) {
        for out in all(&input) {
            prop_assert_eq!(obeyed(&out), None);
        }
    }

    #[test]
    fn any_records(records in proptest::collection::vec(record(), 0..12)) {
        for out in all(&records.concat()) {
            prop_assert_eq!(obeyed(&out), None);
        }
    }
}

/// Sequences that terminals obey, in every place of a record and outside of any.
#[test]
fn sequences_that_steer_terminals() {
    let sequences: &[&[u8]] = &[
        b"\x1b]0;title\x07",
        b"\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
        b"\x1b]52;c;ZXZpbA==\x07",
        b"\x1bP+q544e\x1b\\",
        b"\x1b[2J\x1b[H",
        b"\x1bc",
        b"\x9b2J",
        b"\xc2\x9b31m",
        b"\xc2\x90q\xc2\x9c",
        b"\x08\x08\x08",
        b"\r overwritten",
        b"\x0e\x0f",
        b"\xe2\x80\xae reversed",
        b"\xf3\xa0\x81\x81",
        b"\xc0\x9b[31m",
        b"\xed\xa0\x80",
        b"\x00",
    ];
    for sequence in sequences {
        let mut input = Vec::new();
        for (before, after) in [
            (&b""[..], &b""[..]),
            (
                b"2026-06-12T02:07:07Z | ERROR | ",
                b" | pid=1 | req=r1 | stop | n=1",
            ),
            (
                b"2026-06-12T02:07:07Z | ERROR | pay | pid=1 | req=r1 | ",
                b" | n=1",
            ),
            (
                b"2026-06-12T02:07:07Z | ERROR | pay | pid=1 | req=r1 | stop | note=\"",
                b"\"",
            ),
            (
                b"2026-06-12T02:07:07Z | ERROR | pay | pid=1 | req=r1 | stop | error=\"",
                b"\"",
            ),
            (
                b"2026-06-12T02:07:07Z | ERROR | pay | pid=1 | req=r1 | stop | \"",
                b"\"=1",
            ),
        ] {
            input.extend_from_slice(before);
            input.extend_from_slice(sequence);
            input.extend_from_slice(after);
            input.push(b'\n');
        }
        let escaped = serde_json::to_string(&String::from_utf8_lossy(sequence)).unwrap();
        for (key, value) in [
            ("event", &*escaped),
            ("error", &escaped),
            ("name", &escaped),
        ] {
            let event = if key == "event" {
                value
            } else {
                "\"function_failed\""
            };
            let key = if key == "event" { "k" } else { key };
            let line = format!(
                "{{\"timestamp\":\"2026-06-12T02:07:07Z\",\"level\":\"ERROR\",\"service\":{escaped},\
                 \"pid\":1,\"request_id\":\"r1\",\"event\":{event},\"{key}\":{value}}}\n"
            );
            input.extend_from_slice(line.as_bytes());
        }
        for out in all(&input) {
            assert_eq!(obeyed(&out), None, "{sequence:?}");
        }
    }
}
