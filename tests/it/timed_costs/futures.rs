//! The size of a future.

use std::future::Future;
use std::mem::size_of_val;
use std::pin::Pin;

use storyline::timed;

use crate::timed::yield_once;

/// What a future grows by: the wrapper's five words, and a second state.
const WRAPPER: usize = 48;

/// What it grows by for its fields, however many they are, beside the arguments that they look at.
const FIELDS: usize = 64;

macro_rules! each {
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

each! {
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

    pub(super) async fn gives(value: u64) -> Result<String, std::fmt::Error> {
        yield_once().await;
        Ok(value.to_string())
    }

    pub(super) fn returned(value: [u8; 1024]) -> impl Future<Output = u8> {
        let at = value.len() - 1;
        async move {
            yield_once().await;
            value[at]
        }
    }

    pub(super) fn boxed(value: u64) -> Pin<Box<dyn Future<Output = u64>>> {
        Box::pin(one(value))
    }
}

#[expect(clippy::large_types_passed_by_value, reason = "as in the bare ones")]
mod with_fields {
    use super::*;

    #[timed(fields(a = 1))]
    pub(super) async fn nothing() {
        yield_once().await;
    }

    #[timed(fields(value, twice = value * 2, text = "a text", debug = ?value))]
    pub(super) async fn one(value: u64) -> u64 {
        yield_once().await;
        value
    }

    #[timed(start, percentiles, slow = 1s, fields(length = value.len()))]
    pub(super) async fn large(value: [u8; 1024]) -> u8 {
        yield_once().await;
        value[3]
    }

    #[timed(fields(third = value[3]))]
    pub(super) fn returned(value: [u8; 1024]) -> impl Future<Output = u8> {
        let at = value.len() - 1;
        async move {
            yield_once().await;
            value[at]
        }
    }
}

#[test]
fn a_future_grows_by_one_small_wrapper() {
    let large = [0; 1024];
    let grown = [
        (
            size_of_val(&bare::nothing()),
            size_of_val(&timed_::nothing()),
            0,
        ),
        (size_of_val(&bare::one(1)), size_of_val(&timed_::one(1)), 0),
        (
            size_of_val(&bare::large(large)),
            size_of_val(&timed_::large(large)),
            0,
        ),
        (
            size_of_val(&bare::held(large)),
            size_of_val(&timed_::held(large)),
            1024,
        ),
        (
            size_of_val(&bare::changed(large)),
            size_of_val(&timed_::changed(large)),
            1024,
        ),
        (
            size_of_val(&bare::gives(1)),
            size_of_val(&timed_::gives(1)),
            0,
        ),
        (
            size_of_val(&bare::returned(large)),
            size_of_val(&timed_::returned(large)),
            0,
        ),
    ];
    for (bare, timed, arguments) in grown {
        assert!(timed <= bare + arguments + WRAPPER, "{grown:?}");
    }
    assert_eq!(size_of_val(&bare::boxed(1)), size_of_val(&timed_::boxed(1)));
}

#[test]
fn fields_add_a_bounded_size_however_many_they_are() {
    let large = [0; 1024];
    let grown = [
        (
            size_of_val(&timed_::nothing()),
            size_of_val(&with_fields::nothing()),
            0,
        ),
        (
            size_of_val(&timed_::one(1)),
            size_of_val(&with_fields::one(1)),
            8,
        ),
        (
            size_of_val(&timed_::large(large)),
            size_of_val(&with_fields::large(large)),
            1024,
        ),
        (
            size_of_val(&timed_::returned(large)),
            size_of_val(&with_fields::returned(large)),
            0,
        ),
    ];
    for (without, with, arguments) in grown {
        assert!(with <= without + arguments + FIELDS, "{grown:?}");
    }
}
