//! Rings as a dead process leaves them, whole and damaged in every way that can be counted.

mod damage;

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::calls::Ended;
use crate::level::Level;
use crate::ring::{Consumer, Memory, OwnMemory, Producer, ring};
use crate::samples::Sample;
use crate::wire::Out;

const DATA: usize = 4096;

/// In life it is random, and so not like any number in a record.
const FIRST: u32 = 0xb7e1_5163;

struct Ring {
    memory: Arc<OwnMemory>,
    producer: Producer,
    consumer: Consumer,
    sent: u32,
}

/// A payload that says which one it is, in more than one place.
fn payload(index: u32) -> Vec<u8> {
    let len = 8 + (index as usize * 7) % 90;
    let mut bytes = vec![0; HEADER];
    Header {
        site: 1 + index % 5,
        mark: u32::from(Level::Info.number()),
        ticks: u64::from(index),
    }
    .encode(&mut Out::new(&mut bytes));
    let text = index.to_le_bytes();
    bytes.extend(text.iter().cycle().take(len));
    bytes
}

impl Ring {
    fn new() -> Self {
        let memory = Arc::new(OwnMemory::new(DATA));
        let (producer, consumer) = ring(Arc::clone(&memory) as _, FIRST, true, || {});
        Self {
            memory,
            producer,
            consumer,
            sent: 0,
        }
    }

    /// Commits as many frames as fit, at most so many.
    fn send(&mut self, most: u32) {
        for _ in 0..most {
            let bytes = payload(self.sent);
            let Ok(mut reserved) = self.producer.make_room(bytes.len()) else {
                break;
            };
            reserved.bytes().copy_from_slice(&bytes);
            self.producer.commit(reserved);
            self.sent += 1;
            if self.sent.is_multiple_of(4) {
                self.count_call();
            }
        }
    }

    /// Commits a frame between the others that is no record, if there is room.
    fn count_call(&mut self) {
        if let Ok(mut reserved) = self.producer.make_room(Sample::BYTES) {
            Sample {
                site: 1 + self.sent % 5,
                ended: Ended::Ok,
                ticks: u64::from(self.sent),
            }
            .encode(&mut Out::new(reserved.bytes()));
            self.producer.commit_unnumbered(reserved);
        }
    }

    /// Reads and releases so many.
    fn release(&mut self, count: u32) {
        self.consumer.refresh();
        let mut left = count;
        while left > 0 && self.consumer.peek().is_some() {
            left -= u32::from(self.consumer.is_numbered());
            self.consumer.advance();
        }
        assert_eq!(left, 0, "so many are there");
        self.consumer.release();
    }

    fn image(&self) -> Vec<u8> {
        // SAFETY: the memory lives and has this many bytes, and no other thread touches it.
        unsafe { core::slice::from_raw_parts(self.memory.base().as_ptr(), self.memory.len()) }
            .to_vec()
    }
}

/// A ring in its third lap, with a part released; gives how many were.
fn used() -> (Ring, u32) {
    let mut ring = Ring::new();
    let mut released = 0;
    for count in [20, 25, 30, 18, 22, 27] {
        ring.send(200);
        ring.release(count);
        released += count;
    }
    ring.send(12);
    (ring, released)
}

/// Which frames were found, with their content checked.
fn found(image: &[u8]) -> Vec<u32> {
    frames(image, DATA)
        .whole
        .iter()
        .map(|frame| frame.number.wrapping_sub(FIRST))
        .collect()
}

/// The search finds them, too, and takes longer, and must guess where two have one number.
#[test]
fn no_search_is_needed_where_calls_that_only_count_stand_between() {
    let (ring, released) = used();
    let image = ring.image();
    let word = |at: usize| Unpack(&image[at..]).u64().expect("control words");
    let reader = Reader {
        data: &image[CONTROL_BYTES..],
        len: DATA as u64,
    };
    let (tail, next) = (word(ring::TAIL), low_half(word(ring::COUNT)));
    let (head, first) = reader.start(word, tail, next).expect("whole notes");
    assert_eq!(first, FIRST.wrapping_add(released));
    let frames = reader.chain(head, first, tail, next).expect("a chain");
    assert_eq!(frames.whole.len() as u64, u64::from(ring.sent - released));
    let is_sample = |at: u64| reader.any_head_at(at).is_some_and(|it| !it.2);
    assert!((head..tail).step_by(8).any(is_sample), "there are some");
}

/// A death between the making of the file and the first word of the ring in it.
#[test]
fn a_ring_that_was_never_used_has_lost_nothing() {
    let memory = OwnMemory::new(DATA);
    let zeros = vec![0; memory.len()];
    assert_eq!(frames(&zeros, DATA), Frames::default());
    let image = Ring::new().image();
    for done in (0..=CONTROL_BYTES).step_by(8) {
        let mut begun = zeros.clone();
        begun[..done].copy_from_slice(&image[..done]);
        assert_eq!(frames(&begun, DATA), Frames::default(), "{done} bytes");
    }
}

#[test]
fn what_was_not_released_is_found_and_nothing_else() {
    let mut ring = Ring::new();
    assert_eq!(found(&ring.image()), [0_u32; 0]);
    let mut released = 0;
    for count in [0, 3, 1, 20, 30, 17, 33, 25, 5, 28] {
        ring.send(200);
        ring.release(count);
        released += count;
        let read = ring.image();
        assert_eq!(found(&read), (released..ring.sent).collect::<Vec<_>>());
        assert_eq!(frames(&read, DATA).damaged, 0);
        for frame in frames(&read, DATA).whole {
            assert_eq!(frame.payload, payload(frame.number.wrapping_sub(FIRST)));
        }
    }
    ring.release(ring.sent - released);
    assert_eq!(found(&ring.image()), [0_u32; 0]);
}

/// A death between any two words of a release: either note stands for a moment that was.
#[test]
fn a_release_that_was_cut_short_reads_as_before_or_as_after() {
    let (mut ring, released) = used();
    let before = ring.image();
    ring.release(7);
    let after = ring.image();
    let words = (ring::HEAD..CONTROL_BYTES).step_by(8);
    for done in 0..=16 {
        let mut between = before.clone();
        for at in words.clone().take(done) {
            between[at..at + 8].copy_from_slice(&after[at..at + 8]);
        }
        let first = found(&between)[0];
        assert!(
            first == released || first == released + 7,
            "{done} words: begins with {first}, {released} were released"
        );
    }
}

#[test]
fn a_frame_that_was_begun_and_not_committed_is_not_found() {
    let (ring, released) = used();
    let bytes = payload(ring.sent);
    let mut reserved = ring.producer.make_room(bytes.len()).expect("room");
    reserved.bytes().copy_from_slice(&bytes);
    let expected: Vec<_> = (released..ring.sent).collect();
    assert_eq!(found(&ring.image()), expected);
    assert_eq!(frames(&ring.image(), DATA).damaged, 0);
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..6000), power in 12..16_u32) {
        let read = frames(&bytes, 1 << power);
        prop_assert!(read.whole.len() <= bytes.len() / 24);
    }
}
