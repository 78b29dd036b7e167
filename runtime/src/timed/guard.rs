//! Sees how a body on one stack was left.

use core::mem::ManuallyDrop;

use super::call::Call;
use super::outcome::{Classifier, Outcome};
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
pub struct OnUnwind<S: Encode>(pub(super) Call<S>);

impl<S: Encode> OnUnwind<S> {
    /// Guards a body.
    #[inline(always)]
    pub fn new(call: Call<S>) -> Self {
        Self(call)
    }

    /// Ends a body that gave a value.
    #[inline(always)]
    pub fn end<R>(self, value: &R, classify: Classifier<R>)
    where
        S: Default,
    {
        // What there is to drop are the fields of a call that is on, and those are given back by its end.
        let mut guard = ManuallyDrop::new(self);
        if guard.0.is_on() {
            guard.0.finish(value, classify);
        }
    }
}

impl<S: Encode> Drop for OnUnwind<S> {
    #[inline]
    fn drop(&mut self) {
        if self.0.is_on() {
            self.0.leave(Outcome::Panic);
        }
    }
}

/// Records the end of a body that it cannot look into: a block, which may be left by `?` or `return`,
/// or a function whose body must stay where it is: one with `#[track_caller]`, or one that gives a closure back.
#[derive(Debug)]
pub struct OnExit<S: Encode> {
    call: Call<S>,
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

impl<S: Encode> OnExit<S> {
    /// Guards a function.
    #[inline]
    pub fn of_function(call: Call<S>) -> Self {
        Self::new(call, Otherwise::Returned)
    }

    /// Guards a function that gives back what is called later, which is no `Result`.
    #[inline]
    pub fn of_callable(call: Call<S>) -> Self {
        Self::new(call, Otherwise::Ok)
    }

    /// Guards a block.
    #[inline]
    pub fn of_block(call: Call<S>) -> Self {
        Self::new(call, Otherwise::Left)
    }

    #[inline]
    fn new(call: Call<S>, otherwise: Otherwise) -> Self {
        let unwinding = call.is_on() && std::thread::panicking();
        Self {
            call,
            otherwise,
            unwinding,
        }
    }

    /// Ends a block that was run to its end.
    #[inline]
    pub fn end<R>(self, value: R, judge: impl FnOnce(&R) -> Classifier<R>) -> R
    where
        S: Default,
    {
        let mut guard = ManuallyDrop::new(self);
        if guard.call.is_on() {
            guard.call.finish(&value, judge(&value));
        }
        value
    }
}

impl<S: Encode> Drop for OnExit<S> {
    #[inline]
    fn drop(&mut self) {
        if self.call.is_on() {
            let panicked = !self.unwinding && std::thread::panicking();
            self.call.leave(if panicked {
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
