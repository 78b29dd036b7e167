//! The stack that a call inside another one takes.

use std::cell::Cell;
use std::fmt::Error;
use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};

use storyline::timed;

use crate::timed::now;

/// What a frame of a recursion grows by, without fields and with some.
const FRAME: usize = if cfg!(debug_assertions) { 336 } else { 128 };
const WITH_FIELDS: usize = if cfg!(debug_assertions) { 1000 } else { 304 };

/// The same for a future that awaits itself in a box.
const POLL: usize = if cfg!(debug_assertions) { 800 } else { 128 };
const POLL_WITH_FIELDS: usize = if cfg!(debug_assertions) { 1800 } else { 432 };

thread_local! {
    static LOWEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

#[inline(never)]
fn note_stack() {
    let here = 0_u8;
    LOWEST.set(LOWEST.get().min(black_box(&raw const here) as usize));
}

/// Bytes of stack that a call inside another one takes.
fn bytes_a_frame(recursive: fn(u64) -> Result<u64, Error>) -> usize {
    let lowest = |depth| {
        LOWEST.set(usize::MAX);
        assert_eq!(recursive(depth), Ok(depth));
        LOWEST.get()
    };
    (lowest(10) - lowest(110)) / 100
}

macro_rules! recursive {
    ($($(#[$timed:meta])* $name:ident($depth:ident))*) => {
        $($(#[$timed])*
        fn $name($depth: u64) -> Result<u64, Error> {
            if $depth == 0 {
                note_stack();
                return Ok(0);
            }
            let below = $name($depth - 1)?;
            Ok(black_box(below) + 1)
        })*
    };
}

recursive! {
    bare(depth)
    #[timed] simple(depth)
    #[timed(percentiles, start, slow = 1s, dependency = "none")] with_options(depth)
    #[timed(fields(depth))] with_fields(depth)
    #[timed(percentiles, start, fields(depth, twice = depth * 2, text = "a text"))] with_more_fields(depth)
}

#[test]
fn recursion_takes_a_bounded_stack() {
    let bare = bytes_a_frame(bare);
    let measured = [
        ("simple", bytes_a_frame(simple), FRAME),
        ("with options", bytes_a_frame(with_options), FRAME),
        ("with fields", bytes_a_frame(with_fields), WITH_FIELDS),
        (
            "with more fields",
            bytes_a_frame(with_more_fields),
            WITH_FIELDS,
        ),
    ];
    for (which, timed, more) in measured {
        assert!(timed <= bare + more, "{which}: {bare} bare, {measured:?}");
    }
}

macro_rules! recursive_futures {
    ($($(#[$timed:meta])* $name:ident($depth:ident), $door:ident)*) => {
        $($(#[$timed])*
        async fn $name($depth: u64) -> Result<u64, Error> {
            if $depth == 0 {
                note_stack();
                return Ok(0);
            }
            let inside: Pin<Box<dyn Future<Output = Result<u64, Error>>>> = Box::pin($name($depth - 1));
            let below = inside.await?;
            Ok(black_box(below) + 1)
        }

        fn $door(depth: u64) -> Result<u64, Error> {
            now(pin!($name(depth)))
        })*
    };
}

recursive_futures! {
    bare_future(depth), bare_now
    #[timed] simple_future(depth), simple_now
    #[timed(start, percentiles, fields(depth, twice = depth * 2, text = "a text"))] future_with_fields(depth), now_with_fields
}

#[test]
fn a_recursive_future_takes_a_bounded_stack() {
    let bare = bytes_a_frame(bare_now);
    let (simple, with_fields) = (bytes_a_frame(simple_now), bytes_a_frame(now_with_fields));
    assert!(simple <= bare + POLL, "{bare} bare, {simple} timed");
    assert!(
        with_fields <= bare + POLL_WITH_FIELDS,
        "{bare} bare, {with_fields} with fields"
    );
}
