//! A ring that is in use, hidden, held or handed on.

use super::{FIRST, push, room, small};
use crate::ring::{Producer, Refused};

#[test]
fn a_call_inside_a_call_finds_no_room_and_harms_nothing() {
    let (producer, mut consumer) = small();
    let mut outer = room(&producer, 3).expect("an empty ring");
    assert!(producer.reserve(3).is_none());
    assert_eq!(producer.make_room(3).map(drop), Err(Refused::Busy));
    outer.bytes().copy_from_slice(b"one");
    producer.commit(outer);
    assert!(push(&producer, b"two"));
    consumer.refresh();
    assert_eq!(consumer.peek().expect("a frame"), b"one");
    consumer.advance();
    assert_eq!(consumer.peek().expect("a frame"), b"two");
}

#[test]
fn a_hidden_ring_is_absent_until_it_is_shown() {
    let (producer, mut consumer) = small();
    assert!(push(&producer, b"before"));
    producer.hide();
    assert!(producer.reserve(1).is_none());
    assert_eq!(producer.make_room(1).map(drop), Err(Refused::Absent));
    assert!(producer.is_attached());
    producer.show();
    assert!(push(&producer, b"behind"));
    consumer.refresh();
    consumer.advance();
    assert_eq!(consumer.peek().expect("a frame"), b"behind");
}

#[test]
fn a_ring_that_stands_still_goes_on_where_it_was() {
    let (producer, mut consumer) = small();
    assert!(push(&producer, b"one"));
    let suspended = producer.suspend();
    assert!(producer.reserve(1).is_none());
    assert_eq!(producer.make_room(1).map(drop), Err(Refused::Absent));
    producer.resume(&suspended);
    assert!(push(&producer, b"two"));
    // In the middle of a call it goes on in the middle of it.
    let mut interrupted = room(&producer, 5).expect("there is room");
    let suspended = producer.suspend();
    producer.resume(&suspended);
    assert!(producer.reserve(1).is_none());
    assert_eq!(producer.make_room(1).map(drop), Err(Refused::Busy));
    interrupted.bytes().copy_from_slice(b"three");
    producer.commit(interrupted);
    assert!(push(&producer, b"four"));
    consumer.refresh();
    for expected in [&b"one"[..], b"two", b"three", b"four"] {
        assert_eq!(consumer.peek(), Some(expected));
        consumer.advance();
    }
    // Where there is none, none comes of it.
    let nobody = Producer::detached();
    let suspended = nobody.suspend();
    nobody.resume(&suspended);
    assert_eq!(nobody.make_room(1).map(drop), Err(Refused::Absent));
}

#[test]
fn a_place_takes_over_a_ring_where_it_stands() {
    let (producer, mut consumer) = small();
    assert!(push(&producer, b"one"));
    let place = Producer::detached();
    assert!(!place.is_attached());
    place.adopt(&producer);
    assert!(!producer.is_attached());
    assert!(push(&place, b"two"));
    consumer.refresh();
    assert_eq!(consumer.number(), FIRST);
    consumer.advance();
    assert_eq!(consumer.peek(), Some(&b"two"[..]));
    place.close();
    assert!(consumer.is_closed());
}
