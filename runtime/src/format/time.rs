//! Moments as RFC 3339 text in UTC. A text is kept until it is no longer right.

use super::number::decimals;
use crate::calendar::date_of;
use crate::record::Timestamp;

/// How fine a record's timestamp is written. What is finer is cut off, not rounded.
///
/// ```
/// use storyline::format::{Format, Line, Precision};
///
/// let text = "2026-06-12T02:07:07.999Z | INFO | shop | pid=7 | req=- | order_paid";
/// let record = storyline::parse::parse(text)?;
/// let mut out = Vec::new();
/// Line::default().precision(Precision::Seconds).format(&record.as_record(), &mut out);
/// assert!(out.starts_with(b"2026-06-12T02:07:07Z | INFO"));
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precision {
    /// `2026-06-12T02:07:07Z`
    Seconds,
    /// `2026-06-12T02:07:07.418Z`
    #[default]
    Milliseconds,
    /// `2026-06-12T02:07:07.418123Z`
    Microseconds,
    /// `2026-06-12T02:07:07.418123456Z`
    Nanoseconds,
}

impl Precision {
    /// Digits after the second.
    pub(super) const fn digits(self) -> usize {
        match self {
            Self::Seconds => 0,
            Self::Milliseconds => 3,
            Self::Microseconds => 6,
            Self::Nanoseconds => 9,
        }
    }

    /// The counterpart of [`digits`](Self::digits), from text; milliseconds for anything else.
    pub(super) fn of_digits(digits: &str) -> Self {
        match digits {
            "0" => Self::Seconds,
            "6" => Self::Microseconds,
            "9" => Self::Nanoseconds,
            _ => Self::Milliseconds,
        }
    }

    /// Nanoseconds for which a text stays the same.
    const fn step(self) -> u64 {
        match self {
            Self::Seconds => 1_000_000_000,
            Self::Milliseconds => 1_000_000,
            Self::Microseconds => 1000,
            Self::Nanoseconds => 1,
        }
    }

    /// Where the `Z` stands.
    const fn end(self) -> usize {
        match self {
            Self::Seconds => 19,
            Self::Milliseconds => 23,
            Self::Microseconds => 26,
            Self::Nanoseconds => 29,
        }
    }
}

const SECOND: i64 = 1_000_000_000;

/// Length of a date and time without fraction and zone.
const STAMP: usize = 19;

/// Writes timestamps, rendering date and time once a second.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    precision: Precision,
    second: i64,
    /// From when on, and for how many nanoseconds, the text is right.
    from: i64,
    span: u64,
    /// Date, time, fraction and zone of the last timestamp.
    text: [u8; 32],
}

impl Clock {
    pub(crate) fn new(precision: Precision) -> Self {
        let mut text = *b"1970-01-01T00:00:00.000000000Z\0\0";
        text[precision.end()] = b'Z';
        Self {
            precision,
            second: 0,
            from: 0,
            span: precision.step(),
            text,
        }
    }

    pub(super) fn precision(&self) -> Precision {
        self.precision
    }

    /// Date, time, fraction and `Z`.
    #[inline]
    pub(crate) fn text(&mut self, timestamp: Timestamp) -> &[u8] {
        let (text, len) = self.chunk(timestamp);
        &text[..len]
    }

    /// The same as bytes of which so many count.
    #[inline]
    pub(super) fn chunk(&mut self, timestamp: Timestamp) -> (&[u8; 32], usize) {
        let since = timestamp.0.wrapping_sub(self.from).cast_unsigned();
        if since >= self.span {
            self.render(timestamp);
        }
        (&self.text, self.precision.end() + 1)
    }

    #[cold]
    fn render(&mut self, timestamp: Timestamp) {
        let second = timestamp.0.div_euclid(SECOND);
        if second != self.second {
            // Every i64 of nanoseconds lies between the years 1677 and 2262.
            let stamp = stamp(second).unwrap_or([b'0'; STAMP]);
            self.text[..STAMP].copy_from_slice(&stamp);
            self.second = second;
        }
        let nanos = u32::try_from(timestamp.0.rem_euclid(SECOND)).unwrap_or(0);
        let fraction = &mut self.text[STAMP + 1..];
        match self.precision {
            Precision::Seconds => {}
            Precision::Milliseconds => {
                fraction[..3].copy_from_slice(&decimals::<3>(nanos / 1_000_000));
            }
            Precision::Microseconds => fraction[..6].copy_from_slice(&decimals::<6>(nanos / 1000)),
            Precision::Nanoseconds => fraction[..9].copy_from_slice(&decimals::<9>(nanos)),
        }
        let beyond = timestamp.0.rem_euclid(self.span.cast_signed());
        self.from = timestamp.0.wrapping_sub(beyond);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(Precision::default())
    }
}

/// A moment as a value: RFC 3339 with no, three, six or nine decimals; outside the years 0 to 9999,
/// which RFC 3339 cannot name, `@` and seconds since 1970.
pub(crate) fn push_moment(nanos: i128, out: &mut Vec<u8>) {
    let second = nanos.div_euclid(i128::from(SECOND));
    if let Some(stamp) = i64::try_from(second).ok().and_then(stamp) {
        out.extend_from_slice(&stamp);
        push_fraction(nanos.rem_euclid(i128::from(SECOND)).unsigned_abs(), out);
        out.push(b'Z');
    } else {
        let size = nanos.unsigned_abs();
        let second = u128::from(SECOND.unsigned_abs());
        out.extend_from_slice(if nanos < 0 { b"@-" } else { b"@" });
        out.extend_from_slice(itoa::Buffer::new().format(size / second).as_bytes());
        push_fraction(size % second, out);
    }
}

fn push_fraction(nanos: u128, out: &mut Vec<u8>) {
    let digits = decimals::<9>(u32::try_from(nanos).unwrap_or(0));
    if let Some(last) = digits.iter().rposition(|digit| *digit != b'0') {
        out.push(b'.');
        out.extend_from_slice(&digits[..(last / 3 + 1) * 3]);
    }
}

/// `2026-06-12T02:07:07` for a second since 1970, in the years 0 to 9999.
fn stamp(second: i64) -> Option<[u8; STAMP]> {
    const DAY: i64 = 86_400;
    let (year, month, day) = date_of(second.div_euclid(DAY));
    let year = u32::try_from(year).ok().filter(|year| *year <= 9999)?;
    let of_day = u32::try_from(second.rem_euclid(DAY)).unwrap_or(0);
    let mut text = *b"0000-00-00T00:00:00";
    text[0..4].copy_from_slice(&decimals::<4>(year));
    for (at, number) in [
        (5, month),
        (8, day),
        (11, of_day / 3600),
        (14, of_day / 60 % 60),
        (17, of_day % 60),
    ] {
        text[at..at + 2].copy_from_slice(&decimals::<2>(number));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(nanos: i64, precision: Precision) -> String {
        let mut clock = Clock::new(precision);
        String::from_utf8_lossy(clock.text(Timestamp(nanos))).into_owned()
    }

    fn moment(nanos: i128) -> String {
        let mut out = Vec::new();
        push_moment(nanos, &mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn timestamps_of_every_precision() {
        let time = 1_781_230_027_418_123_456;
        assert_eq!(at(time, Precision::Seconds), "2026-06-12T02:07:07Z");
        assert_eq!(
            at(time, Precision::Milliseconds),
            "2026-06-12T02:07:07.418Z"
        );
        assert_eq!(
            at(time, Precision::Microseconds),
            "2026-06-12T02:07:07.418123Z"
        );
        assert_eq!(
            at(time, Precision::Nanoseconds),
            "2026-06-12T02:07:07.418123456Z"
        );
        assert_eq!(
            at(-1, Precision::Nanoseconds),
            "1969-12-31T23:59:59.999999999Z"
        );
        assert_eq!(
            at(i64::MIN, Precision::Milliseconds),
            "1677-09-21T00:12:43.145Z"
        );
        assert_eq!(
            at(i64::MAX, Precision::Milliseconds),
            "2262-04-11T23:47:16.854Z"
        );
    }

    #[test]
    fn the_kept_second_is_left_when_time_goes_on_or_back() {
        let mut clock = Clock::new(Precision::Seconds);
        let mut out = Vec::new();
        for second in [5, 5, 6, 4] {
            out.extend_from_slice(clock.text(Timestamp(second * SECOND)));
        }
        assert!(out.ends_with(b":05Z1970-01-01T00:00:06Z1970-01-01T00:00:04Z"));
    }

    #[test]
    fn moments_are_exact() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(951_782_400_500_000_000), "2000-02-29T00:00:00.500Z");
        assert_eq!(moment(1), "1970-01-01T00:00:00.000000001Z");
        assert_eq!(
            moment(253_402_300_799 * 1_000_000_000),
            "9999-12-31T23:59:59Z"
        );
        assert_eq!(moment(253_402_300_800 * 1_000_000_000), "@253402300800");
        assert_eq!(
            moment(-62_167_219_200 * 1_000_000_000),
            "0000-01-01T00:00:00Z"
        );
        assert_eq!(
            moment(-62_167_219_200 * 1_000_000_000 - 1),
            "@-62167219200.000000001"
        );
        assert_eq!(
            moment(i128::MAX),
            "@170141183460469231731687303715.884105727"
        );
    }
}
