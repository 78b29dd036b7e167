//! What `#[timed]` adds to a function beside time: bytes of a future, bytes of stack, and nothing to where a
//! debugger looks. The numbers stand in the documentation of `#[timed]`.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::hint::black_box;
use std::mem::size_of_val;

use storyline::timed;

use crate::timed::yield_once;

/// What a future grows by: the wrapper's five words, and a second state.
const WRAPPER: usize = 48;

/// What a frame of a recursion grows by without fields, and by what more with them.
const FRAME: usize = if cfg!(debug_assertions) { 320 } else { 128 };
const FIELDS: usize = if cfg!(debug_assertions) { 576 } else { 160 };

macro_rules! both {
    ($($item:item)*) => {
        #[expect(clippy::large_types_passed_by_value, reason = "what a future holds is to be seen")]
        mod bare {
            use super::*;
            $($item)*
        }
        #[expect(clippy::large_types_passed_by_value, reason = "as in the bare ones")]
        mod timed_ {
            use super::*;
            $(#[timed] $item)*
        }
    };
}

both! {
    pub(super) async fn nothing() {
        yield_once().await;
    }

    pub(super) async fn one(value: u64) -> u64 {
        yield_once().await;
        value
    }

    pub(super) async fn large(value: [u8; 1024]) -> u8 {
        yield_once().await;
        value[3]
    }

    pub(super) async fn held(_value: [u8; 1024]) {
        yield_once().await;
    }

    pub(super) async fn changed(mut value: [u8; 1024]) -> u8 {
        value[3] = 1;
        yield_once().await;
        value[3]
    }

    pub(super) fn recursive(depth: u64) -> Result<u64, std::fmt::Error> {
        if depth == 0 {
            note_stack();
            return Ok(0);
        }
        let below = recursive(depth - 1)?;
        Ok(black_box(below) + 1)
    }
}

#[test]
fn a_future_grows_by_one_small_wrapper() {
    let grown = [
        (
            size_of_val(&bare::nothing()),
            size_of_val(&timed_::nothing()),
            0,
        ),
        (size_of_val(&bare::one(1)), size_of_val(&timed_::one(1)), 0),
        (
            size_of_val(&bare::large([0; 1024])),
            size_of_val(&timed_::large([0; 1024])),
            0,
        ),
        (
            size_of_val(&bare::held([0; 1024])),
            size_of_val(&timed_::held([0; 1024])),
            1024,
        ),
        (
            size_of_val(&bare::changed([0; 1024])),
            size_of_val(&timed_::changed([0; 1024])),
            1024,
        ),
    ];
    for (bare, timed, arguments) in grown {
        assert!(timed <= bare + arguments + WRAPPER, "{grown:?}");
    }
}

thread_local! {
    static LOWEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

#[inline(never)]
fn note_stack() {
    let here = 0_u8;
    LOWEST.set(LOWEST.get().min(black_box(&raw const here) as usize));
}

/// Bytes of stack that a call inside another one takes.
fn bytes_a_frame(recursive: fn(u64) -> Result<u64, std::fmt::Error>) -> usize {
    let lowest = |depth| {
        LOWEST.set(usize::MAX);
        assert_eq!(recursive(depth), Ok(depth));
        LOWEST.get()
    };
    (lowest(10) - lowest(110)) / 100
}

#[timed(fields(depth))]
fn recursive_with_fields(depth: u64) -> Result<u64, std::fmt::Error> {
    if depth == 0 {
        note_stack();
        return Ok(0);
    }
    let below = recursive_with_fields(depth - 1)?;
    Ok(black_box(below) + 1)
}

#[test]
fn recursion_takes_a_bounded_stack() {
    let (bare, timed) = (
        bytes_a_frame(bare::recursive),
        bytes_a_frame(timed_::recursive),
    );
    let fields = bytes_a_frame(recursive_with_fields);
    assert!(timed <= bare + FRAME, "{bare} bare, {timed} timed");
    assert!(
        fields <= timed + FIELDS,
        "{timed} without fields, {fields} with"
    );
}

#[timed(fields(value))]
fn traced(value: u8) -> (String, u32) {
    let trace = inside(value);
    (trace, line!() - 1)
}

#[timed]
fn inside(value: u8) -> String {
    let closure = || Backtrace::force_capture().to_string();
    black_box(value);
    closure()
}

#[timed]
async fn waits() -> (String, u32) {
    yield_once().await;
    let line = line!() + 1;
    let trace = inside(1);
    (trace, line)
}

/// A debugger stops where the line table says, and shows the names that a backtrace does.
#[test]
fn a_backtrace_shows_the_lines_of_the_user() {
    let here = line!() + 1;
    let (trace, line) = traced(1);
    for line in [line, here] {
        let place = format!("timed_costs.rs:{line}:");
        assert!(trace.contains(&place), "no {place} in\n{trace}");
    }
    assert!(trace.contains("timed_costs::traced"), "{trace}");
    let mut future = Box::pin(waits());
    assert!(crate::timed::poll_once(future.as_mut()).is_pending());
    let std::task::Poll::Ready((trace, line)) = crate::timed::poll_once(future.as_mut()) else {
        panic!("it waits once");
    };
    let place = format!("timed_costs.rs:{line}:");
    assert!(trace.contains(&place), "no {place} in\n{trace}");
}
