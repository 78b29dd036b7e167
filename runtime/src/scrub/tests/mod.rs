//! What is found and what is not, in which words it is replaced, and that no text makes it slow.

mod corpora;

use core::cell::Cell;

use super::*;
use crate::format::{Json, Line, Logfmt, Pretty};
use crate::level::Level;
use crate::parse;
use crate::record::{RecordBuf, Timestamp};
use proptest::prelude::*;

fn scrubbed(text: &str) -> String {
    let found = find::in_text(text).next().is_some();
    let out = replaced(text, false);
    assert_eq!(found, out != text, "{text}");
    assert_eq!(find::holds(text), found, "{text}");
    out
}

const JWT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

#[test]
fn cards_are_found_where_a_word_begins_and_ends() {
    for (text, expected) in [
        ("4111111111111111", "[card]"),
        (
            "card 4111 1111 1111 1111 12/26 123",
            "card [card] 12/26 123",
        ),
        ("4111-1111-1111-1111.", "[card]."),
        ("3782 822463 10005", "[card]"),
        ("3056 930902 5904", "[card]"),
        ("4000 0000 0000 0000 006", "[card]"),
        ("order-4111111111111111", "order-[card]"),
        ("card_4111111111111111", "card_[card]"),
        (
            "https://x.org/pay/4111111111111111?n=5555555555554444",
            "https://x.org/pay/[card]?n=[card]",
        ),
        ("é4111111111111111é", "é[card]é"),
        ("17 4111 1111 1111 1111", "17 [card]"),
        ("a=4111111111111111,b=378282246310005", "a=[card],b=[card]"),
    ] {
        assert_eq!(scrubbed(text), expected);
    }
    for text in [
        "4111111111111112",
        "411111111111111",
        "41111111111111111",
        "a4111111111111111",
        "4111111111111111a",
        "+378282246310005",
        "0.4111111111111111",
        "4111111111111111.5",
        "4111  1111  1111  1111",
        "4111 1111-1111 1111",
        "41 11111111111111",
        "4111-1111-1111-1111-1111",
        "1-4111-1111-1111-1111",
        "4111/1111/1111/1111",
        "0004111111111111111",
        "",
        "4111",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

#[test]
fn social_security_numbers_need_separators_and_must_be_issued() {
    for (text, expected) in [
        ("123-45-6789", "[ssn]"),
        ("ssn 123 45 6789, too", "ssn [ssn], too"),
        ("(899-01-0001)", "([ssn])"),
    ] {
        assert_eq!(scrubbed(text), expected);
    }
    for text in [
        "123456789",
        "000-45-6789",
        "666-45-6789",
        "900-45-6789",
        "123-00-6789",
        "123-45-0000",
        "123-45-67890",
        "0123-45-6789",
        "123-45-6789-1",
        "1-123-45-6789",
        "123 45 6789 10",
        "123-45 6789",
        "555-123-4567",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

#[test]
fn keys_and_tokens_are_known_by_their_form() {
    let long = |beginning: &str, len: usize| beginning.to_owned() + &"aB3x".repeat(30)[..len];
    for key in [
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        "ASIAIOSFODNN7EXAMPLE".to_owned(),
        long("AIza", 35),
        long("GOCSPX-", 28),
        long("ya29.", 60),
        long("AccountKey=", 86) + "==",
        long("ghp_", 36),
        long("ghs_", 36),
        long("github_pat_", 82),
        long("glpat-", 20),
        "xoxb-123456789012-123456789012-abcDEF".to_owned(),
        long("sk_live_", 24),
        long("rk_live_", 24),
        long("whsec_", 32),
        long("SG.", 22) + &long(".", 43),
        long("sk-proj-", 60),
        long("sk-ant-", 60),
        long("sk-", 48),
        long("npm_", 36),
        long("pypi-Ag", 60),
        long("hf_", 34),
        long("shpat_", 32),
    ] {
        for around in ["", "key=", "\"", "(", "my-"] {
            let text = format!("{around}{key} and more");
            assert_eq!(scrubbed(&text), format!("{around}[key] and more"));
        }
        assert_eq!(
            scrubbed(&format!("x{key}")),
            format!("x{key}"),
            "inside of a word"
        );
    }
    assert_eq!(scrubbed(&format!("Bearer {JWT}")), "Bearer [jwt]");
    assert_eq!(scrubbed(&format!("token={JWT}&x=1")), "token=[jwt]&x=1");
    let unsigned = format!("{}.", &JWT[..JWT.rfind('.').expect("a dot")]);
    assert_eq!(scrubbed(&unsigned), "[jwt]");
    let encrypted = "eyJhbGciOiJkaXIifQ..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6.XFBoMYUZodetZdvT";
    assert_eq!(scrubbed(encrypted), "[jwt]");
    for text in [
        "AKIAIOSFODNN7EXAMPL",
        "AKIAIOSFODNN7EXAMPLES",
        "akiaiosfodnn7example",
        "sk-circle-fade-dot",
        "sk_live_",
        "xoxb-short",
        "SG.is.short",
        "eyJhbGci",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJ.eyJ.eyJ",
        "github_pat_x",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

#[test]
fn private_keys_go_whole() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC/+=\n-----END RSA PRIVATE KEY-----";
    assert_eq!(
        scrubbed(&format!("a {key}\nb {key}.")),
        "a [private_key]\nb [private_key]."
    );
    let pgp = "-----BEGIN PGP PRIVATE KEY BLOCK-----\nx\n-----END PGP PRIVATE KEY BLOCK-----";
    assert_eq!(scrubbed(pgp), "[private_key]");
    assert_eq!(
        scrubbed("-----BEGIN PRIVATE KEY-----\nMIIEow"),
        "[private_key]"
    );
    assert_eq!(
        scrubbed("{key: \"-----BEGIN PRIVATE KEY-----MIIE\", n: 7}"),
        "{key: \"[private_key]\", n: 7}"
    );
    for text in [
        "-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN ",
        "------------",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

#[test]
fn json_stays_json() {
    for (text, expected) in [
        (r#"{"n":4111111111111111}"#, r#"{"n":"[card]"}"#),
        (
            r#"{"n":-4111111111111111,"m":[4111111111111111,1]}"#,
            r#"{"n":"[card]","m":["[card]",1]}"#,
        ),
        (
            r#"{"n":"4111111111111111","m":5}"#,
            r#"{"n":"[card]","m":5}"#,
        ),
        (
            r#"["\"4111111111111111\\",4111111111111111]"#,
            r#"["\"[card]\\","[card]"]"#,
        ),
        (
            r#"["a\n4111111111111111","\u00414111111111111111"]"#,
            r#"["a\n[card]","\u0041[card]"]"#,
        ),
        (
            r#"{"4111 1111 1111 1111":"123-45-6789"}"#,
            r#"{"[card]":"[ssn]"}"#,
        ),
        (
            r#"["-----BEGIN PRIVATE KEY-----\nMII",7]"#,
            r#"["[private_key]",7]"#,
        ),
        (
            "[4111111111111111.0,4111111111111111e2]",
            "[4111111111111111.0,4111111111111111e2]",
        ),
    ] {
        assert_eq!(replaced(text, true), expected);
        let mut one_form = Vec::new();
        assert!(
            format::push_json::<true>(expected, &mut one_form),
            "{expected}"
        );
    }
}

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

thread_local! {
    /// Bytes that were looked at to see how far something goes.
    pub(super) static LOOKED_AT: Cell<usize> = const { Cell::new(0) };
}

#[test]
fn no_text_is_looked_at_again_and_again() {
    let parts = [
        "1",
        "1 ",
        "4111-",
        "4111 ",
        "4111 1111 1111 1111 ",
        "eyJ",
        "eyJ-",
        "eyJ.",
        "eyJhbGciOiJI.",
        "eyJhbGciOiJI-",
        "AIza-",
        "sk-",
        "ghp_",
        "SG.",
        "xoxb-",
        "AccountKey=",
        "-",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY----------END ",
        "\\",
        "\\u",
        "\"",
    ];
    for part in parts {
        let text = part.repeat(65_536 / part.len());
        for is_json in [false, true] {
            LOOKED_AT.set(0);
            let _ = replaced(&text, is_json);
            let looks = LOOKED_AT.get();
            // A key of a fixed length is measured to its end, and may begin again every few bytes.
            assert!(looks <= 10 * text.len(), "{part:?}: {looks} looks");
        }
    }
}

/// Pieces of which texts are made that look like something.
const PIECES: &[&str] = &[
    "4111111111111111",
    "4111 1111 1111 1111",
    "123-45-6789",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "AKIAIOSFODNN7EXAMPLE",
    JWT,
    "\\\"",
    "\\n",
    "\\\\",
    "\\u0041",
    " ",
    "-",
    "a",
    "ä",
    "{",
    ",",
];

proptest! {
    #[test]
    fn json_stays_json_whatever_stands_in_it(
        texts in prop::collection::vec(prop::collection::vec(0..PIECES.len(), 0..8), 1..4),
        numbers in prop::collection::vec(any::<bool>(), 1..4),
    ) {
        let strings = texts.iter().map(|text| {
            let inside: String = text.iter().map(|piece| PIECES[*piece]).collect();
            format!("\"{inside}\"")
        });
        let numbers = numbers.iter().map(|it| if *it { "-4111111111111111" } else { "411" }.to_owned());
        let values: Vec<_> = strings.chain(numbers).collect();
        let text = format!("{{\"k\":[{}]}}", values.join(","));
        let scrubbed = replaced(&text, true);
        prop_assert!(format::push_json::<true>(&scrubbed, &mut Vec::new()), "{} {}", text, scrubbed);
        prop_assert_eq!(scrubbed == text, find::in_json(&text).next().is_none());
    }
}
