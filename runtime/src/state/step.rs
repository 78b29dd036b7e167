//! The judgement of one step: from the state that was read to the state that is to come.

use core::marker::PhantomData;

use super::{IllegalTransition, Machine, Place, StateTable};
use crate::level::Level;
use crate::site::Pass;
use crate::wire::{Encode, Maybe};

/// The state that was read at a place, and the markers of its machine. Holds no borrow: the place is free until
/// the assignment.
pub struct Standing<M, A> {
    table: &'static StateTable,
    from: usize,
    markers: A,
    // Kept as a function so that no method needs `M: Machine`: with the bound, a place that keeps no
    // state would be reported again by each of them.
    index: fn(&M) -> usize,
}

impl<M, A> core::fmt::Debug for Standing<M, A> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Standing")
            .field("state", &self.table.name_of(self.from))
            .finish_non_exhaustive()
    }
}

impl<M: Machine> Standing<M, M::Markers> {
    #[inline]
    pub(super) fn of(state: &M) -> Self {
        Self {
            table: M::TABLE,
            from: state.state_index(),
            markers: M::MARKERS,
            index: M::state_index,
        }
    }
}

impl<M, A> Standing<M, A> {
    /// Tells the compiler which type the next state has, so that `.into()` finds it. A tuple, for of a value inside of
    /// one that has another type the compiler says that alone, and nothing of this function.
    #[inline]
    pub fn next(&self, next: (M,)) -> M {
        next.0
    }

    /// The markers, the type of the next state, and that state. The first two come by way of the type that it has,
    /// which is `M`: one of another type, or with a mistake in it, is then reported once.
    #[inline]
    pub fn marked<N: Tied<M, A>>(&self, next: N) -> (&N::States, PhantomData<N::Type>, M) {
        let (states, next) = next.tie(&self.markers);
        (states, PhantomData, next)
    }

    /// Judges a step from wherever the place stands.
    #[inline]
    pub fn step(&self, next: &M) -> Step {
        Step::judge(self.table, self.from, (self.index)(next), ANYWHERE)
    }

    /// Judges a step that must begin in the state with the index `expected`.
    #[inline]
    pub fn step_from(&self, expected: usize, next: &M) -> Step {
        Step::judge(self.table, self.from, (self.index)(next), expected)
    }
}

/// A type is tied to itself, whatever the markers.
#[diagnostic::on_unimplemented(
    message = "the next state is of the type `{Self}`, and the place keeps states of `{N}`",
    label = "not a state of `{N}`"
)]
pub trait Tied<N, A>: Sized {
    /// The type.
    type Type;
    /// The markers.
    type States;

    /// The markers, and the value.
    fn tie(self, states: &A) -> (&Self::States, N);
}

impl<N, A> Tied<N, A> for N {
    type Type = N;
    type States = A;

    #[inline]
    fn tie(self, states: &A) -> (&A, N) {
        (states, self)
    }
}

/// The markers again, tied to the type that a pattern belongs to, which is that of the next state; nothing
/// is matched. A pattern of no variant is reported as that and has no type, and what would follow from it
/// is silent.
#[inline]
pub fn tied<P, N, A>(states: &A, _: PhantomData<N>, _: impl Fn(&P)) -> &P::States
where
    P: Tied<N, A, States = A>,
{
    states
}

/// No state in particular.
const ANYWHERE: usize = usize::MAX;

/// A judged step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    table: &'static StateTable,
    from: usize,
    to: usize,
    // An index, which is none where the step began as it should.
    expected: usize,
    legal: bool,
}

/// A name in front of what follows.
type Text<Rest> = (&'static str, Rest);

/// `from to expected in_state_ms`, then the user's.
type Names<T, V> = Text<Text<(Maybe<&'static str>, (T, V))>>;

// What a place gives is a parameter of its own throughout, for the reason that `stand` states.
impl Step {
    /// Not inlined, so that the search for an edge is not repeated at every call.
    #[inline(never)]
    fn judge(table: &'static StateTable, from: usize, to: usize, expected: usize) -> Self {
        let is_there = expected == ANYWHERE || expected == from;
        Self {
            table,
            from,
            to,
            expected: if is_there { ANYWHERE } else { expected },
            legal: is_there && table.has_edge(from, to),
        }
    }

    #[inline]
    fn expected(self) -> Option<&'static str> {
        (self.expected != ANYWHERE).then(|| self.table.name_of(self.expected))
    }

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
        _: Pass<(S, K)>,
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
        _: Pass<(S, K)>,
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
        let names = (from, (to, (Maybe(self.expected()), in_state)));
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
            self.expected(),
        )
    }
}
