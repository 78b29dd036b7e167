//! Records from the ring take a shorter way through the formats than owned ones, to the same text.

use proptest::collection::vec;
use proptest::prelude::*;

use super::record;
use crate::format::{Format, Json, Line, Logfmt, Pretty};
use crate::gate::Gate;
use crate::record::{Fields, Location, Record};
use crate::site::Meta;
use crate::wire::{Absent, Bound, ContextView, Encode, Out, WireFields, encode_bound, encode_head};

fn put(value: &impl Encode, values: &mut Vec<u8>) {
    let start = values.len();
    values.resize(start + value.size(usize::MAX), 0);
    value.encode(usize::MAX, &mut Out::new(&mut values[start..]));
}

/// A value of the wire by a number.
fn put_any(choice: u8, values: &mut Vec<u8>) {
    match choice % 8 {
        0 | 1 => put(&Absent, values),
        2 => put(&7_u64, values),
        3 => put(&-1.5_f64, values),
        4 => put(&"stripe", values),
        5 => put(&"a | b\n", values),
        6 => put(&None::<u64>, values),
        _ => put(&true, values),
    }
}

fn leak(texts: &[&'static str]) -> &'static [&'static str] {
    texts.to_vec().leak()
}

fn meta(
    events: &[&'static str],
    keys: &[&'static str],
    constants: &[(&'static str, &'static str)],
) -> &'static Meta {
    Box::leak(Box::new(Meta {
        events: leak(events),
        has_groups: false,
        keys: leak(keys),
        constants: constants.to_vec().leak(),
        template: &[],
        target: "shop",
        module: "shop::\"pay\"",
        file: "src/pay.rs",
        line: 7,
        gate: None::<&'static Gate>,
        samples: None,
    }))
}

fn all_formats() -> [Box<dyn Format>; 4] {
    [
        Box::new(Line::default()),
        Box::new(Json::default()),
        Box::new(Logfmt::default()),
        Box::new(Pretty::default()),
    ]
}

#[track_caller]
fn assert_same(formats: &mut [Box<dyn Format>], record: &Record<'_>) {
    let owned = record.to_owned();
    let owned = Record {
        // The message has its own place.
        fields: Fields::Owned(
            &owned.fields[..owned.fields.len() - usize::from(record.message.is_some())],
        ),
        message: record.message,
        ..owned.as_record()
    };
    for format in formats {
        let (mut short, mut long) = (Vec::new(), Vec::new());
        format.format(record, &mut short);
        format.format(&owned, &mut long);
        assert_eq!(
            String::from_utf8_lossy(&short),
            String::from_utf8_lossy(&long)
        );
    }
}

const KEYS: [&str; 10] = [
    "user_id", "amount", "provider", "a", "a_2", "level", "msg", "é = |", "", "msg_2",
];

fn any_keys() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        vec(prop::sample::select(KEYS.to_vec()), 0..5),
        Just(KEYS[..4].to_vec())
    ]
}

proptest! {
    #[test]
    fn records_from_the_ring_have_the_text_of_owned_ones(
        events in vec(prop::sample::select(vec!["paid", "a | b", ""]), 1..3),
        keys in any_keys(),
        constants in any_keys(),
        bound in any_keys(),
        choices in vec(any::<u8>(), 10),
        own_event in any::<bool>(),
        own_place in any::<bool>(),
        message in any::<bool>(),
        calls in 1..3_usize,
    ) {
        let constants: Vec<_> = constants.iter().map(|key| (*key, "stripe")).collect();
        let meta = meta(&events, &keys, &constants);
        let owned = record();
        let event = if own_event { events[events.len() - 1] } else { "another" };
        let mut formats = all_formats();
        for call in 0..calls {
            let mut values = Vec::new();
            for index in 0..keys.len() {
                put_any(choices[(index + call) % 10], &mut values);
            }
            let mut block = Vec::new();
            encode_head(Some("abc"), None, &mut block);
            let mut one = Vec::new();
            put(&1_u64, &mut one);
            for key in &bound {
                encode_bound(key, &one, &mut block);
            }
            let context = ContextView::decode(&block).expect("a context");
            let record = Record {
                event,
                request_id: context.request_id,
                message: message.then_some("hello | you"),
                location: Some(Location {
                    module: meta.module,
                    file: meta.file,
                    line: if own_place { meta.line } else { 8 },
                }),
                fields: Fields::Wire(WireFields {
                    meta,
                    values: &values,
                    bound: context.bound,
                    millis_per_tick: 1.0,
                }),
                ..owned.as_record()
            };
            assert_same(&mut formats, &record);
        }
    }
}

#[test]
fn damaged_values_end_the_fields() {
    let meta = meta(&["paid"], &["user_id", "amount"], &[]);
    let owned = record();
    let mut values = Vec::new();
    put(&7_u64, &mut values);
    values.push(99);
    for cut in 0..=values.len() {
        let record = Record {
            event: "paid",
            fields: Fields::Wire(WireFields {
                meta,
                values: &values[..cut],
                bound: Bound::default(),
                millis_per_tick: 1.0,
            }),
            ..owned.as_record()
        };
        assert_same(&mut all_formats(), &record);
    }
}
