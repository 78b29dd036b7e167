//! RFC 3339 text to a moment.

use crate::calendar::{day_of, days_in};
use crate::record::Timestamp;

/// Reads `2026-06-12T02:07:07.418Z`, with any number of decimals and any zone. Decimals beyond the
/// nanosecond are cut off.
pub(super) fn read(text: &str) -> Result<Timestamp, &'static str> {
    const FORM: &str = "no timestamp; write it as 2026-06-12T02:07:07.418Z";
    let (stamp, rest) = text.as_bytes().split_at_checked(19).ok_or(FORM)?;
    let number = |from: usize, len: usize| digits(&stamp[from..from + len]).ok_or(FORM);
    let punctuation = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if punctuation.iter().any(|(at, byte)| stamp[*at] != *byte) {
        return Err(FORM);
    }
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return Err("no such day");
    }
    // A leap second is the first second of the next minute, as it is for the system's clock.
    if hour > 23 || minute > 59 || second > 60 {
        return Err("no such time of day");
    }
    let (nanos, zone) = match rest.strip_prefix(b".") {
        None => (0, rest),
        Some(rest) => {
            let len = rest.iter().take_while(|it| it.is_ascii_digit()).count();
            if len == 0 {
                return Err(FORM);
            }
            let (fraction, zone) = rest.split_at(len);
            let mut nine = [b'0'; 9];
            let kept = len.min(9);
            nine[..kept].copy_from_slice(&fraction[..kept]);
            (digits(&nine).ok_or(FORM)?, zone)
        }
    };
    let offset = match zone {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let hours = digits(&[*h1, *h2]).filter(|it| *it < 24).ok_or(FORM)?;
            let minutes = digits(&[*m1, *m2]).filter(|it| *it < 60).ok_or(FORM)?;
            let seconds = (hours * 60 + minutes) * 60;
            if *sign == b'+' { seconds } else { -seconds }
        }
        _ => return Err(FORM),
    };
    let seconds = day_of(year, month, day) * 86_400 + (hour * 60 + minute) * 60 + second - offset;
    let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    // The first moment there is, written without its decimals, is a moment before.
    let is_first = (-999_999_999..0).contains(&(nanos - i128::from(i64::MIN)));
    let nanos = if is_first {
        i128::from(i64::MIN)
    } else {
        nanos
    };
    i64::try_from(nanos)
        .map(Timestamp)
        .map_err(|_| "a timestamp outside the years 1677 to 2262")
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_precision_and_zone() {
        let second = 1_781_230_027;
        for (text, nanos) in [
            ("2026-06-12T02:07:07Z", 0),
            ("2026-06-12T02:07:07.4Z", 400_000_000),
            ("2026-06-12T02:07:07.418Z", 418_000_000),
            ("2026-06-12T02:07:07.418123456789Z", 418_123_456),
            ("2026-06-12T04:37:07.418+02:30", 418_000_000),
            ("2026-06-11T22:07:07-04:00", 0),
        ] {
            assert_eq!(
                read(text),
                Ok(Timestamp(second * 1_000_000_000 + nanos)),
                "{text}"
            );
        }
        assert_eq!(
            read("2262-04-11T23:47:16.854775807Z"),
            Ok(Timestamp(i64::MAX))
        );
        assert_eq!(
            read("1677-09-21T00:12:43.145224192Z"),
            Ok(Timestamp(i64::MIN))
        );
        for cut in ["1677-09-21T00:12:43Z", "1677-09-21T00:12:43.145Z"] {
            assert_eq!(read(cut), Ok(Timestamp(i64::MIN)), "{cut}");
        }
        assert!(read("1677-09-21T00:12:42Z").is_err());
        assert_eq!(read("2016-12-31T23:59:60Z"), read("2017-01-01T00:00:00Z"));
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "2026-06-12",
            "2026-06-12 02:07:07Z",
            "2026-06-12T02:07:07",
            "2026-06-12T02:07:07.Z",
            "2026-06-31T02:07:07Z",
            "2026-00-12T02:07:07Z",
            "2025-02-29T02:07:07Z",
            "2026-06-12T24:07:07Z",
            "2026-06-12T02:07:07+2:00",
            "2026-06-12T02:07:07+25:00",
            "2026-06-12T02:07:07Zx",
            "2026-06-1é02:07:07Z",
            "9999-06-12T02:07:07Z",
            "0000-01-01T00:00:00Z",
            "+026-06-12T02:07:07Z",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
