//! Numbers of cards, which no file may hold.

use super::{Incident, field};
use storyline::RecordBuf;

/// The bytes of the files are searched, not the records: whatever a key is called, and wherever a number
/// got into a text, it would be found.
pub(super) fn no_file_holds_a_card_number(incident: &Incident, gateway: &[RecordBuf]) {
    // Numbers went through: each charge shows the last four digits of one.
    let masked: Vec<_> = gateway
        .iter()
        .filter(|it| it.event == "charge_received")
        .map(|it| field(it, "card_number"))
        .collect();
    assert!(masked.len() > 40, "{masked:?}");
    for card in &masked {
        let shown = card.chars().filter(char::is_ascii_digit).count();
        assert!(shown == 4 && card.chars().count() > 4, "{card}");
    }
    for name in ["payment-service", "gateway"] {
        for kind in ["log", "json"] {
            let path = incident.path(&format!("{name}.{kind}"));
            let bytes = std::fs::read(&path).expect("a log file");
            let cards = card_numbers(&bytes);
            assert!(cards.is_empty(), "{}: {cards:?}", path.display());
        }
    }
    let cards = card_numbers(incident.report.as_bytes());
    assert!(cards.is_empty(), "the report: {cards:?}");
}

/// `4000` and twelve more digits, in one piece or in groups of four. Part of a longer row of
/// hexadecimal digits is an id.
fn card_numbers(bytes: &[u8]) -> Vec<String> {
    let is_id = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(u8::is_ascii_hexdigit)
    };
    let mut found = Vec::new();
    for (at, _) in bytes.windows(4).enumerate().filter(|(_, it)| it == b"4000") {
        let mut digits = 0;
        let mut end = at;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'0'..=b'9' if digits < 16 => digits += 1,
                b' ' | b'-' if digits % 4 == 0 && digits < 16 => {}
                _ => break,
            }
            end += 1;
        }
        if digits == 16 && !is_id(at.checked_sub(1)) && !is_id(Some(end)) {
            found.push(String::from_utf8_lossy(&bytes[at..end]).into_owned());
        }
    }
    found
}

#[test]
fn card_numbers_are_found_wherever_they_stand() {
    for (text, expected) in [
        ("note=\"paid with 4000123412341234.\"", 1),
        ("{\"a\":4000123412341234}", 1),
        ("4000 1234 1234 1234 and 4000-1234-1234-1234", 2),
        ("card_number=************1234 amount=4000", 0),
        ("400012341234123", 0),
        ("request_id=4000123412341234abcd", 0),
        ("length=4000 2026-11-22 15:00:00", 0),
    ] {
        assert_eq!(card_numbers(text.as_bytes()).len(), expected, "{text}");
    }
}
