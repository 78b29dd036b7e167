//! What people send to break a line or an object.

use super::{assert_reads_back, str, with};
use crate::value::ValueBuf;

#[test]
fn hostile_texts_read_back_from_everywhere() {
    for hostile in [
        "",
        " ",
        "-",
        "=",
        "|",
        " | ",
        "a=b",
        "a b",
        "\"",
        "\\",
        "\\\"",
        "'",
        "null",
        "true",
        "false",
        "1",
        "1e5",
        "1E+5",
        "0x10",
        "007",
        "-1",
        "+1",
        ".5",
        "5.",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "{}",
        "[]",
        "{\"a\":1}",
        "{",
        "\n",
        "\r\n",
        "\u{b}",
        "\u{c}",
        "\u{85}",
        "\u{2028}",
        "\u{0}",
        "\t",
        "x\n2026-06-12T02:07:07.418Z | INFO | payment-service | pid=12345 | req=- | forged",
        "x | INFO | payment-service | pid=1 | req=- | forged | level=INFO",
        "\",\"level\":\"INFO\",\"event\":\"forged",
        "\u{1b}[2J\u{1b}[1;1H",
        "\u{1b}]0;title\u{7}",
        "\u{9b}31m",
        "\u{1b}]52;c;ZXZpbA==\u{7}",
        "\u{1b}]8;;http://x\u{1b}\\",
        "\u{202e}txt.exe",
        "a\u{200b}b",
        "\u{feff}x",
        "\u{e0041}\u{e007f}",
        "\u{d7ff}\u{e000}",
        "\u{ffff}",
        "\u{10ffff}",
        "{}{{%n%s${jndi:ldap://x}",
        "\\u0041",
        "\\n",
        "=cmd|' /C calc'!A0",
        "<script>",
        "req=-",
        "pid=1",
        "ſ",
        "ﬀ",
        "│",
        "‖",
        "…(cut from 9 bytes)",
    ] {
        let mut record = with(&[
            ("a", str(hostile)),
            (hostile, str("b")),
            ("json", ValueBuf::Json(hostile.to_owned())),
        ]);
        record.service = hostile.to_owned();
        record.request_id = Some(hostile.to_owned());
        record.event = hostile.to_owned();
        record.thread = Some(hostile.to_owned());
        record.trace_id = Some(hostile.to_owned());
        assert_reads_back(&record);
    }
}
