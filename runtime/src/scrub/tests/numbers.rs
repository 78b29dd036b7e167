//! Numbers of cards and of persons: where they begin and end, and what stands between their digits.

use super::corpora::random::Random;
use super::corpora::secrets::{CARDS, with_check_digit};
use super::{Value, holds_secret, scrubbed};

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
        ("4111\u{a0}1111\u{a0}1111\u{a0}1111 12", "[card] 12"),
        (
            "4111\u{202f}1111\u{202f}1111\u{202f}1111\u{202f}5",
            "[card]\u{202f}5",
        ),
        ("4111\u{2013}1111\u{2013}1111\u{2013}1111", "[card]"),
        ("3782\u{2011}822463\u{2011}10005", "[card]"),
        ("4111.1111.1111.1111.", "[card]."),
        ("card=4111+1111+1111+1111&x=1", "card=[card]&x=1"),
        ("?n=4111%201111%201111%201111%2C2", "?n=[card]%2C2"),
        (
            "%7B%22n%22%3A%224111111111111111%22%7D",
            "%7B%22n%22%3A%22[card]%22%7D",
        ),
        ("41111111 11111111", "[card]"),
        ("41111111-11111111", "[card]"),
        ("100%4111111111111111", "100%[card]"),
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
        "4111\u{2013}1111\u{2013}1111\u{2013}1111\u{2013}1111",
        "1.4111.1111.1111.1111",
        "4111.1111.1111.1111.1",
        "4111+1111+1111+1111+1111",
        "4111 1111\u{a0}1111 1111",
        "4111%201111 1111 1111",
        "41111111-11111111-1",
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
        ("123\u{a0}45\u{a0}6789", "[ssn]"),
        ("123\u{2013}45\u{2013}6789", "[ssn]"),
        ("?ssn=123%2045%206789", "?ssn=[ssn]"),
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
        "123.45.6789",
        "123\u{2013}45\u{2013}6789\u{2013}1",
        "123-45 6789",
        "555-123-4567",
    ] {
        assert_eq!(scrubbed(text), text);
    }
}

/// How cards of so many digits are written.
const WRITTEN: &[(usize, &[&[usize]])] = &[
    (14, &[&[14], &[4, 6, 4], &[4, 4, 4, 2]]),
    (15, &[&[15], &[4, 6, 5], &[4, 4, 4, 3]]),
    (16, &[&[16], &[4, 4, 4, 4], &[8, 8]]),
    (19, &[&[19], &[4, 4, 4, 4, 3]]),
];

/// The digits in these groups.
fn grouped(digits: &str, groups: &[usize], separator: &str) -> String {
    let mut rest = digits;
    let parts: Vec<&str> = groups
        .iter()
        .map(|len| {
            let (part, behind) = rest.split_at(*len);
            rest = behind;
            part
        })
        .collect();
    parts.join(separator)
}

#[test]
fn every_issuer_is_found_in_every_length_and_every_grouping() {
    let mut random = Random(0x0ca4d);
    let mut count = 0;
    for (front, len) in CARDS {
        let (_, groupings) = WRITTEN.iter().find(|it| it.0 == *len).expect("a length");
        for groups in *groupings {
            for separator in [" ", "-", ".", "+", "%20", "\u{a0}", "\u{2011}"] {
                for _ in 0..20 {
                    let number = with_check_digit(&mut random, front, *len);
                    let written = grouped(&number, groups, separator);
                    assert_eq!(scrubbed(&written), "[card]", "{written}");
                    assert_eq!(
                        scrubbed(&format!("paid with {written}, thanks")),
                        "paid with [card], thanks"
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 10_000, "{count}");
    assert!(
        WRITTEN
            .iter()
            .all(|(len, _)| CARDS.iter().any(|it| it.1 == *len))
    );
}

#[test]
fn a_number_that_was_cut_is_no_number() {
    let number = "4111 1111 1111 1111";
    let cut = |len: usize| Value::Cut {
        text: &number[..len],
        original_len: 40_000,
    };
    // Even the digits of which only the check digit is gone: nothing tells them from others.
    for len in 0..number.len() {
        assert!(!holds_secret(cut(len)), "{}", &number[..len]);
    }
    assert!(holds_secret(cut(number.len())));
}
