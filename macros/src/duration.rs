//! Durations as the macros write them: `500ms`, `1s`, `2m`, or the same in quotes.

use core::time::Duration;

use proc_macro2::Span;
use syn::Lit;
use syn::parse::ParseStream;

use crate::source::source_like;
use crate::suggest;

/// What a number is counted in.
struct Unit {
    name: &'static str,
    /// As it is called in full, for those who wrote it almost so.
    long: &'static str,
    nanos: u64,
}

/// The units, smallest first.
const UNITS: [Unit; 6] = {
    const fn unit(name: &'static str, long: &'static str, nanos: u64) -> Unit {
        Unit { name, long, nanos }
    }
    [
        unit("ns", "nanoseconds", 1),
        unit("us", "microseconds", 1_000),
        unit("ms", "milliseconds", 1_000_000),
        unit("s", "seconds", 1_000_000_000),
        unit("m", "minutes", 60_000_000_000),
        unit("h", "hours", 3_600_000_000_000),
    ]
};

fn named(name: &str) -> Option<&'static Unit> {
    const { &UNITS }.iter().find(|unit| unit.name == name)
}

/// Reads `500ms` or `"500ms"`.
pub(crate) fn parse(input: ParseStream<'_>) -> syn::Result<Duration> {
    let literal: Lit = input.parse().map_err(|error| {
        syn::Error::new(error.span(), "a duration is written `500ms`, `1s` or `2m`")
    })?;
    let text = match &literal {
        Lit::Str(text) => text.value(),
        other => source_like(&quote::ToTokens::to_token_stream(other)),
    };
    // `500 ms` is two tokens; the second one would be taken for something else.
    if let Some(unit) = stray_unit(input) {
        return Err(syn::Error::new(
            unit,
            format!(
                "the unit belongs to the number: write `{text}{}`",
                input.fork().parse::<syn::Ident>()?
            ),
        ));
    }
    from_text(&text, literal.span())
}

fn stray_unit(input: ParseStream<'_>) -> Option<Span> {
    let word: syn::Ident = input.fork().parse().ok()?;
    named(&word.to_string()).map(|_| word.span())
}

/// Reads `500ms`.
pub(crate) fn from_text(text: &str, span: Span) -> syn::Result<Duration> {
    let split = text
        .find(|it: char| !(it.is_ascii_digit() || it == '.' || it == '_'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit = unit.trim();
    let Ok(count) = number.replace('_', "").parse::<f64>() else {
        return Err(syn::Error::new(
            span,
            format!("`{text}` is not a duration; write `500ms`, `1s` or `2m`"),
        ));
    };
    let Some(known) = named(unit) else {
        return Err(syn::Error::new(span, unknown_unit(number, unit)));
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "an hour has fewer nanoseconds than 2^53"
    )]
    let nanos = count * known.nanos as f64;
    // Whole nanoseconds that fit 64 bits: about 584 years.
    if !(1.0..18e18).contains(&nanos) {
        return Err(syn::Error::new(
            span,
            format!(
                "`{text}` is out of range: a duration is longer than zero and shorter than 500 years"
            ),
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked above"
    )]
    Ok(Duration::from_nanos(nanos.round() as u64))
}

fn unknown_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        return format!("`{number}` has no unit; write `{number}ms`, `{number}s` or `{number}m`");
    }
    let meant = match unit.to_ascii_lowercase().as_str() {
        "sec" | "secs" | "second" | "seconds" => Some("s"),
        "msec" | "msecs" | "millis" | "milliseconds" => Some("ms"),
        "usec" | "micros" | "microseconds" | "µs" => Some("us"),
        "nanos" | "nanoseconds" => Some("ns"),
        "min" | "mins" | "minute" | "minutes" => Some("m"),
        "hour" | "hours" | "hr" => Some("h"),
        "d" | "day" | "days" => {
            return "days are written in hours, such as `24h`".to_owned();
        }
        other if other.contains(|it: char| it.is_ascii_digit()) => {
            let written = format!("{number}{other}");
            let summed = sum(&written).map(|it| format!(": `{it}`"));
            return format!(
                "`{number}{unit}` has several units: write one number and one unit{}",
                summed.unwrap_or_default()
            );
        }
        // One letter is as near to any other as to the one that was meant.
        other if other.chars().count() > 2 => suggest::nearest(other, UNITS.map(|it| it.long))
            .and_then(|long| UNITS.iter().find(|it| it.long == long))
            .map(|it| it.name),
        _ => None,
    };
    let known = format!(
        "the units are {}",
        suggest::listed(&UNITS.map(|it| it.name))
    );
    match meant {
        Some(meant) => format!("`{unit}` is not a unit; write `{number}{meant}` ({known})"),
        None => format!("`{unit}` is not a unit: {known}"),
    }
}

/// `90s` of `1m30s`.
fn sum(written: &str) -> Option<String> {
    let mut rest = written;
    let (mut nanos, mut smallest) = (0_u64, named("h")?);
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit())?;
        let (number, behind) = rest.split_at(digits);
        let end = behind
            .find(|it: char| it.is_ascii_digit())
            .unwrap_or(behind.len());
        let (unit, next) = behind.split_at(end);
        let known = named(unit)?;
        nanos = nanos.checked_add(number.parse::<u64>().ok()?.checked_mul(known.nanos)?)?;
        if known.nanos < smallest.nanos {
            smallest = known;
        }
        rest = next;
    }
    Some(format!("{}{}", nanos / smallest.nanos, smallest.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    fn read(source: &str) -> Result<Duration, String> {
        let tokens: proc_macro2::TokenStream = source.parse().expect("the test's own tokens");
        parse.parse2(tokens).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_literals_and_text() {
        assert_eq!(read("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(read("\"500ms\""), Ok(Duration::from_millis(500)));
        assert_eq!(read("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(read("1_000us"), Ok(Duration::from_millis(1)));
        assert_eq!(read("0.5s"), Ok(Duration::from_millis(500)));
    }

    #[test]
    fn says_what_to_write_instead() {
        for (source, part) in [
            ("500", "`500ms`"),
            ("5sec", "`5s`"),
            ("5min", "`5m`"),
            ("\"fast\"", "not a duration"),
            ("0s", "out of range"),
            ("500 ms", "`500ms`"),
            ("5parsecs", "the units are"),
            ("\"5 minuts\"", "write `5m`"),
            ("5secnds", "write `5s`"),
            ("1d", "`24h`"),
            ("5x", "the units are"),
            ("\"1h30m\"", "`90m`"),
            ("\"1m30s\"", "`90s`"),
            ("\"1s500xs\"", "one number and one unit"),
            ("-5ms", "`-5ms` is not a duration"),
        ] {
            let message = read(source).expect_err(source);
            assert!(message.contains(part), "{source}: {message}");
        }
    }
}
