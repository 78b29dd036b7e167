//! Variables of a call that are not captured yet. Hot: where all captures are this crate's own, they may be made
//! before anyone knows whether the record is wanted, and the question is asked in the one function that all sites
//! of a shape share, instead of at each of them.

use super::Capture;
use crate::wire::{Encode, Kinds};

/// A variable or a literal: reading it runs nobody's code. What is known of its type stands in it as values, which
/// the compiler knows: a bound on the type would report a value that cannot be captured once more where it is used.
#[derive(Debug)]
pub struct Variable<'a, T: ?Sized, W> {
    value: &'a T,
    capture: fn(&'a T) -> W,
    is_built_in: bool,
}

/// The door for generated code, in the form of [`capture`](super::capture()).
#[inline(always)]
pub fn variable<'a, T: Capture<Wire<'a> = W> + ?Sized, W>(value: &'a T) -> Variable<'a, T, W> {
    Variable {
        value,
        capture: |it: &'a T| it.capture(),
        is_built_in: T::IS_BUILT_IN,
    }
}

/// All of a call: `(first, (second, ()))`.
pub trait Variables {
    /// Those of the captured values.
    type Kinds: Kinds;
    /// The captured values.
    type Values: Encode<Kinds = Self::Kinds>;

    /// Whether all captures are this crate's own.
    fn are_built_in(&self) -> bool;

    /// Captures them in their order.
    fn captured(self) -> Self::Values;
}

impl Variables for () {
    type Kinds = ();
    type Values = ();

    #[inline(always)]
    fn are_built_in(&self) -> bool {
        true
    }

    #[inline(always)]
    fn captured(self) {}
}

impl<T: ?Sized, W: Encode, R: Variables> Variables for (Variable<'_, T, W>, R) {
    type Kinds = (W::Kinds, R::Kinds);
    type Values = (W, R::Values);

    #[inline(always)]
    fn are_built_in(&self) -> bool {
        self.0.is_built_in && self.1.are_built_in()
    }

    #[inline(always)]
    fn captured(self) -> Self::Values {
        let (first, rest) = self;
        ((first.capture)(first.value), rest.captured())
    }
}
