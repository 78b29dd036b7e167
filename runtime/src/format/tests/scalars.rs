//! Every character there is, everywhere it can stand.

use super::{assert_reads_back, record};
use crate::record::RecordBuf;
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
    let mut seen = 0;
    for batch in batches() {
        assert_reads_back(&crowded(&batch));
        seen += batch.len();
    }
    assert_eq!(seen, 0x11_0000 - 0x800);
}

#[test]
fn every_character_alone_in_a_part_reads_back() {
    for character in ('\u{0}'..='\u{3000}')
        .chain('\u{f000}'..='\u{ffff}')
        .map(String::from)
    {
        assert_reads_back(&RecordBuf {
            service: character.clone(),
            request_id: Some(character.clone()),
            event: character,
            ..record()
        });
    }
}
