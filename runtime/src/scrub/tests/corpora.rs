//! How much is found of what should be, and how much is marked that should not, in made-up texts: the same ones
//! each time. The million of each kind is
//!
//! ```text
//! cargo test --release -p storyline --lib scrub::tests::corpora -- --ignored --nocapture
//! ```

use super::*;

/// Xorshift: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let index = self.below(list.len() as u64);
        list[usize::try_from(index).expect("small")]
    }

    fn letters(&mut self, alphabet: &str, len: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..len)
            .map(|_| letters[usize::try_from(self.below(letters.len() as u64)).expect("small")])
            .collect()
    }

    fn digits(&mut self, len: usize) -> String {
        self.letters("0123456789", len)
    }
}

const HEX: &str = "0123456789abcdef";
const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL_SAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What stands before and behind.
fn in_context(random: &mut Random, text: &str) -> String {
    let before = random.of(&[
        "",
        "value ",
        "id=",
        "(",
        "see: ",
        "https://shop.example/a/",
        "\"",
        "für ",
    ]);
    let behind = random.of(&["", ".", " and more", ")", ", then", "\"", "/x", " ok 12"]);
    format!("{before}{text}{behind}")
}

/// How the numbers of issuers begin, and how long they are.
const CARDS: &[(&str, usize)] = &[
    ("4", 16),
    ("4", 19),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("2720", 16),
    ("34", 15),
    ("37", 15),
    ("300", 14),
    ("36", 14),
    ("38", 14),
    ("3528", 16),
    ("3589", 16),
    ("6011", 16),
    ("644", 16),
    ("65", 16),
    ("62", 16),
    ("62", 19),
    ("5018", 16),
    ("5893", 16),
    ("6304", 16),
    ("6759", 16),
    ("6763", 19),
    ("2200", 16),
    ("6062826", 16),
];

fn card(random: &mut Random) -> String {
    let index = random.below(CARDS.len() as u64);
    let (front, len) = CARDS[usize::try_from(index).expect("small")];
    let mut digits = front.to_owned() + &random.digits(len - 1 - front.len());
    // The check digit, worked out from the left as it is taught.
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| match (u32::from(byte - b'0'), index % 2) {
            (digit, 0) if digit > 4 => digit * 2 - 9,
            (digit, 0) => digit * 2,
            (digit, _) => digit,
        })
        .sum();
    digits += &((10 - sum % 10) % 10).to_string();
    let separator = random.of(&["", " ", "-"]);
    let groups: &[usize] = match len {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4, 4],
    };
    let mut rest = digits.as_str();
    let mut parts = Vec::new();
    for group in groups {
        let (part, behind) = rest.split_at((*group).min(rest.len()));
        if !part.is_empty() {
            parts.push(part);
        }
        rest = behind;
    }
    parts.join(separator)
}

fn social_security(random: &mut Random) -> String {
    let area = loop {
        let area = 1 + random.below(899);
        if area != 666 {
            break area;
        }
    };
    let separator = random.of(&["-", " "]);
    let (group, serial) = (1 + random.below(99), 1 + random.below(9999));
    format!("{area:03}{separator}{group:02}{separator}{serial:04}")
}

fn web_token(random: &mut Random) -> String {
    let (header, payload) = (20 + random.below(40), 20 + random.below(200));
    let header = random.letters(URL_SAFE, usize::try_from(header).expect("small"));
    let payload = random.letters(URL_SAFE, usize::try_from(payload).expect("small"));
    format!("eyJ{header}.eyJ{payload}.{}", random.letters(URL_SAFE, 43))
}

fn private_key(random: &mut Random) -> String {
    let kind = random.of(&["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA "]);
    let lines: Vec<_> = (0..=random.below(6))
        .map(|_| random.letters(PLAIN, 64))
        .collect();
    format!(
        "-----BEGIN {kind}PRIVATE KEY-----\n{}\n-----END {kind}PRIVATE KEY-----",
        lines.join("\n")
    )
}

fn key(random: &mut Random) -> String {
    match random.below(8) {
        0 => "AKIA".to_owned() + &random.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        1 => "ASIA".to_owned() + &random.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        2 => "AIza".to_owned() + &random.letters(URL_SAFE, 35),
        3 => random.of(&["ghp_", "gho_", "ghs_"]).to_owned() + &random.letters(PLAIN, 36),
        4 => format!(
            "github_pat_{}_{}",
            random.letters(PLAIN, 22),
            random.letters(PLAIN, 59)
        ),
        5 => format!(
            "xoxb-{}-{}-{}",
            random.digits(12),
            random.digits(12),
            random.letters(PLAIN, 24)
        ),
        6 => random.of(&["sk_live_", "rk_live_"]).to_owned() + &random.letters(PLAIN, 24),
        _ => format!(
            "SG.{}.{}",
            random.letters(URL_SAFE, 22),
            random.letters(URL_SAFE, 43)
        ),
    }
}

fn uuid(random: &mut Random) -> String {
    let parts = [8, 4, 4, 4, 12].map(|len| random.letters(HEX, len));
    let text = parts.join("-");
    if random.below(8) == 0 {
        text.to_uppercase()
    } else {
        text
    }
}

/// Between 2010 and 2038, in one of four units. The microseconds of September 2039 begin as Mir's cards do.
fn epoch(random: &mut Random) -> String {
    let seconds = 1_262_304_000 + random.below(883_000_000);
    let digits = [0, 3, 6, 9][usize::try_from(random.below(4)).expect("small")];
    format!("{seconds}{}", random.digits(digits))
}

/// Numbers as messages have them: milliseconds since an epoch, shifted by 22 bits. Those of an epoch's first
/// month have 16 digits, and are what any number of 16 digits is.
fn snowflake(random: &mut Random) -> String {
    let since = 4_000_000_000 + random.below(500_000_000_000);
    (since << 22 | random.below(1 << 22)).to_string()
}

fn order(random: &mut Random) -> String {
    match random.below(5) {
        0 => format!("ORD-2026-{}", random.digits(8)),
        1 => format!(
            "{}-{}-{}",
            random.digits(3),
            random.digits(7),
            random.digits(7)
        ),
        2 => random.digits(10),
        3 => format!("PO{}", random.digits(12)),
        _ => format!("INV-{}-{}", random.digits(6), random.digits(4)),
    }
}

fn address(random: &mut Random) -> String {
    if random.below(2) == 0 {
        let parts: Vec<_> = (0..4).map(|_| random.below(256).to_string()).collect();
        return parts.join(".") + ":" + &random.below(65536).to_string();
    }
    let parts: Vec<_> = (0..8).map(|_| random.letters(HEX, 4)).collect();
    parts.join(":")
}

fn telephone(random: &mut Random) -> String {
    let (area, line) = (200 + random.below(800), random.digits(4));
    match random.below(5) {
        0 => format!("+1{area}{}", random.digits(7)),
        1 => format!("({area}) {}-{line}", random.digits(3)),
        2 => format!("{area}-{}-{line}", random.digits(3)),
        3 => format!("+49 {} {}", random.digits(4), random.digits(7)),
        _ => format!("+{}{}", 1 + random.below(99), random.digits(11)),
    }
}

fn hash(random: &mut Random) -> String {
    let len = [7, 12, 32, 40, 64][usize::try_from(random.below(5)).expect("small")];
    random.letters(HEX, len)
}

fn measure(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("{}.{}", random.below(1000), random.digits(16)),
        1 => format!(
            "2026-{:02}-{:02}T02:07:07.418Z",
            1 + random.below(12),
            1 + random.below(28)
        ),
        2 => format!("202606{}{}", 10 + random.below(20), random.digits(6)),
        _ => format!(
            "{} {} {}",
            random.digits(3),
            random.digits(3),
            random.digits(3)
        ),
    }
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
    let random = marked(COUNT, |random| random.digits(16));
    assert!(random < COUNT / 25, "{random} of {COUNT} random numbers");
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
    let marked = marked(COUNT, |random| random.digits(16));
    println!("random numbers of 16 digits: {marked} of {COUNT} marked");
}
