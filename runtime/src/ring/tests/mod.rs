//! The ring with one thread and with two.

mod damage;
mod hold;
mod memory;

use std::sync::Arc;
use std::thread;

use super::{Consumer, OwnMemory, Producer, Refused, Reserved, ring};

fn small() -> (Producer, Consumer) {
    ring(Arc::new(OwnMemory::new(4096)), FIRST, true, || {})
}

/// Numbers wrap soon after it.
const FIRST: u32 = u32::MAX - 100;

fn room(producer: &Producer, len: usize) -> Option<Reserved> {
    producer
        .reserve(len)
        .or_else(|| producer.make_room(len).ok())
}

fn push(producer: &Producer, payload: &[u8]) -> bool {
    let Some(mut reserved) = room(producer, payload.len()) else {
        return false;
    };
    reserved.bytes().copy_from_slice(payload);
    producer.commit(reserved);
    true
}

#[test]
fn what_goes_in_comes_out_in_order_across_many_turns() {
    let (producer, mut consumer) = small();
    let mut expected = 0_u32;
    let mut sent = 0_u32;
    for round in 0..10_000_usize {
        let mut payload = vec![0; 4 + round * 7 % 300];
        payload[..4].copy_from_slice(&sent.to_le_bytes());
        while push(&producer, &payload) {
            sent += 1;
            payload[..4].copy_from_slice(&sent.to_le_bytes());
        }
        consumer.refresh();
        while let Some(frame) = consumer.peek() {
            assert_eq!(frame[..4], expected.to_le_bytes());
            assert_eq!(consumer.number(), FIRST.wrapping_add(expected));
            expected += 1;
            consumer.advance();
        }
        consumer.release();
    }
    assert_eq!(expected, sent);
    assert_eq!(consumer.watch().committed(), u64::from(sent));
}

#[test]
fn space_comes_back_only_when_it_is_released() {
    let (producer, mut consumer) = small();
    let payload = [7; 100];
    while push(&producer, &payload) {}
    consumer.refresh();
    assert!(consumer.peek().is_some());
    consumer.advance();
    assert!(producer.reserve(100).is_none());
    assert_eq!(producer.make_room(100).map(drop), Err(Refused::Full));
    assert!(
        !push(&producer, &payload),
        "an advanced frame is still being read"
    );
    consumer.release();
    assert!(push(&producer, &payload));
}

#[test]
fn the_largest_payload_fits_wherever_the_tail_stands() {
    let most = Producer::max_payload(4096);
    for before in 0..600 {
        let (producer, mut consumer) = small();
        for _ in 0..before {
            assert!(push(&producer, &[1; 4]));
            consumer.refresh();
            consumer.advance();
            consumer.release();
        }
        assert!(
            push(&producer, &vec![9; most]),
            "after {before} small frames"
        );
        consumer.refresh();
        assert_eq!(consumer.peek().expect("a frame"), vec![9; most]);
    }
}

#[test]
fn a_reservation_that_is_not_committed_is_not_seen() {
    let (producer, mut consumer) = small();
    let mut reserved = room(&producer, 10).expect("an empty ring");
    reserved.bytes().fill(7);
    consumer.refresh();
    assert!(consumer.peek().is_none());
    producer.commit(reserved);
    consumer.refresh();
    assert_eq!(consumer.peek(), Some(&[7; 10][..]));
}

#[test]
fn a_closed_ring_still_gives_its_last_frames() {
    let (producer, mut consumer) = small();
    assert!(push(&producer, b"last"));
    assert!(!consumer.is_closed());
    producer.close();
    assert!(consumer.is_closed());
    assert!(producer.reserve(1).is_none());
    assert_eq!(producer.make_room(1).map(drop), Err(Refused::Absent));
    consumer.refresh();
    assert_eq!(consumer.peek().expect("a frame"), b"last");
    consumer.advance();
    assert!(consumer.is_empty());
}

#[test]
fn two_threads_lose_and_tear_nothing() {
    const COUNT: u64 = 200_000;
    let (producer, mut consumer) = small();
    let writer = thread::spawn(move || {
        for number in 0..COUNT {
            let len = 8 + usize::try_from(number % 61).expect("small");
            let mut reserved = loop {
                match room(&producer, len) {
                    Some(reserved) => break reserved,
                    None => thread::yield_now(),
                }
            };
            let bytes = reserved.bytes();
            bytes[8..].fill(u8::try_from(number % 251).expect("small"));
            bytes[..8].copy_from_slice(&number.to_le_bytes());
            producer.commit(reserved);
        }
    });
    let mut next = 0;
    while next < COUNT {
        consumer.refresh();
        while let Some(frame) = consumer.peek() {
            assert_eq!(frame[..8], next.to_le_bytes());
            assert_eq!(frame.len() as u64, 8 + next % 61);
            assert!(frame[8..].iter().all(|&byte| u64::from(byte) == next % 251));
            next += 1;
            consumer.advance();
        }
        consumer.release();
    }
    writer.join().expect("the writer");
}

#[test]
fn a_ring_that_grants_nothing_takes_every_frame_by_the_slow_road() {
    let (producer, mut consumer) = ring(Arc::new(OwnMemory::new(4096)), FIRST, false, || {});
    for _ in 0..3 {
        assert!(producer.reserve(4).is_none());
        assert!(push(&producer, b"slow"));
    }
    consumer.refresh();
    assert_eq!(consumer.peek(), Some(&b"slow"[..]));
}

#[test]
fn the_consumer_is_called_when_half_is_used_and_not_before() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let memory = Arc::new(OwnMemory::new(4096));
    let (producer, mut consumer) = ring(memory, FIRST, true, || {
        CALLS.fetch_add(1, Ordering::Relaxed);
    });
    for _ in 0..16 {
        assert!(push(&producer, &[1; 120]));
    }
    assert_eq!(CALLS.load(Ordering::Relaxed), 0, "half is used, not more");
    assert!(push(&producer, &[1; 120]));
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    consumer.refresh();
    while consumer.peek().is_some() {
        consumer.advance();
    }
    consumer.release();
    while CALLS.load(Ordering::Relaxed) == 1 {
        assert!(
            push(&producer, &[1; 120]),
            "called before the ring is full again"
        );
    }
}
