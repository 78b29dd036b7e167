//! Sees how a body on one stack was left.

use core::mem::ManuallyDrop;

use super::call::Begun;
use super::outcome::{Judged, OfNever, OfValue, Outcome, Unknown};
use crate::wire::Encode;

/// Runs the body of a function.
///
/// It takes the arguments along, so that they are dropped where the body ends and in the order the
/// language gives them, and it takes the body as `FnOnce`, so that a body may return what it borrowed
/// from an argument. The arguments come first, because the body's types follow from theirs.
#[inline(always)]
pub fn run<A, R>(arguments: A, body: impl FnOnce(A) -> R) -> R {
    body(arguments)
}

/// Records a panic when it is dropped before its call was ended.
#[derive(Debug)]
pub struct OnUnwind<S: Encode, V>(pub(super) Begun<S, V>);

impl<S: Encode, V> OnUnwind<S, V> {
    /// Guards a body.
    #[inline(always)]
    pub fn new(begun: Begun<S, V>) -> Self {
        Self(begun)
    }

    /// Ends a body that gave a value.
    #[inline(always)]
    pub fn end<R>(self, value: &R, judged: Judged<R, V>)
    where
        S: Default,
    {
        // What there is to drop are the fields of a call that is on, and those are given back by its end.
        let mut guard = ManuallyDrop::new(self);
        let call = &mut guard.0.call;
        if call.is_on() {
            call.finish(value, judged.classifier());
        }
    }
}

impl<S: Encode> OnUnwind<S, OfNever> {
    /// Guards a body that gives no value.
    #[inline(always)]
    pub fn of_never(begun: Begun<S, OfNever>) -> Self {
        Self(begun)
    }
}

impl<S: Encode, V> Drop for OnUnwind<S, V> {
    #[inline]
    fn drop(&mut self) {
        if self.0.call.is_on() {
            self.0.call.leave(Outcome::Panic);
        }
    }
}

/// Records the end of a body that it cannot look into: a block, which may be left by `?` or `return`,
/// or a function whose body must stay where it is: one with `#[track_caller]`, or one that gives a closure back.
#[derive(Debug)]
pub struct OnExit<S: Encode, V> {
    begun: Begun<S, V>,
    /// What it means that nothing else ended the call.
    otherwise: Otherwise,
    // A destructor that runs while the thread unwinds cannot tell a second panic from the first.
    unwinding: bool,
}

/// An outcome that is known before the end.
#[derive(Clone, Copy, Debug)]
enum Otherwise {
    Ok,
    Returned,
    Left,
}

impl<S: Encode> OnExit<S, Unknown> {
    /// Guards a function.
    #[inline]
    pub fn of_function(begun: Begun<S, Unknown>) -> Self {
        Self::new(begun, Otherwise::Returned)
    }
}

impl<S: Encode> OnExit<S, OfValue> {
    /// Guards a function that gives back what is called later, which is no `Result`.
    #[inline]
    pub fn of_callable(begun: Begun<S, OfValue>) -> Self {
        Self::new(begun, Otherwise::Ok)
    }
}

impl<S: Encode, V> OnExit<S, V> {
    /// Guards a block.
    #[inline]
    pub fn of_block(begun: Begun<S, V>) -> Self {
        Self::new(begun, Otherwise::Left)
    }

    #[inline]
    fn new(begun: Begun<S, V>, otherwise: Otherwise) -> Self {
        let unwinding = begun.call.is_on() && std::thread::panicking();
        Self {
            begun,
            otherwise,
            unwinding,
        }
    }

    /// Ends a block that was run to its end.
    #[inline]
    pub fn end<R>(self, value: R, judge: impl FnOnce(&R) -> Judged<R, V>) -> R
    where
        S: Default,
    {
        let mut guard = ManuallyDrop::new(self);
        let call = &mut guard.begun.call;
        if call.is_on() {
            call.finish(&value, judge(&value).classifier());
        }
        value
    }
}

impl<S: Encode, V> Drop for OnExit<S, V> {
    #[inline]
    fn drop(&mut self) {
        let call = &mut self.begun.call;
        if call.is_on() {
            let panicked = !self.unwinding && std::thread::panicking();
            call.leave(if panicked {
                Outcome::Panic
            } else {
                match self.otherwise {
                    Otherwise::Ok => Outcome::Ok,
                    Otherwise::Returned => Outcome::Returned,
                    Otherwise::Left => Outcome::Left,
                }
            });
        }
    }
}
