//! The model checker runs the rooms where threads meet through every order of their steps that differs,
//! up to a bound of preemptions, on a memory as weak as the language allows. `tests/orderings` weakens
//! each ordering and expects one of these to fail.

mod ring;
