//! What is lost when memory was overwritten is counted.

use std::sync::Arc;

use super::{FIRST, push};
use crate::ring::{Consumer, OwnMemory, Producer, damage, ring};

/// A ring of which the second of three frames has a length that cannot be.
fn damaged() -> (Producer, Consumer, Arc<OwnMemory>) {
    let memory = Arc::new(OwnMemory::new(4096));
    let (producer, mut consumer) = ring(memory.clone(), FIRST, true, || {});
    for _ in 0..3 {
        assert!(push(&producer, &[1; 8]));
    }
    damage(&*memory, 16, u64::MAX);
    consumer.refresh();
    assert!(consumer.peek().is_some());
    consumer.advance();
    assert!(consumer.peek().is_none(), "the rest is given up");
    assert!(consumer.is_empty());
    assert_eq!(consumer.take_lost(false), 0, "nobody knows how many");
    (producer, consumer, memory)
}

#[test]
fn frames_that_are_given_up_are_counted_with_the_next_one() {
    let (producer, mut consumer, memory) = damaged();
    for payload in [b"four", b"five"] {
        assert!(push(&producer, payload));
    }
    // Not even this one can be read.
    damage(&*memory, 48, 20 + (77 << 32));
    consumer.refresh();
    assert!(consumer.peek().is_none(), "a number that cannot be");
    assert!(push(&producer, b"six"));
    consumer.refresh();
    assert_eq!(consumer.peek(), Some(&b"six"[..]));
    assert_eq!(consumer.number(), FIRST.wrapping_add(5));
    assert_eq!(consumer.take_lost(false), 4);
    consumer.advance();
    assert_eq!(consumer.take_lost(false), 0);
}

#[test]
fn frames_that_are_given_up_are_counted_with_the_end_of_the_ring() {
    let (producer, mut consumer, _memory) = damaged();
    producer.close();
    assert!(consumer.is_closed());
    consumer.refresh();
    assert_eq!(consumer.take_lost(true), 2);
    assert_eq!(consumer.take_lost(true), 0);
}
