//! Every character there is, everywhere it can stand.

use super::{assert_one_clean_line, assert_round, record, text};
use crate::format::{Format, Json, Line, Logfmt, Precision, Pretty};
use crate::parse::Cursor;
use crate::record::{Location, Record, RecordBuf};
use crate::value::ValueBuf;

/// Fewer than what makes the formats keep names in a table.
const BATCH: usize = 24;

fn batches() -> impl Iterator<Item = Vec<String>> {
    let mut all = ('\u{0}'..=char::MAX).map(String::from);
    core::iter::from_fn(move || {
        Some(all.by_ref().take(BATCH).collect()).filter(|it: &Vec<_>| !it.is_empty())
    })
}

/// Each character alone as a key and as a value, and all of them in every other part.
fn crowded(batch: &[String]) -> RecordBuf {
    let all = batch.concat();
    RecordBuf {
        service: all.clone(),
        request_id: Some(all.clone()),
        event: all,
        fields: batch
            .iter()
            .map(|it| (it.clone(), ValueBuf::Str(it.clone())))
            .collect(),
        ..record()
    }
}

#[test]
fn every_character_reads_back_from_everywhere() {
    let (mut line, mut json) = formats();
    let mut seen = 0;
    for batch in batches() {
        // Text is its own normal form, and no two keys are the same.
        let record = crowded(&batch);
        assert_round(&record, &record, &mut line, &mut json);
        seen += batch.len();
    }
    assert_eq!(seen, 0x11_0000 - 0x800);
}

#[test]
fn every_character_alone_in_a_part_reads_back() {
    let (mut line, mut json) = formats();
    let alone = ('\u{0}'..='\u{3000}').chain('\u{f000}'..='\u{ffff}');
    for character in alone.map(String::from) {
        let record = RecordBuf {
            service: character.clone(),
            request_id: Some(character.clone()),
            event: character,
            ..record()
        };
        assert_round(&record, &record, &mut line, &mut json);
    }
}

fn formats() -> (Line, Json) {
    let precision = Precision::Nanoseconds;
    (
        Line::default().precision(precision),
        Json::default().precision(precision),
    )
}

#[test]
fn every_character_is_tame_in_logfmt_and_at_a_terminal() {
    for batch in batches() {
        let mut record = crowded(&batch);
        record.thread = Some(record.event.clone());
        record.trace_id.clone_from(&record.thread);
        record.span_id.clone_from(&record.thread);
        let record = Record {
            message: Some(&record.event),
            location: Some(Location {
                module: &record.event,
                file: &record.event,
                line: 1,
            }),
            ..record.as_record()
        };
        for format in [
            &mut Logfmt::default() as &mut dyn Format,
            &mut Pretty::default(),
        ] {
            let mut out = Vec::new();
            format.format(&record, &mut out);
            assert_one_clean_line(core::str::from_utf8(&out).expect("UTF-8"));
        }
    }
}

#[test]
fn every_character_reads_back_from_logfmt() {
    for batch in batches() {
        let record = crowded(&batch);
        let text = text(&mut Logfmt::default(), &record);
        let pairs = read_logfmt(text.trim_end_matches('\n'));
        let find = |key: &str| {
            let found: Vec<_> = pairs.iter().filter(|(name, _)| name == key).collect();
            assert_eq!(found.len(), 1, "`{key}` stands once in {text}");
            &found[0].1
        };
        assert_eq!(find("event"), &record.event);
        assert_eq!(find("service"), &record.service);
        assert_eq!(Some(find("request_id")), record.request_id.as_ref());
        // Six parts stand before the fields.
        let values: Vec<_> = pairs[6..].iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, batch);
    }
}

/// As `go-logfmt` reads: a key up to `=`, a value up to a space, or in quotes with the escapes of JSON.
fn read_logfmt(line: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (key, behind) = rest.split_once('=').expect("a key");
        assert!(
            !key.is_empty() && key.chars().all(|it| it > ' ' && it != '"'),
            "{key:?}"
        );
        let value = if let Some(quoted) = behind.strip_prefix('"') {
            let mut escaped = false;
            let end = quoted.find(|it| {
                let ends = it == '"' && !escaped;
                escaped = it == '\\' && !escaped;
                ends
            });
            let end = end.expect("a closing quote") + 2;
            rest = &behind[end..];
            let mut cursor = Cursor::new(&behind[..end]);
            let value = cursor.string().expect("the escapes of JSON").into_owned();
            assert!(cursor.is_at_end());
            value
        } else {
            let end = behind.find(' ').unwrap_or(behind.len());
            rest = &behind[end..];
            assert!(!behind[..end].contains(['"', '=']), "{behind}");
            behind[..end].to_owned()
        };
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        pairs.push((key.to_owned(), value));
    }
    pairs
}

#[test]
fn every_character_reads_back_from_its_escape() {
    for batch in batches() {
        let text = batch.concat();
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        let escaped = format!("\"{}\"", units.collect::<String>());
        assert_eq!(Cursor::new(&escaped).string().as_deref(), Ok(text.as_str()));
    }
}
