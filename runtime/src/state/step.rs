//! The judgement of one step: from the state that was read to the state that is to come.

use super::{IllegalTransition, Machine, Place, StateTable, StepKinds};
use crate::level::Level;
use crate::site::Pass;
use crate::wire::{Encode, Maybe};

/// The state that was read at a place. Holds no borrow: the place is free until the assignment.
pub struct Standing<M> {
    table: &'static StateTable,
    from: usize,
    // Kept as a function so that no method needs `M: Machine`: with the bound, a place that keeps no
    // state would be reported again by each of them.
    index: fn(&M) -> usize,
}

impl<M> Clone for Standing<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Standing<M> {}

impl<M> core::fmt::Debug for Standing<M> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Standing")
            .field("state", &self.table.name_of(self.from))
            .finish_non_exhaustive()
    }
}

impl<M: Machine> Standing<M> {
    #[inline]
    pub(super) fn of(state: &M) -> Self {
        Self {
            table: M::TABLE,
            from: state.state_index(),
            index: M::state_index,
        }
    }
}

impl<M> Standing<M> {
    /// Tells the compiler which type the next state has, so that `.into()` finds it.
    #[inline]
    pub fn next(self, next: M) -> M {
        next
    }

    /// The markers of the next state's type. Not of `M`: a next state with a mistake in it is then
    /// reported once.
    #[inline]
    pub fn markers<N: Machine<Markers = A>, A>(self, _: &N) -> A {
        N::MARKERS
    }

    /// Judges a step from wherever the place stands.
    #[inline]
    pub fn step(self, next: &M) -> Step {
        let to = (self.index)(next);
        Step {
            table: self.table,
            from: self.from,
            to,
            expected: None,
            legal: self.table.has_edge(self.from, to),
        }
    }

    /// Judges a step that must begin in the state with the index `expected`.
    #[inline]
    pub fn step_from(self, expected: usize, next: &M) -> Step {
        let step = self.step(next);
        if self.from == expected {
            return step;
        }
        Step {
            expected: Some(self.table.name_of(expected)),
            legal: false,
            ..step
        }
    }
}

/// The markers themselves, for every type: it only ties them to one.
pub trait Tied<A> {
    /// The markers.
    type States;
}

impl<N, A> Tied<A> for N {
    type States = A;
}

/// The markers again, tied to the type that a pattern belongs to; nothing is matched. A pattern of no
/// variant is reported as that and has no type, and what would follow from it is silent.
#[inline]
pub fn tied<N, A>(states: &A, _: impl Fn(&N)) -> &<N as Tied<A>>::States {
    states
}

/// A judged step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    table: &'static StateTable,
    from: usize,
    to: usize,
    expected: Option<&'static str>,
    legal: bool,
}

/// A name in front of what follows.
type Text<Rest> = (&'static str, Rest);

/// `from to expected in_state_ms`, then the user's.
type Names<T, V> = Text<Text<(Maybe<&'static str>, (T, V))>>;

// What a place gives is a parameter of its own throughout, for the reason that `stand` states.
impl Step {
    /// INFO along an edge, ERROR otherwise.
    #[inline]
    pub fn level(self) -> Level {
        if self.legal {
            Level::Info
        } else {
            Level::Error
        }
    }

    /// The index of the event: `state_transition`, `illegal_transition`.
    #[inline]
    pub fn event(self) -> u8 {
        u8::from(!self.legal)
    }

    /// The values of `machine id from to expected in_state_ms`, then the user's. The pass makes them those of
    /// the site's entry, as the machine is.
    #[inline]
    pub fn values<'a, P, I, T, V, S, K>(
        self,
        _: Pass<StepKinds<S, K>>,
        place: &'a P,
        fields: V,
    ) -> Text<(I, Names<T, V>)>
    where
        P: Place<Id<'a> = I, InState = T>,
        P::Machine: Machine<Markers = S>,
        Text<(I, Names<T, V>)>: Encode<Kinds = K>,
    {
        let (machine, names) = self.all(place, fields);
        (machine, (place.id(), names))
    }

    /// The values of `machine from to expected in_state_ms`, then the user's, who gave an id.
    #[inline]
    pub fn values_own_id<P, T, V, S, K>(
        self,
        _: Pass<StepKinds<S, K>>,
        place: &P,
        fields: V,
    ) -> Text<Names<T, V>>
    where
        P: Place<InState = T>,
        P::Machine: Machine<Markers = S>,
        Text<Names<T, V>>: Encode<Kinds = K>,
    {
        self.all(place, fields)
    }

    #[inline]
    fn all<P, T, V>(self, place: &P, fields: V) -> Text<Names<T, V>>
    where
        P: Place<InState = T>,
    {
        let from = self.table.name_of(self.from);
        let to = self.table.name_of(self.to);
        let in_state = (place.in_state(), fields);
        let names = (from, (to, (Maybe(self.expected), in_state)));
        (self.table.name(), names)
    }

    /// Assigns, or refuses and drops the next state.
    ///
    /// # Errors
    ///
    /// When the step is not along an edge; the place is as it was.
    #[inline]
    pub fn end<P: Place<Machine = M>, M>(
        self,
        place: &mut P,
        next: M,
    ) -> Result<(), IllegalTransition> {
        if !self.legal {
            return Err(self.refusal());
        }
        place.enter(next);
        Ok(())
    }

    #[cold]
    fn refusal(self) -> IllegalTransition {
        IllegalTransition::new(
            self.table.name(),
            self.table.name_of(self.from),
            self.table.name_of(self.to),
            self.expected,
        )
    }
}
