//! The ring with one thread and with two.

use std::sync::Arc;
use std::thread;

use super::{Consumer, HeapMemory, Producer, Slot, ring};

fn small() -> (Producer, Consumer) {
    ring(Arc::new(HeapMemory::new(4096)), || {})
}

fn push(producer: &mut Producer, payload: &[u8]) -> bool {
    if !producer.reserve(payload.len()) {
        return false;
    }
    producer.reserved().copy_from_slice(payload);
    producer.commit();
    true
}

#[test]
fn what_goes_in_comes_out_in_order_across_many_turns() {
    let (mut producer, mut consumer) = small();
    let mut expected = 0_u32;
    let mut sent = 0_u32;
    for round in 0..10_000_usize {
        let mut payload = vec![0; 4 + round * 7 % 300];
        payload[..4].copy_from_slice(&sent.to_le_bytes());
        while push(&mut producer, &payload) {
            sent += 1;
            payload[..4].copy_from_slice(&sent.to_le_bytes());
        }
        consumer.refresh();
        while let Some(frame) = consumer.peek() {
            assert_eq!(frame[..4], expected.to_le_bytes());
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
    let (mut producer, mut consumer) = small();
    let payload = [7; 100];
    while push(&mut producer, &payload) {}
    consumer.refresh();
    assert!(consumer.peek().is_some());
    consumer.advance();
    assert!(
        !push(&mut producer, &payload),
        "an advanced frame is still being read"
    );
    consumer.release();
    assert!(push(&mut producer, &payload));
}

#[test]
fn the_largest_payload_fits_wherever_the_tail_stands() {
    let most = Producer::max_payload(4096);
    for before in 0..600 {
        let (mut producer, mut consumer) = small();
        for _ in 0..before {
            assert!(push(&mut producer, &[1; 4]));
            consumer.refresh();
            consumer.advance();
            consumer.release();
        }
        assert!(
            push(&mut producer, &vec![9; most]),
            "after {before} small frames"
        );
        consumer.refresh();
        assert_eq!(&consumer.peek().expect("a frame")[..most], vec![9; most]);
    }
}

#[test]
fn a_reservation_that_is_not_committed_is_not_seen() {
    let (mut producer, mut consumer) = small();
    assert!(producer.reserve(10));
    consumer.refresh();
    assert!(consumer.peek().is_none());
    assert!(push(&mut producer, b"seen"));
    consumer.refresh();
    assert_eq!(&consumer.peek().expect("a frame")[..4], b"seen");
}

#[test]
fn a_closed_ring_still_gives_its_last_frames() {
    let (mut producer, mut consumer) = small();
    assert!(push(&mut producer, b"last"));
    assert!(!consumer.is_closed());
    drop(producer);
    assert!(consumer.is_closed());
    consumer.refresh();
    assert_eq!(&consumer.peek().expect("a frame")[..4], b"last");
    consumer.advance();
    assert!(consumer.is_empty());
}

#[test]
fn two_threads_lose_and_tear_nothing() {
    const COUNT: u64 = 200_000;
    let (mut producer, mut consumer) = small();
    let writer = thread::spawn(move || {
        for number in 0..COUNT {
            let len = 8 + usize::try_from(number % 61).expect("small");
            while !producer.reserve(len) {
                thread::yield_now();
            }
            let bytes = producer.reserved();
            bytes[8..].fill(u8::try_from(number % 251).expect("small"));
            bytes[..8].copy_from_slice(&number.to_le_bytes());
            producer.commit();
        }
    });
    let mut next = 0;
    while next < COUNT {
        consumer.refresh();
        while let Some(frame) = consumer.peek() {
            assert_eq!(frame[..8], next.to_le_bytes());
            let len = 8 + usize::try_from(next % 61).expect("small");
            assert!(
                frame[8..len]
                    .iter()
                    .all(|&byte| u64::from(byte) == next % 251)
            );
            next += 1;
            consumer.advance();
        }
        consumer.release();
    }
    writer.join().expect("the writer");
}

#[test]
fn a_slot_gives_its_producer_to_one_user_at_a_time() {
    let slot = Slot::new();
    assert!(slot.take().is_none());
    slot.install(Box::new(small().0));
    let first = slot.take().expect("installed");
    assert!(slot.take().is_none(), "in use");
    slot.give_back(first);
    slot.suspend();
    assert!(slot.take().is_none(), "hidden");
    slot.resume();
    assert!(slot.remove().is_some());
    assert!(slot.remove().is_none());
}

#[test]
fn the_consumer_is_called_when_half_is_used_and_not_before() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let memory = Arc::new(HeapMemory::new(4096));
    let (mut producer, mut consumer) = ring(memory, || {
        CALLS.fetch_add(1, Ordering::Relaxed);
    });
    for _ in 0..16 {
        assert!(push(&mut producer, &[1; 124]));
    }
    assert_eq!(CALLS.load(Ordering::Relaxed), 0, "half is used, not more");
    assert!(push(&mut producer, &[1; 124]));
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    consumer.refresh();
    while consumer.peek().is_some() {
        consumer.advance();
    }
    consumer.release();
    while CALLS.load(Ordering::Relaxed) == 1 {
        assert!(
            push(&mut producer, &[1; 124]),
            "called before the ring is full again"
        );
    }
}

#[test]
fn a_region_is_aligned_zeroed_and_as_long_as_asked_for() {
    use super::Memory;
    for data in [1, 4096, 5000, 256 * 1024] {
        let memory = HeapMemory::new(data);
        assert_eq!(memory.base().as_ptr().align_offset(128), 0);
        assert_eq!(
            memory.len() - 256,
            data.clamp(4096, 1 << 30).next_power_of_two()
        );
    }
}

/// Most threads log little: what they do not use must not be resident.
#[test]
#[cfg(target_os = "linux")]
fn memory_that_no_record_touched_is_not_resident() {
    fn resident_kib() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .expect("a size");
        line.split_whitespace()
            .nth(1)
            .expect("a number")
            .parse()
            .expect("a number")
    }
    let before = resident_kib();
    let rings: Vec<_> = (0..64)
        .map(|_| ring(Arc::new(HeapMemory::new(8 << 20)), || {}))
        .collect();
    let grown = resident_kib().saturating_sub(before);
    assert!(
        grown < 128 * 1024,
        "{grown} KiB for {} rings of 8 MiB",
        rings.len()
    );
}
