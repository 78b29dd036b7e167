//! Atomics, locks and barriers of the rooms where threads meet, in one place: under `--cfg loom` the
//! tests take those of a model checker, and `models` runs the rooms' own code on them. Whoever is not
//! modelled takes the standard library's.

#[cfg(all(test, loom))]
mod model;
#[cfg(not(all(test, loom)))]
mod native;

#[cfg(all(test, loom))]
pub(crate) use model::*;
#[cfg(not(all(test, loom)))]
pub(crate) use native::*;

pub(crate) use core::sync::atomic::{Ordering, compiler_fence};

/// A word inside a ring's data. A model checker follows the data by [`Traces`].
pub(crate) use core::sync::atomic::AtomicU64 as DataWord;
