//! What should be found.

use super::random::{PLAIN, Random, URL_SAFE};

/// How the numbers of issuers begin, and how long they are.
pub(in super::super) const CARDS: &[(&str, usize)] = &[
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

/// A number that begins so and has so many digits.
pub(in super::super) fn with_check_digit(random: &mut Random, front: &str, len: usize) -> String {
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
    digits
}

pub(super) fn card(random: &mut Random) -> String {
    let index = random.below(CARDS.len() as u64);
    let (front, len) = CARDS[usize::try_from(index).expect("small")];
    let digits = with_check_digit(random, front, len);
    let separator = random.of(&[
        "", " ", "-", "\u{a0}", "\u{202f}", "\u{2013}", "\u{2011}", ".", "+", "%20",
    ]);
    let groups: &[usize] = match len {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        16 if random.below(4) == 0 => &[8, 8],
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

pub(super) fn social_security(random: &mut Random) -> String {
    let area = loop {
        let area = 1 + random.below(899);
        if area != 666 {
            break area;
        }
    };
    let separator = random.of(&[
        "-", " ", "\u{a0}", "\u{202f}", "\u{2013}", "\u{2011}", "%20",
    ]);
    let (group, serial) = (1 + random.below(99), 1 + random.below(9999));
    format!("{area:03}{separator}{group:02}{separator}{serial:04}")
}

pub(super) fn web_token(random: &mut Random) -> String {
    let (header, payload) = (20 + random.below(40), 20 + random.below(200));
    let header = random.letters(URL_SAFE, usize::try_from(header).expect("small"));
    let payload = random.letters(URL_SAFE, usize::try_from(payload).expect("small"));
    format!("eyJ{header}.eyJ{payload}.{}", random.letters(URL_SAFE, 43))
}

pub(super) fn private_key(random: &mut Random) -> String {
    let kind = random.of(&["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA "]);
    let lines: Vec<_> = (0..=random.below(6))
        .map(|_| random.letters(PLAIN, 64))
        .collect();
    format!(
        "-----BEGIN {kind}PRIVATE KEY-----\n{}\n-----END {kind}PRIVATE KEY-----",
        lines.join("\n")
    )
}

pub(super) fn key(random: &mut Random) -> String {
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
