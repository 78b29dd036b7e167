//! One thread writes a ring, another reads it.

use loom::thread::{spawn, yield_now};

use super::{DATA, FIRST, drain_with, push, ring_of};
use crate::ring::{Consumer, Producer};

/// As the one next door, and looks at the numbers.
fn drain(consumer: &mut Consumer, read: &mut Vec<Vec<u8>>) {
    drain_with(consumer, read, |number, before| {
        let before = u32::try_from(before).expect("few");
        assert_eq!(number, FIRST.wrapping_add(before));
    });
}

/// Frames of 16 bytes in a ring of 32, so that the third needs the place of the first, and each of 24
/// where the rest of the lap is too short.
#[test]
fn frames_come_out_whole_and_in_order_across_laps() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let frames: [&[u8]; 3] = [b"one.one.", b"two", b"threethreethree"];
        let writer = spawn(move || {
            for frame in frames {
                while !push(&producer, frame) {
                    yield_now();
                }
            }
        });
        let mut read = Vec::new();
        while read.len() < frames.len() {
            drain(&mut consumer, &mut read);
            yield_now();
        }
        writer.join().expect("the writer");
        assert_eq!(read, frames);
    });
}

/// The rest of the lap is skipped, and the skipped bytes are the reader's until it has passed them.
#[test]
fn a_rest_that_is_too_short_is_skipped() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(2 * DATA);
        // 24 and 24 of 64; a third of 24 begins the next lap.
        let frames = [[1; 16], [2; 16], [3; 16]];
        let writer = spawn(move || {
            for frame in frames {
                while !push(&producer, &frame) {
                    yield_now();
                }
            }
        });
        let mut read = Vec::new();
        while read.len() < frames.len() {
            drain(&mut consumer, &mut read);
            yield_now();
        }
        writer.join().expect("the writer");
        assert_eq!(read, frames);
    });
}

/// A full ring refuses; it takes the frame when there was a release, and never before.
#[test]
fn a_full_ring_refuses_until_there_was_a_release() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        assert!(push(&producer, &[1; 8]));
        assert!(push(&producer, &[2; 8]));
        let reader = spawn(move || {
            let mut read = Vec::new();
            drain(&mut consumer, &mut read);
            (consumer, read)
        });
        let pushed = push(&producer, &[3; 8]);
        let (mut consumer, mut read) = reader.join().expect("the reader");
        if !pushed {
            assert!(push(&producer, &[3; 8]), "everything was released");
        }
        drain(&mut consumer, &mut read);
        assert_eq!(read, [[1; 8], [2; 8], [3; 8]]);
    });
}

/// What a thread wrote last is seen by whoever sees its ring closed.
#[test]
fn the_last_frame_is_seen_before_the_ring_counts_as_closed() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let writer = spawn(move || {
            assert!(push(&producer, b"last"));
            producer.close();
        });
        let mut read = Vec::new();
        loop {
            let closed = consumer.is_closed();
            drain(&mut consumer, &mut read);
            if closed {
                break;
            }
            yield_now();
        }
        assert_eq!(read, [b"last"]);
        assert!(consumer.is_empty());
        writer.join().expect("the writer");
    });
}

/// A place takes over a ring while the reader is at it; the reader notices nothing.
#[test]
fn a_ring_goes_on_in_another_place() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let writer = spawn(move || {
            assert!(push(&producer, b"first"));
            let place = Producer::detached();
            place.adopt(&producer);
            assert!(!push(&producer, b"never"));
            assert!(push(&place, b"second"));
            place.close();
        });
        let mut read = Vec::new();
        loop {
            let closed = consumer.is_closed();
            drain(&mut consumer, &mut read);
            if closed {
                break;
            }
            yield_now();
        }
        assert_eq!(read, [&b"first"[..], b"second"]);
        writer.join().expect("the writer");
    });
}

/// Whoever counts beside the reader never finds fewer frames committed than were read.
#[test]
fn a_frame_that_was_read_is_counted_as_committed() {
    loom::model(|| {
        let (producer, mut consumer) = ring_of(DATA);
        let watch = consumer.watch();
        let writer = spawn(move || {
            assert!(push(&producer, b"1"));
            assert!(push(&producer, b"2"));
        });
        let mut read = Vec::new();
        drain(&mut consumer, &mut read);
        assert!(watch.committed() >= read.len() as u64);
        writer.join().expect("the writer");
        assert_eq!(watch.committed(), 2);
    });
}
