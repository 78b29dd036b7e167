//! Numbers with units, for people.

use std::fmt;

/// A number of things with its thousands parted: `1,204`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 error`, `2 errors`.
pub fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A length of time in milliseconds with three digits: `41 ns`, `2.41 us`, `0.214 ms`, `87.3 ms`, `3.00 s`,
/// `2m 05s`.
pub fn millis(ms: f64) -> String {
    if !ms.is_finite() {
        return "?".to_owned();
    }
    match ms.abs() {
        0.0 => "0 ms".to_owned(),
        it if it < 999.5e-6 => format!("{:.0} ns", ms * 1e6),
        it if it < 9.995e-3 => format!("{:.2} us", ms * 1e3),
        it if it < 0.9995 => format!("{ms:.3} ms"),
        it if it < 9.995 => format!("{ms:.2} ms"),
        it if it < 99.95 => format!("{ms:.1} ms"),
        it if it < 999.5 => format!("{ms:.0} ms"),
        it if it < 59_995.0 => format!("{:.2} s", ms / 1e3),
        it => {
            let seconds = rounded(it / 1e3);
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            let sign = if ms < 0.0 { "-" } else { "" };
            if hours > 0 {
                format!("{sign}{}h {minutes:02}m", count(hours))
            } else {
                format!("{sign}{minutes}m {:02}s", seconds % 60)
            }
        }
    }
}

/// The nearest whole number, zero for what is negative or no number.
pub fn rounded(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, which is what is wanted"
    )]
    let whole = number.round() as u64;
    whole
}

/// A part of a whole: `0 %`, `0.3 %`, `12 %`; never rounded to `0 %` or `100 %` when it is not.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let share = part as f64 / whole as f64 * 100.0;
    match share {
        it if part == 0 || part == whole => format!("{it:.0} %"),
        it if it < 0.1 => "<0.1 %".to_owned(),
        it if it < 9.95 => format!("{it:.1} %"),
        it if it > 99.0 => ">99 %".to_owned(),
        it => format!("{it:.0} %"),
    }
}

/// A moment in nanoseconds since 1970, shown as `2026-06-12 02:07:07.418` (UTC).
#[derive(Clone, Copy, Debug)]
pub struct Moment(pub i64);

impl Moment {
    /// `2026-06-12`
    pub fn date(self) -> String {
        let (year, month, day) = date_of(self.0.div_euclid(86_400_000_000_000));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `02:07:07.418`
    pub fn time(self) -> String {
        let ms = self.0.rem_euclid(86_400_000_000_000) / 1_000_000;
        let seconds = ms / 1000;
        format!(
            "{:02}:{:02}:{:02}.{:03}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            ms % 1000
        )
    }

    /// `2026-06-12T02:07:07.418Z`, with as many digits as it takes: 0, 3, 6 or 9. A file that has
    /// milliseconds gets no digits that nobody measured.
    pub fn rfc3339(self) -> String {
        let nanos = self.0.rem_euclid(1_000_000_000);
        let time = self.time();
        let digits = format!(".{nanos:09}");
        let mut digits = digits.as_str();
        while let Some(shorter) = digits.strip_suffix("000") {
            digits = shorter;
        }
        let digits = if digits == "." { "" } else { digits };
        format!("{}T{}{digits}Z", self.date(), &time[..8])
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date(), self.time())
    }
}

/// The Gregorian date of a day since 1970-01-01: years are counted from March, so that a leap day is
/// the last of its year.
fn date_of(day: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    let day = day + 719_468;
    let of_era = day.rem_euclid(ERA);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + day.div_euclid(ERA) * 400 + i64::from(month <= 2);
    (year, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        let shown = [
            0.0, 41e-6, 999.6e-6, 0.00241, 0.0123, 0.2141, 2.4131, 9.9996, 87.34, 214.6, 999.6,
            3000.2, 59_996.0, 125_000.0, 7.3e6,
        ];
        let shown: Vec<String> = shown.into_iter().map(millis).collect();
        assert_eq!(
            shown,
            [
                "0 ms", "41 ns", "1.00 us", "2.41 us", "0.012 ms", "0.214 ms", "2.41 ms",
                "10.0 ms", "87.3 ms", "215 ms", "1.00 s", "3.00 s", "1m 00s", "2m 05s", "2h 01m"
            ]
        );
        assert_eq!(millis(f64::NAN), "?");
    }

    #[test]
    fn parts_and_counts() {
        assert_eq!(percent(0, 10), "0 %");
        assert_eq!(percent(1, 100_000), "<0.1 %");
        assert_eq!(percent(99_999, 100_000), ">99 %");
        assert_eq!(percent(3, 96), "3.1 %");
        assert_eq!(percent(0, 0), "-");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(plural(1, "retry", "retries"), "1 retry");
    }

    #[test]
    fn moments() {
        let moment = Moment(1_781_230_027_418_123_456);
        assert_eq!(moment.to_string(), "2026-06-12 02:07:07.418");
        assert_eq!(moment.rfc3339(), "2026-06-12T02:07:07.418123456Z");
        assert_eq!(
            Moment(1_781_230_027_418_000_000).rfc3339(),
            "2026-06-12T02:07:07.418Z"
        );
        assert_eq!(
            Moment(1_781_230_027_000_000_000).rfc3339(),
            "2026-06-12T02:07:07Z"
        );
        assert_eq!(Moment(-1).rfc3339(), "1969-12-31T23:59:59.999999999Z");
        assert_eq!(Moment(951_782_400_000_000_000).date(), "2000-02-29");
    }
}
