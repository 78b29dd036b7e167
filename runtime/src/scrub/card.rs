//! Numbers of payment cards: who issues them, how long they are, their check digit.

/// The first six digits, from and to, and how many digits there are. Lengths that issuers have given up or
/// hardly use are left out where other numbers have them: 13 digits (milliseconds, bar codes), 17 and 18
/// (numbers of posts and messages), and 15 that begin with 1.
const ISSUERS: &[(u32, u32, &[u32])] = &[
    // Visa
    (400_000, 499_999, &[16, 19]),
    // Mastercard
    (510_000, 559_999, &[16]),
    (222_100, 272_099, &[16]),
    // American Express
    (340_000, 349_999, &[15]),
    (370_000, 379_999, &[15]),
    // Diners Club
    (300_000, 305_999, &[14]),
    (309_500, 309_599, &[14]),
    (360_000, 369_999, &[14]),
    (380_000, 399_999, &[14]),
    // JCB
    (352_800, 358_999, &[16, 19]),
    // Discover, and RuPay's and Elo's numbers among them
    (601_100, 601_199, &[16, 19]),
    (644_000, 659_999, &[16, 19]),
    // UnionPay
    (620_000, 629_999, &[16, 19]),
    (810_000, 817_199, &[16, 19]),
    // Maestro, and Dankort among it
    (501_800, 502_099, &[16, 19]),
    (503_800, 503_899, &[16, 19]),
    (561_200, 561_299, &[16, 19]),
    (589_300, 589_399, &[16, 19]),
    (630_400, 630_499, &[16, 19]),
    (639_000, 639_099, &[16, 19]),
    (675_900, 675_999, &[16, 19]),
    (676_100, 676_399, &[16, 19]),
    // Verve, Elo, RuPay
    (506_000, 506_199, &[16, 19]),
    (506_699, 506_778, &[16]),
    (508_000, 508_999, &[16]),
    // Elo
    (636_297, 636_297, &[16]),
    (636_368, 636_368, &[16]),
    // Hipercard
    (606_282, 606_282, &[16, 19]),
    // RuPay
    (606_985, 607_984, &[16]),
    (608_001, 608_500, &[16]),
    // Mir
    (220_000, 220_499, &[16, 19]),
    // Troy
    (979_200, 979_289, &[16]),
    // Uzcard and Humo
    (860_000, 860_099, &[16]),
    (986_000, 986_099, &[16]),
];

/// The shortest number of a card has so many digits.
pub(super) const SHORTEST: usize = 14;

/// And the longest; a `u64` holds it.
pub(super) const LONGEST: usize = 19;

/// Whether the number's digits are those of a card.
pub(super) fn is_card_number(number: u64) -> bool {
    if number < 10_u64.pow(13) {
        return false;
    }
    let len = number.ilog10() + 1;
    let Ok(front) = u32::try_from(number / 10_u64.pow(len - 6)) else {
        return false;
    };
    let issued = ISSUERS
        .iter()
        .any(|(from, to, lens)| (*from..=*to).contains(&front) && lens.contains(&len));
    issued && has_check_digit(number)
}

/// The digits from the right, every second one doubled and its digits added, make a multiple of ten.
fn has_check_digit(number: u64) -> bool {
    let mut rest = number;
    let mut sum = 0;
    while rest > 0 {
        sum += rest % 10;
        let doubled = rest / 10 % 10 * 2;
        sum += doubled / 10 + doubled % 10;
        rest /= 100;
    }
    sum % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_length_and_check_digit_must_agree() {
        for number in [
            4_111_111_111_111_111,
            5_555_555_555_554_444,
            2_223_003_122_003_222,
            378_282_246_310_005,
            30_569_309_025_904,
            3_530_111_333_300_000,
            6_011_111_111_111_117,
            6_200_000_000_000_005,
            6_759_649_826_438_453,
            4_000_000_000_000_000_006,
        ] {
            assert!(is_card_number(number), "{number}");
            assert!(!is_card_number(number + 1), "{number}");
        }
        for number in [
            0,
            9,
            1_781_230_027_418,
            1_111_111_111_111_117,
            4_222_222_222_222,
            411_111_111_111_111_103,
            u64::MAX,
        ] {
            assert!(!is_card_number(number), "{number}");
        }
    }

    #[test]
    fn ranges_are_in_order_and_apart() {
        for (index, (from, to, lens)) in ISSUERS.iter().enumerate() {
            assert!(from <= to && !lens.is_empty());
            for (other, end, _) in &ISSUERS[..index] {
                assert!(to < other || end < from, "{from} {other}");
            }
        }
    }
}
