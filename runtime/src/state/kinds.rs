//! What the entry of a transition says: the name of its machine, then the kinds of its values.

use core::marker::PhantomData;

use crate::wire::{Beside, Kind, Kinds};

/// The markers of a machine: a type of no parameters that stands for it.
pub trait Marked: 'static {
    /// The machine's name as records show it.
    const NAME: &'static str;
}

/// The kinds of a step: `S` stands for the machine, `K` are the kinds of the values.
#[derive(Debug)]
pub struct StepKinds<S, K>(PhantomData<fn() -> (S, K)>);

impl<S: Marked, K: Kinds> Kinds for StepKinds<S, K> {
    type Bytes = Beside<&'static str, K::Bytes>;
    const BYTES: Self::Bytes = Beside(S::NAME, K::BYTES);
    const BYTE: u8 = Kind::Absent as u8;
}
