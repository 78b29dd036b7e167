//! Numbers and spans of time as text. Nothing here allocates.

use core::time::Duration;

/// The shortest text that reads back as the same float, always with a point or an exponent. What is
/// no number has the names `NaN`, `inf` and `-inf`.
#[inline]
pub(crate) fn with_float<R>(float: f64, then: impl FnOnce(&str) -> R) -> R {
    if float.is_finite() {
        then(zmij::Buffer::new().format_finite(float))
    } else {
        then(not_finite(float))
    }
}

/// The same for 32 bits.
#[inline]
pub(crate) fn with_float32<R>(float: f32, then: impl FnOnce(&str) -> R) -> R {
    if float.is_finite() {
        then(zmij::Buffer::new().format_finite(float))
    } else {
        then(not_finite(f64::from(float)))
    }
}

fn not_finite(float: f64) -> &'static str {
    if float.is_nan() {
        "NaN"
    } else if float > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

/// Milliseconds: three decimals from one millisecond up, below that as many as it takes to name the
/// nanosecond, at least three and at most six.
#[inline]
pub(crate) fn push_millis(millis: f64, out: &mut Vec<u8>) {
    // Beyond 2^53 nanoseconds (104 days) a float no longer tells nanoseconds apart, and below zero no
    // clock of ours goes: both are floats like any other.
    const LIMIT: f64 = 9_007_199_254.0;
    if !(0.0..LIMIT).contains(&millis) {
        with_float(millis, |text| out.extend_from_slice(text.as_bytes()));
        return;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was tested"
    )]
    let nanos = (millis * 1e6).round() as u64;
    if nanos >= 1_000_000 {
        let micros = (nanos + 500) / 1000;
        out.extend_from_slice(itoa::Buffer::new().format(micros / 1000).as_bytes());
        out.push(b'.');
        out.extend_from_slice(&decimals::<3>(low(micros % 1000)));
    } else {
        let digits = decimals::<6>(low(nanos));
        let last = digits.iter().rposition(|digit| *digit != b'0');
        out.extend_from_slice(b"0.");
        out.extend_from_slice(&digits[..last.map_or(3, |last| 3.max(last + 1))]);
    }
}

fn low(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Seconds with as many decimals as it takes, and an `s`: `1.5s`.
pub(crate) fn push_duration(duration: Duration, out: &mut Vec<u8>) {
    push_seconds(duration, out);
    out.push(b's');
}

pub(crate) fn push_seconds(duration: Duration, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(duration.as_secs()).as_bytes());
    let nanos = duration.subsec_nanos();
    if nanos > 0 {
        let digits = decimals::<9>(nanos);
        let end = digits.iter().rposition(|digit| *digit != b'0').unwrap_or(0);
        out.push(b'.');
        out.extend_from_slice(&digits[..=end]);
    }
}

/// The lowest `N` decimal digits, with leading zeros.
#[inline]
pub(crate) fn decimals<const N: usize>(mut number: u32) -> [u8; N] {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    digits
}

/// The digits of a number below 100,000,000, and how many there are.
///
/// All eight are worked out at once, in the lanes of one word: into halves of four digits, of two, of one
/// (<http://0x80.pl/notesen/2016-01-07-fast-ascii-to-int.html> has the way back).
#[inline(always)]
pub(super) fn digits(number: u32) -> ([u8; 8], usize) {
    let number = u64::from(number);
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    // 10,486 / 2^20 is 1/100, and 103 / 2^10 is 1/10, near enough for four and for two digits.
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | ((fours - hundreds * 100) << 16);
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    let ones = tens | ((twos - tens * 10) << 8);
    // Of zero, the last digit stays.
    let skipped = (ones.trailing_zeros() / 8).min(7);
    let text = (ones | 0x3030_3030_3030_3030) >> (8 * skipped);
    (text.to_le_bytes(), 8 - skipped as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn floats_always_show_that_they_are() {
        let shown = |float| with_float(float, str::to_owned);
        assert_eq!(shown(3.0), "3.0");
        assert_eq!(shown(-0.0), "-0.0");
        assert_eq!(shown(0.1), "0.1");
        for float in [
            1e16,
            1e21,
            1e-7,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            123_456_789.0,
        ] {
            let text = shown(float);
            assert!(text.contains(['.', 'e']), "{text}");
            assert_eq!(text.parse(), Ok(float));
        }
        assert_eq!(shown(f64::NAN), "NaN");
        assert_eq!(shown(f64::NEG_INFINITY), "-inf");
        assert_eq!(with_float32(0.1, str::to_owned), "0.1");
    }

    #[test]
    fn all_numbers_of_up_to_eight_digits() {
        let shown = |number| {
            let (text, len) = digits(number);
            String::from_utf8_lossy(&text[..len]).into_owned()
        };
        // Every value of the upper and of the lower half.
        for half in 0..10_000 {
            assert_eq!(shown(half), half.to_string());
            let number = half * 10_000 + 9_999 - half;
            assert_eq!(shown(number), number.to_string());
        }
        assert_eq!(shown(99_999_999), "99999999");
    }

    #[test]
    fn millis_keep_nanoseconds_below_one() {
        let shown = |millis| text(|out| push_millis(millis, out));
        assert_eq!(shown(3000.214), "3000.214");
        assert_eq!(shown(3_000.214_499), "3000.214");
        assert_eq!(shown(12.0), "12.000");
        assert_eq!(shown(0.0), "0.000");
        assert_eq!(shown(0.000_214), "0.000214");
        assert_eq!(shown(0.25), "0.250");
        assert_eq!(shown(0.999_999_9), "1.000");
        assert_eq!(shown(-1.5), "-1.5");
        assert_eq!(shown(f64::INFINITY), "inf");
        assert_eq!(shown(1e15), "1000000000000000.0");
    }

    #[test]
    fn durations_are_exact_seconds() {
        let shown = |duration| text(|out| push_duration(duration, out));
        assert_eq!(shown(Duration::from_millis(1500)), "1.5s");
        assert_eq!(shown(Duration::from_secs(90)), "90s");
        assert_eq!(shown(Duration::from_nanos(3)), "0.000000003s");
        assert_eq!(shown(Duration::ZERO), "0s");
        assert_eq!(shown(Duration::MAX), "18446744073709551615.999999999s");
    }
}
