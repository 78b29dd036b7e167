//! What cannot be seen from outside: where fields are kept, and that waiting costs nothing twice.

use super::future::{BoxedFuture, Timed};
use super::guard::OnExit;
use super::outcome::OfValue;
use super::saved::Saved;
use crate::value::{ValueBuf, capture};
use crate::wire::{Encode, MAX_VALUE, Out, decode_value};

fn bytes(saved: &Saved, limit: usize) -> Vec<u8> {
    let mut bytes = vec![0; saved.size(limit)];
    let mut out = Out::new(&mut bytes);
    saved.encode(limit, &mut out);
    assert_eq!(out.remaining(), 0);
    bytes
}

fn values(saved: &Saved, limit: usize) -> Vec<ValueBuf> {
    let bytes = bytes(saved, limit);
    let mut rest = bytes.as_slice();
    let mut values = Vec::new();
    while let Some(Some(value)) = decode_value(&mut rest, 0.0) {
        values.push(ValueBuf::from(value));
    }
    assert!(rest.is_empty());
    values
}

fn text(len: usize) -> String {
    "t".repeat(len)
}

#[test]
fn fields_read_the_same_wherever_they_lie() {
    for len in [0, 10, 47, 48, 49, 500, 40_000] {
        let text = text(len);
        let fields = (capture(&7_u32), (capture(&text), ()));
        let here = Saved::on_this_stack(&fields);
        let anywhere = Saved::anywhere(&fields);
        let expected = [ValueBuf::UInt(7), ValueBuf::Str(text.clone())];
        assert_eq!(values(&here, MAX_VALUE), expected);
        assert_eq!(values(&anywhere, MAX_VALUE), expected);
    }
}

#[test]
fn a_record_that_is_too_large_cuts_saved_texts_again() {
    let text = text(1000);
    let saved = Saved::on_this_stack(&(capture(&true), (capture(&text), (capture(&-1_i8), ()))));
    let expected = [
        ValueBuf::Bool(true),
        ValueBuf::Cut {
            text: "t".repeat(100),
            original_len: 1000,
        },
        ValueBuf::Int(-1),
    ];
    assert_eq!(values(&saved, 100), expected);
}

#[test]
fn regions_given_back_out_of_order_never_have_two_owners() {
    let keep = |letter: &str| Saved::on_this_stack(&(letter.repeat(100).as_str(), ()));
    let first = keep("a");
    let second = keep("b");
    let third = keep("c");
    drop(first);
    drop(second);
    let fourth = keep("d");
    for (saved, letter) in [(&third, "c"), (&fourth, "d")] {
        let expected = [ValueBuf::Str(letter.repeat(100))];
        assert_eq!(values(saved, MAX_VALUE), expected);
    }
    drop(third);
    drop(fourth);
    // With nobody left the arena starts again at its front.
    let fifth = keep("e");
    assert_eq!(values(&fifth, MAX_VALUE).len(), 1);
}

#[test]
fn guards_and_futures_may_cross_threads() {
    fn sent<T: Send>() {}
    sent::<OnExit<Saved, OfValue>>();
    sent::<OnExit<(), OfValue>>();
    sent::<Timed<core::future::Ready<()>, fn(&()) -> super::outcome::Judged<(), OfValue>, Saved>>();
}

#[test]
fn the_boxes_that_stand_in_signatures_are_known() {
    use core::future::Future;
    use core::pin::Pin;

    fn known<F: BoxedFuture>() {}
    known::<Pin<Box<dyn Future<Output = u8>>>>();
    known::<Pin<Box<dyn Future<Output = u8> + Send>>>();
    known::<Pin<Box<dyn Future<Output = u8> + Send + Sync>>>();
}
