//! Variables of a call that are not captured yet. Hot: where all captures are this crate's own, they may be made
//! before anyone knows whether the record is wanted, and the question is asked in the one function that all sites
//! of a shape share, instead of at each of them.

use core::marker::PhantomData;

use super::Capture;
use crate::wire::{Encode, Kinds};

/// A variable or a literal: reading it runs nobody's code.
#[derive(Debug)]
pub struct Variable<'a, T: ?Sized, W>(&'a T, PhantomData<W>);

/// The door for generated code, in the form of [`capture`](super::capture()).
#[inline(always)]
pub fn variable<'a, T: Capture<Wire<'a> = W> + ?Sized, W>(value: &'a T) -> Variable<'a, T, W> {
    Variable(value, PhantomData)
}

/// All of a call: `(first, (second, ()))`.
pub trait Variables {
    /// Those of the captured values.
    type Kinds: Kinds;
    /// The captured values.
    type Values: Encode<Kinds = Self::Kinds>;

    /// Whether all captures are this crate's own.
    const ARE_BUILT_IN: bool;

    /// Captures them in their order.
    fn capture(self) -> Self::Values;
}

impl Variables for () {
    type Kinds = ();
    type Values = ();

    const ARE_BUILT_IN: bool = true;

    #[inline(always)]
    fn capture(self) {}
}

impl<'a, T, W, R> Variables for (Variable<'a, T, W>, R)
where
    T: Capture<Wire<'a> = W> + ?Sized,
    W: Encode,
    R: Variables,
{
    type Kinds = (W::Kinds, R::Kinds);
    type Values = (W, R::Values);

    const ARE_BUILT_IN: bool = T::IS_BUILT_IN && R::ARE_BUILT_IN;

    #[inline(always)]
    fn capture(self) -> Self::Values {
        let (Variable(first, _), rest) = self;
        (first.capture(), rest.capture())
    }
}
