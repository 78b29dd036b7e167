//! What should be left alone.

use super::random::{HEX, Random};

pub(super) fn uuid(random: &mut Random) -> String {
    let parts = [8, 4, 4, 4, 12].map(|len| random.letters(HEX, len));
    let text = parts.join("-");
    if random.below(8) == 0 {
        text.to_uppercase()
    } else {
        text
    }
}

/// Between 2010 and 2038, in one of four units. The microseconds of September 2039 begin as Mir's cards do.
pub(super) fn epoch(random: &mut Random) -> String {
    let seconds = 1_262_304_000 + random.below(883_000_000);
    let digits = [0, 3, 6, 9][usize::try_from(random.below(4)).expect("small")];
    format!("{seconds}{}", random.digits(digits))
}

/// Numbers as messages have them: milliseconds since an epoch, shifted by 22 bits. Those of an epoch's first
/// month have 16 digits, and are what any number of 16 digits is.
pub(super) fn snowflake(random: &mut Random) -> String {
    let since = 4_000_000_000 + random.below(500_000_000_000);
    (since << 22 | random.below(1 << 22)).to_string()
}

pub(super) fn order(random: &mut Random) -> String {
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

pub(super) fn address(random: &mut Random) -> String {
    if random.below(2) == 0 {
        let parts: Vec<_> = (0..4).map(|_| random.below(256).to_string()).collect();
        return parts.join(".") + ":" + &random.below(65536).to_string();
    }
    let parts: Vec<_> = (0..8).map(|_| random.letters(HEX, 4)).collect();
    parts.join(":")
}

pub(super) fn telephone(random: &mut Random) -> String {
    let (area, line) = (200 + random.below(800), random.digits(4));
    match random.below(5) {
        0 => format!("+1{area}{}", random.digits(7)),
        1 => format!("({area}) {}-{line}", random.digits(3)),
        2 => format!("{area}-{}-{line}", random.digits(3)),
        3 => format!("+49 {} {}", random.digits(4), random.digits(7)),
        _ => format!("+{}{}", 1 + random.below(99), random.digits(11)),
    }
}

pub(super) fn hash(random: &mut Random) -> String {
    let len = [7, 12, 32, 40, 64][usize::try_from(random.below(5)).expect("small")];
    random.letters(HEX, len)
}

pub(super) fn measure(random: &mut Random) -> String {
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

/// Versions, names of objects, places on a map, sums: numbers with dots and signs between.
pub(super) fn dotted(random: &mut Random) -> String {
    let joined = |random: &mut Random, count: u64, len: usize, separator: &str| {
        let parts: Vec<_> = (0..count).map(|_| random.digits(len)).collect();
        parts.join(separator)
    };
    match random.below(4) {
        0 => joined(random, 4, 3, "."),
        1 => format!(
            "1.3.6.1.4.1.{}.{}",
            random.digits(5),
            joined(random, 3, 2, ".")
        ),
        2 => format!(
            "{}.{} {}.{}",
            random.digits(2),
            random.digits(6),
            random.digits(3),
            random.digits(6)
        ),
        _ => joined(random, 3, 4, "+"),
    }
}

/// From one day to another.
pub(super) fn days(random: &mut Random) -> String {
    let day = |random: &mut Random| {
        let (year, month, day) = (
            1950 + random.below(100),
            1 + random.below(12),
            1 + random.below(28),
        );
        format!("{year}{month:02}{day:02}")
    };
    let separator = random.of(&["-", " ", "\u{2013}"]);
    day(random) + separator + &day(random)
}
