//! Days since 1970-01-01 and dates of the Gregorian calendar, after Howard Hinnant's `civil_from_days` and
//! `days_from_civil`: years begin in March, so that a leap day is the last day of its year.

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// 400 years, which all have the same number of days.
const ERA: i64 = 146_097;

/// Year, month and day of a day since 1970-01-01.
pub(crate) fn date_of(day: i64) -> (i64, u32, u32) {
    let day = day + EPOCH;
    let era = day.div_euclid(ERA);
    let of_era = day.rem_euclid(ERA);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    let small = |number: i64| u32::try_from(number).unwrap_or(0);
    (year, small(month), small(day))
}

/// The number of a day, zero for 1970-01-01.
pub(crate) fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - EPOCH
}

/// How many days a month has.
pub(crate) const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every day of 1,200 years, counted by the lengths of months alone.
    #[test]
    fn both_ways_agree_with_the_lengths_of_months() {
        let mut number = day_of(1400, 1, 1);
        for year in 1400..2600 {
            for month in 1..=12_u32 {
                for day in 1..=days_in(year, i64::from(month)) {
                    assert_eq!(day_of(year, i64::from(month), day), number);
                    assert_eq!(
                        date_of(number),
                        (year, month, u32::try_from(day).unwrap_or(0))
                    );
                    number += 1;
                }
            }
        }
        assert_eq!(day_of(1970, 1, 1), 0);
    }
}
