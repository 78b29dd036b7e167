//! Any bytes as the record that a thread hands on: they are none, or a record which every format writes as
//! one clean line that reads back. What a call encodes is decoded as it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use storyline::__private::{Align, Piece, Radix, Spec};
use storyline::fuzzing::{Head, context, decode, message};
use storyline::{RecordBuf, ValueBuf};
use storyline_fuzz::{Script, assert_written, expected, is_same, next_sent, next_value, sites};

fuzz_target!(|data: &[u8]| {
    let mut script = Script(data);
    match script.u8() % 4 {
        0 => any_bytes(&mut script),
        _ => values(&mut script),
    }
});

fn rate(script: &mut Script<'_>) -> f64 {
    match script.u8() {
        0 => f64::from_bits(script.u64()),
        it => f64::from(it) / 8.0,
    }
}

/// The payload is the input itself.
fn any_bytes(script: &mut Script<'_>) {
    let meta = sites::ALL[script.below(sites::ALL.len())].meta();
    let rate = rate(script);
    // Every number is a site's, this one's: groups stand inside of groups as deep as the bytes say.
    decode(
        script.0,
        meta,
        rate,
        &mut |_| Some(meta.keys),
        assert_written,
    );
}

/// The payload is what a call with these values writes, and then with a byte of it changed.
fn values(script: &mut Script<'_>) {
    let meta = sites::ALL[script.below(sites::ALL.len())].meta();
    let rate = rate(script);
    let limit = match script.u8() {
        0 => 64 * 1024,
        it => usize::from(it),
    };
    let head = Head {
        site: 1,
        level: [5, 10, 20, 30, 40, 50, 20, script.u8()][usize::from(script.u8() % 8)],
        event: script.u8() % 4,
        ticks: script.u64(),
    };
    let bound: Vec<_> = (0..script.u8() % 8)
        .map(|_| (script.text(), next_value(script, limit, 0.0)))
        .collect();
    let request = (script.u8() & 1 == 1).then(|| script.text());
    let request = request.filter(|it| it.len() <= 255);
    let trace = (script.u8() & 1 == 1).then(|| (hex::<16>(script), hex::<8>(script)));
    let change = (script.u16(), script.u8());
    let piece = piece(script);

    let (mut bytes, mut fields) = (Vec::new(), Vec::new());
    for (key, text) in meta.constants {
        fields.push(((*key).to_owned(), ValueBuf::Str((*text).to_owned())));
    }
    let mut all = Vec::new();
    for key in meta.keys {
        let (value, sent) = next_sent(script, key, limit, rate);
        bytes.extend_from_slice(&value);
        all.push((*key, sent));
    }
    fields.extend(expected(meta, all));
    let encoded: Vec<_> = bound
        .iter()
        .map(|(key, (value, _))| (key.clone(), value.clone()))
        .collect();
    let trace_text = trace
        .as_ref()
        .map(|(trace, span)| (trace.as_str(), span.as_str()));
    let context = context(request.as_deref(), trace_text, &encoded);
    let mut payload = head.payload(&bytes, &context);
    for (key, (_, read)) in bound {
        let key = key[..key.floor_char_boundary(255)].to_owned();
        let is_named = if meta.has_groups {
            // Which keys there are is known only of what is there.
            fields.iter().any(|(name, _)| *name == key)
        } else {
            meta.keys.contains(&key.as_str()) || meta.constants.iter().any(|(name, _)| *name == key)
        };
        fields.extend(read.filter(|_| !is_named).map(|read| (key, read)));
    }
    let groups = &mut sites::keys_of;
    let read = decode(&payload, meta, rate, groups, |record| {
        assert_written(record);
        record.to_owned()
    });
    let is_one = rate.is_finite()
        && rate > 0.0
        && [5, 10, 20, 30, 40, 50].contains(&head.level)
        && usize::from(head.event) < meta.events.len();
    assert_eq!(read.is_some(), is_one, "{head:?}");
    if let Some(read) = read {
        assert_eq!(read.level.number(), head.level);
        assert_eq!(
            Some(&read.event.as_str()),
            meta.events.get(usize::from(head.event))
        );
        assert_eq!(read.request_id, request);
        assert_eq!(read.trace_id, trace.as_ref().map(|it| it.0.clone()));
        assert_eq!(read.span_id, trace.map(|it| it.1));
        assert_fields(&read, &fields, !meta.template.is_empty());
    }
    message(&payload, meta, &piece).map(|text| text.len());

    if let Some(byte) = payload.get_mut(usize::from(change.0)) {
        *byte ^= change.1;
        decode(&payload, meta, rate, groups, assert_written);
    }
}

fn assert_fields(read: &RecordBuf, fields: &[(String, ValueBuf)], has_message: bool) {
    let (message, found) = match read.fields.split_last() {
        Some((message, found)) if has_message => (Some(message), found),
        _ => (None, &read.fields[..]),
    };
    assert!(message.is_none_or(|(key, _)| key == "msg"));
    assert_eq!(found.len(), fields.len(), "{found:?} of {fields:?}");
    for ((key, found), (name, field)) in found.iter().zip(fields) {
        assert_eq!(key, name);
        assert!(is_same(found, field), "{found:?} was {field:?}");
    }
}

fn hex<const N: usize>(script: &mut Script<'_>) -> String {
    script.array::<N>().map(|it| format!("{it:02x}")).concat()
}

/// A hole of any kind.
fn piece(script: &mut Script<'_>) -> [Piece; 2] {
    let flags = script.u8();
    let spec = Spec {
        fill: char::from_u32(u32::from_le_bytes(script.array())).unwrap_or('*'),
        align: [Align::Default, Align::Left, Align::Center, Align::Right][script.below(4)],
        plus: flags & 1 != 0,
        alternate: flags & 2 != 0,
        zero: flags & 4 != 0,
        width: script.u16(),
        precision: (flags & 8 != 0).then(|| script.u16()),
        radix: [
            Radix::Decimal,
            Radix::LowerHex,
            Radix::UpperHex,
            Radix::Octal,
            Radix::Binary,
            Radix::LowerExp,
        ][script.below(6)],
    };
    [Piece::Hole(script.u16() % 40, spec), Piece::Text("end")]
}
