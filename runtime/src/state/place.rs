//! Where a state is kept: an enum, something that leads to one, or a [`Tracked`](super::Tracked).
//! `transition!` reads a place, judges, and assigns to it.

use core::cell::RefMut;
use std::sync::{MutexGuard, RwLockWriteGuard};

use super::Machine;
use super::step::Standing;
use crate::wire::Encode;

/// What `transition!` accepts in front of its arrow.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state machine",
    label = "no state is kept here",
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
    fn state(&self) -> &Self::Machine;

    /// What a step begins with.
    #[inline]
    fn standing(&self) -> Standing<Self::Machine, Self::Markers> {
        Standing::of(self.state())
    }

    /// The id as it travels.
    fn id(&self) -> Self::Id<'_>;

    /// How long the present state has lasted.
    fn in_state(&self) -> Self::InState;

    /// Assigns. Called for steps along an edge only.
    fn enter(&mut self, next: Self::Machine);
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
            fn state(&self) -> &P::Machine {
                P::state(self)
            }

            #[inline]
            fn id(&self) -> P::Id<'_> {
                P::id(self)
            }

            #[inline]
            fn in_state(&self) -> P::InState {
                P::in_state(self)
            }

            #[inline]
            fn enter(&mut self, next: P::Machine) {
                P::enter(self, next);
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
    place.standing()
}
