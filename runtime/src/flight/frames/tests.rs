//! Rings as a dead process leaves them, whole and damaged in every way that can be counted.

use core::slice::from_ref;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::level::Level;
use crate::ring::{Consumer, Memory, OwnMemory, Producer, ring};
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
        }
    }

    /// Reads and releases so many.
    fn release(&mut self, count: u32) {
        self.consumer.refresh();
        for _ in 0..count {
            self.consumer.advance();
        }
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

/// Where each unreleased frame lies in the image.
fn places(image: &[u8]) -> Vec<(u32, core::ops::Range<usize>)> {
    let base = image.as_ptr().addr();
    let whole = frames(image, DATA).whole;
    let places = whole.iter().map(|frame| {
        let start = frame.payload.as_ptr().addr() - base - FRAME_HEAD;
        let end = start + FRAME_HEAD + frame.payload.len();
        (frame.number.wrapping_sub(FIRST), start..end)
    });
    places.collect()
}

/// Every frame that the damage did not touch must be found.
fn check(
    image: &[u8],
    places: &[(u32, core::ops::Range<usize>)],
    touched: &[core::ops::Range<usize>],
    what: &str,
) {
    let read = frames(image, DATA);
    for (number, place) in places {
        if touched
            .iter()
            .any(|it| it.start < place.end && place.start < it.end)
        {
            continue;
        }
        let is_found = read.whole.iter().any(|frame| {
            frame.number.wrapping_sub(FIRST) == *number && frame.payload == payload(*number)
        });
        assert!(is_found, "{what}: frame {number} at {place:?} is lost");
    }
    assert!(read.whole.len() <= DATA / (FRAME_HEAD + HEADER), "{what}");
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

#[test]
fn a_file_that_was_cut_at_any_length_gives_what_is_still_there() {
    let (ring, _) = used();
    let image = ring.image();
    let places = places(&image);
    // Without the control words nobody knows where to begin.
    for len in CONTROL_BYTES..=image.len() {
        check(
            &image[..len],
            &places,
            from_ref(&(len..usize::MAX)),
            &format!("cut at {len}"),
        );
    }
    for len in 0..CONTROL_BYTES {
        frames(&image[..len], DATA);
    }
}

#[test]
fn no_flipped_bit_costs_more_than_the_frame_it_is_in() {
    let (ring, _) = used();
    let mut image = ring.image();
    let places = places(&image);
    for bit in 0..image.len() * 8 {
        image[bit / 8] ^= 1 << (bit % 8);
        check(
            &image,
            &places,
            from_ref(&(bit / 8..bit / 8 + 1)),
            &format!("bit {bit}"),
        );
        image[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn no_line_that_was_lost_or_moved_costs_more_than_what_was_on_it() {
    let (ring, _) = used();
    let image = ring.image();
    let places = places(&image);
    let lines = image.len() / 64;
    for one in 0..lines {
        let mut zeroed = image.clone();
        zeroed[one * 64..][..64].fill(0);
        check(
            &zeroed,
            &places,
            from_ref(&(one * 64..one * 64 + 64)),
            &format!("line {one} zeroed"),
        );
        for two in (one + 1..lines).step_by(if one < 4 { 1 } else { 7 }) {
            let mut swapped = image.clone();
            for at in 0..64 {
                swapped.swap(one * 64 + at, two * 64 + at);
            }
            let touched = [one * 64..one * 64 + 64, two * 64..two * 64 + 64];
            check(
                &swapped,
                &places,
                &touched,
                &format!("lines {one} and {two} swapped"),
            );
        }
    }
}

/// Beside a note that is damaged the head may be, too, and lead to a frame in the middle all the same.
#[test]
fn a_head_that_is_no_position_of_this_lap_hides_nothing() {
    let (mut ring, _) = used();
    // So that the note on the head's line is the newest one.
    ring.release(1);
    let mut image = ring.image();
    let [note, _] = ring::NOTES;
    let is_newest = |image: &[u8]| image[note..note + 8] == image[ring::HEAD..note];
    if !is_newest(&image) {
        ring.release(1);
        image = ring.image();
    }
    assert!(is_newest(&image));
    let places = places(&image);
    for (number, place) in &places {
        let mut damaged = image.clone();
        let offset = (place.start - CONTROL_BYTES) as u64;
        let head = offset | 0x0202_0202_0202_0000;
        damaged[ring::HEAD..note].copy_from_slice(&head.to_le_bytes());
        damaged[note..note + 24].fill(2);
        let what = format!("the head leads to {number}");
        check(&damaged, &places, from_ref(&(ring::HEAD..note + 24)), &what);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..6000), power in 12..16_u32) {
        let read = frames(&bytes, 1 << power);
        prop_assert!(read.whole.len() <= bytes.len() / 24);
    }

    #[test]
    fn damage_in_many_places_is_survived(
        holes in prop::collection::vec((0..CONTROL_BYTES + DATA, 1..200_usize, any::<u8>()), 1..8),
    ) {
        let (ring, _) = used();
        let mut image = ring.image();
        let places = places(&image);
        let mut touched = Vec::new();
        for (start, len, byte) in holes {
            // Beyond the control words: when all of those are gone nobody knows what was released.
            let start = start.max(CONTROL_BYTES);
            let end = (start + len).min(image.len());
            image[start..end].fill(byte);
            touched.push(start..end);
        }
        check(&image, &places, &touched, "holes");
    }
}
