//! Where a state is kept: an enum, something that leads to one, or a [`Tracked`](super::Tracked).
//! `transition!` reads a place, judges, and assigns to it.

use core::cell::RefMut;
use std::sync::{MutexGuard, RwLockWriteGuard};

use super::Machine;
use super::step::Standing;
use crate::wire::Encode;

/// What `transition!` accepts in front of its arrow. Its methods have names that no user's method has: the compiler
/// would propose ours for types that have none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state machine",
    label = "no state is kept here",
    note = "if a member keeps the state, name it, as in `self.state => ...`",
    note = "write `#[state_machine(initial = ...)]` above the enum, and `#[to(...)]` or `#[terminal]` above each variant",
    note = "if this leads to a state, such as a guard of another crate, write `*` in front of it"
)]
pub trait Place {
    /// The enum.
    type Machine: Machine<Markers = Self::Markers>;
    /// Its markers.
    type Markers;
    /// The id of what is tracked here; absent for a bare enum.
    type Id<'a>: Encode
    where
        Self: 'a;
    /// The time in the present state; absent for a bare enum.
    type InState: Encode;

    /// The present state.
    fn state_of_place(&self) -> &Self::Machine;

    /// What a step begins with.
    #[inline]
    fn standing_at_place(&self) -> Standing<Self::Machine, Self::Markers> {
        Standing::of(self.state_of_place())
    }

    /// The id as it travels.
    fn id_of_place(&self) -> Self::Id<'_>;

    /// How long the present state has lasted.
    fn time_at_place(&self) -> Self::InState;

    /// Assigns. Called for steps along an edge only.
    fn enter_place(&mut self, next: Self::Machine);
}

macro_rules! through {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<P: Place + ?Sized> Place for $type {
            type Machine = P::Machine;
            type Markers = P::Markers;
            type Id<'a> = P::Id<'a> where Self: 'a;
            type InState = P::InState;

            #[inline]
            fn state_of_place(&self) -> &P::Machine {
                P::state_of_place(self)
            }

            #[inline]
            fn id_of_place(&self) -> P::Id<'_> {
                P::id_of_place(self)
            }

            #[inline]
            fn time_at_place(&self) -> P::InState {
                P::time_at_place(self)
            }

            #[inline]
            fn enter_place(&mut self, next: P::Machine) {
                P::enter_place(self, next);
            }
        }
    )*};
}

through!(
    &mut P,
    Box<P>,
    RefMut<'_, P>,
    MutexGuard<'_, P>,
    RwLockWriteGuard<'_, P>
);

/// Borrows a place for the assignment. A method call alone reborrows by itself, so that a variable
/// `order: &mut Order` need not be declared `mut`; it is the one trait that generated code brings
/// into scope, around the place only.
pub trait Here {
    /// The place itself.
    #[inline]
    fn __storyline_here(&mut self) -> &mut Self {
        self
    }
}

impl<T: ?Sized> Here for T {}

/// Reads the state of a place. The machine and its markers are parameters of their own: a place that keeps no
/// state is then one bound that does not hold, at the place, and not also types that cannot be worked out.
#[inline]
pub fn stand<P: Place<Machine = M, Markers = A>, M, A>(place: &P) -> Standing<M, A> {
    place.standing_at_place()
}
