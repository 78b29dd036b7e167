//! Damage of every kind, and what it must not cost.

use core::slice::from_ref;

use proptest::prelude::*;

use super::*;

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
