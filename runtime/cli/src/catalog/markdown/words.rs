//! What a field holds, for somebody who reads the log and not the program.

use crate::catalog::Field;

/// Ends of keys that name a unit.
const UNITS: [(&str, &str); 10] = [
    ("_ns", "nanoseconds"),
    ("_us", "microseconds"),
    ("_ms", "milliseconds"),
    ("_s", "seconds"),
    ("_secs", "seconds"),
    ("_seconds", "seconds"),
    ("_bytes", "bytes"),
    ("_kib", "KiB"),
    ("_mib", "MiB"),
    ("_percent", "percent"),
];

/// `u64, milliseconds`, `masked: its last characters, at most half`
pub(super) fn of(field: &Field) -> String {
    if field.types.is_empty() {
        return "of a type that is not known".to_owned();
    }
    let types = || field.types.iter().map(|it| inner(it).unwrap_or(it));
    // Two types may have one word, and one type may stand there twice: as it is, and as one that may be missing.
    let mut words: Vec<&str> = Vec::new();
    for word in types().map(word) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let is_optional = field.types.iter().any(|it| inner(it).is_some());
    if is_optional {
        words.push("`null`");
    }
    let mut words = words.join(" or ");
    if types().all(is_number)
        && let Some((_, unit)) = UNITS.iter().find(|(end, _)| field.key.ends_with(end))
    {
        words.push_str(", ");
        words.push_str(unit);
    }
    words
}

fn inner(name: &str) -> Option<&str> {
    name.strip_prefix("Option<")?.strip_suffix('>')
}

fn is_number(name: &str) -> bool {
    matches!(name, "i64" | "u64" | "i128" | "u128" | "f64" | "f32")
}

/// A type as it is called, and what is not plain from its name.
fn word(name: &str) -> &str {
    match name {
        "str" | "display" => "text",
        "char" => "one character",
        "debug" => "text, the Debug of a value",
        "error" => "text, an error with its causes",
        "json" => "a structure, as JSON",
        "Duration" => "a duration, as `1.5s`",
        "SystemTime" => "a moment, as `2026-06-12T02:07:07.418Z`",
        "IpAddr" => "an IP address",
        "redacted" => "a mark: the value is never written",
        "masked" => "its last characters, at most half; the rest is hidden",
        "hashed" => "a keyed hash: equal where the value is equal",
        "fields" => "the fields of a structure: see the sets of fields",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_told_with_its_unit_and_what_may_be_missing() {
        let told = |key: &str, types: &[&str]| {
            of(&Field {
                key: key.to_owned(),
                types: types.iter().map(|it| (*it).to_owned()).collect(),
                of: None,
            })
        };
        assert_eq!(told("delay_ms", &["u128"]), "u128, milliseconds");
        assert_eq!(told("delay_ms", &["Duration"]), "a duration, as `1.5s`");
        assert_eq!(told("by", &["Option<str>"]), "text or `null`");
        assert_eq!(told("n", &["Option<str>", "u64"]), "text or u64 or `null`");
        assert_eq!(told("n", &["Option<u64>", "u64"]), "u64 or `null`");
        assert_eq!(
            told("n", &["Option<str>", "Option<u64>", "str", "u64"]),
            "text or u64 or `null`"
        );
        assert_eq!(told("by", &["display", "str"]), "text");
        assert_eq!(told("n", &[]), "of a type that is not known");
        assert!(told("card", &["masked"]).contains("hidden"));
    }
}
