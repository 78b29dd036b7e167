//! How much is found of what should be, and how much is marked that should not, in made-up texts: the same ones
//! each time. The million of each kind is
//!
//! ```text
//! cargo test --release -p storyline --lib scrub::tests::corpora -- --ignored --nocapture
//! ```

mod harmless;
pub(super) mod random;
pub(super) mod secrets;

use super::*;
use harmless::{address, days, dotted, epoch, hash, measure, order, snowflake, telephone, uuid};
use random::Random;
use secrets::{card, key, private_key, social_security, web_token};

/// What stands before and behind.
fn in_context(random: &mut Random, text: &str) -> String {
    let before = random.of(&[
        "",
        "value ",
        "id=",
        "(",
        "see: ",
        "https://shop.example/a/",
        "https://shop.example/?to=%2Fpay%3Fn%3D",
        "%7B%22n%22%3A%22",
        "\"",
        "für ",
    ]);
    let behind = random.of(&["", ".", " and more", ")", ", then", "\"", "/x", " ok 12"]);
    format!("{before}{text}{behind}")
}

type Make = fn(&mut Random) -> String;

const SECRETS: &[(&str, Make, &str)] = &[
    ("cards", card, "[card]"),
    ("social security", social_security, "[ssn]"),
    ("web tokens", web_token, "[jwt]"),
    ("private keys", private_key, "[private_key]"),
    ("cloud keys", key, "[key]"),
];

const HARMLESS: &[(&str, Make)] = &[
    ("UUIDs", uuid),
    ("epochs", epoch),
    ("snowflakes", snowflake),
    ("orders", order),
    ("addresses", address),
    ("telephones", telephone),
    ("hashes", hash),
    ("measures", measure),
    ("dotted numbers", dotted),
    ("days", days),
];

/// How many of so many are found; what has no separators is found as a number, too.
fn found(count: u32, make: Make, mark: &str) -> u32 {
    let mut random = Random(0x5eed);
    let mut found = 0;
    for _ in 0..count {
        let secret = make(&mut random);
        let text = in_context(&mut random, &secret);
        let expected = text.replace(&secret, mark);
        let number = secret.parse::<u64>().map_or(Value::None, Value::UInt);
        let as_number = number == Value::None || holds_secret(number);
        found += u32::from(as_number && replaced(&text, false) == expected);
    }
    found
}

/// How many of so many are taken for a secret.
fn marked(count: u32, make: Make) -> u32 {
    let mut random = Random(0x5eed);
    let mut marked = 0;
    for _ in 0..count {
        let harmless = make(&mut random);
        let text = in_context(&mut random, &harmless);
        let number = harmless.parse::<u64>().map_or(Value::None, Value::UInt);
        marked += u32::from(find::holds(&text) || holds_secret(number));
    }
    marked
}

fn one_number(random: &mut Random) -> String {
    random.digits(16)
}

fn two_numbers(random: &mut Random) -> String {
    let separator = random.of(&[" ", "-"]);
    random.digits(8) + separator + &random.digits(8)
}

#[test]
fn secrets_are_found_and_nothing_else() {
    const COUNT: u32 = 20_000;
    for (name, make, mark) in SECRETS {
        assert_eq!(found(COUNT, *make, mark), COUNT, "{name}");
    }
    for (name, make) in HARMLESS {
        assert_eq!(marked(COUNT, *make), 0, "{name}");
    }
    // What nothing can tell from a card: any number of its length, now and then.
    for make in [one_number as Make, two_numbers] {
        let random = marked(COUNT, make);
        assert!(random < COUNT / 25, "{random} of {COUNT} random numbers");
    }
}

#[test]
#[ignore = "a million of each; the command is above"]
#[expect(clippy::print_stdout, reason = "it is asked for the figures")]
fn a_million_of_each() {
    const COUNT: u32 = 1_000_000;
    for (name, make, mark) in SECRETS {
        let found = found(COUNT, *make, mark);
        println!("{name}: {found} of {COUNT} found");
        assert!(found >= COUNT - COUNT / 10_000, "{name}");
    }
    for (name, make) in HARMLESS {
        let marked = marked(COUNT, *make);
        println!("{name}: {marked} of {COUNT} marked");
        assert!(marked <= 2, "{name}");
    }
    let (one, two) = (marked(COUNT, one_number), marked(COUNT, two_numbers));
    println!("random numbers of 16 digits: {one} of {COUNT} marked");
    println!("two of 8 digits beside each other: {two} of {COUNT} marked");
}
