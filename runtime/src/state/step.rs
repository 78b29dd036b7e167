//! The judgement of one step: from the state that was read to the state that is to come.

use core::marker::PhantomData;

use super::{IllegalTransition, Machine, Place, StateTable};
use crate::level::Level;
use crate::site::Pass;
use crate::wire::{Encode, Kind, Mark, Maybe, One, Out, sealed};

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
    #[expect(clippy::unused_self, reason = "it carries the types")]
    pub fn next(&self, next: (M,)) -> M {
        next.0
    }

    /// The markers, the type of the next state, and that state. The first two come by way of the type that it has,
    /// which is `M`: one of another type, or with a mistake in it, is then reported once.
    #[inline]
    pub fn marked<N: SameType<M, A>>(&self, next: N) -> (&N::States, PhantomData<N::Type>, M) {
        let (states, next) = next.with_markers(&self.markers);
        (states, PhantomData, next)
    }

    /// Judges a step from wherever the place stands.
    #[inline]
    pub fn step(&self, next: &M) -> Step {
        Step::judge(self.table, self.from, (self.index)(next))
    }

    /// Judges a step that must begin in the state with the index `expected`.
    #[inline]
    pub fn step_from(&self, expected: usize, next: &M) -> Step {
        Step::judge_from(self.table, self.from, (self.index)(next), expected)
    }
}

/// Every type is its own, whatever the markers: what two types must be equal for.
#[diagnostic::on_unimplemented(
    message = "the next state is of the type `{Self}`, and the place keeps states of `{N}`",
    label = "not a state of `{N}`"
)]
pub trait SameType<N, A>: Sized {
    /// The type.
    type Type;
    /// The markers.
    type States;

    /// The markers, and the value.
    fn with_markers(self, states: &A) -> (&Self::States, N);
}

impl<N, A> SameType<N, A> for N {
    type Type = N;
    type States = A;

    #[inline]
    fn with_markers(self, states: &A) -> (&A, N) {
        (states, self)
    }
}

/// The markers again, as those of the type that a pattern belongs to, which is that of the next state; nothing
/// is matched. A pattern of no variant is reported as that and has no type, and what would follow from it
/// is silent.
#[inline]
pub fn markers_of_pattern<P, N, A>(states: &A, _: PhantomData<N>, _: impl Fn(&P)) -> &P::States
where
    P: SameType<N, A, States = A>,
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
    level: Level,
    // With the index of the event: `state_transition`, `illegal_transition`.
    mark: Mark,
}

/// The kinds of a name and of what follows it.
type Text<Rest> = (One<{ Kind::Str as u8 }>, Rest);

/// The name of a step's machine, and what follows it. A step is encoded where it lies: its names are looked up in
/// the one function that all steps of a shape share, and not at each of them.
#[derive(Debug)]
pub struct MachineOf<'s, R>(&'s Step, R);

impl<R> sealed::Sealed for MachineOf<'_, R> {}
impl<R: Encode> Encode for MachineOf<'_, R> {
    type Kinds = Text<R::Kinds>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        self.0.table.name().size(limit) + self.1.size(limit)
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        self.0.table.name().encode(limit, out);
        self.1.encode(limit, out);
    }
}

/// `from to expected` of a step, and what follows them.
#[derive(Debug)]
pub struct StatesOf<'s, R>(&'s Step, R);

impl<R> sealed::Sealed for StatesOf<'_, R> {}
impl<R: Encode> Encode for StatesOf<'_, R> {
    type Kinds = Text<Text<Text<R::Kinds>>>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        self.0.states().size(limit) + self.1.size(limit)
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        self.0.states().encode(limit, out);
        self.1.encode(limit, out);
    }
}

// What a place gives is a parameter of its own throughout, for the reason that `stand` states.
impl Step {
    /// Not inlined, so that the search for an edge is not repeated at every call.
    #[inline(never)]
    fn judge(table: &'static StateTable, from: usize, to: usize) -> Self {
        Self::judge_from(table, from, to, ANYWHERE)
    }

    #[inline(never)]
    fn judge_from(table: &'static StateTable, from: usize, to: usize, expected: usize) -> Self {
        let is_there = expected == ANYWHERE || expected == from;
        let legal = is_there && table.has_edge(from, to);
        // INFO along an edge, ERROR otherwise.
        let level = if legal { Level::Info } else { Level::Error };
        Self {
            table,
            from,
            to,
            expected: if is_there { ANYWHERE } else { expected },
            legal,
            level,
            mark: Mark::new(level.number(), u8::from(!legal)),
        }
    }

    #[inline]
    fn states(&self) -> (&'static str, (&'static str, (Maybe<&'static str>, ()))) {
        let [from, to] = [self.from, self.to].map(|it| self.table.name_of(it));
        (from, (to, (Maybe(self.expected()), ())))
    }

    #[inline]
    fn expected(&self) -> Option<&'static str> {
        (self.expected != ANYWHERE).then(|| self.table.name_of(self.expected))
    }

    /// INFO along an edge, ERROR otherwise.
    #[inline]
    pub fn level(&self) -> Level {
        self.level
    }

    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    /// The values of `machine id from to expected in_state_ms`, then the user's. The pass makes them those of
    /// the site's entry, as the machine is.
    #[inline]
    pub fn values<'s, 'a, P, I, T, V, S, K>(
        &'s self,
        _: Pass<(S, K)>,
        place: &'a P,
        fields: V,
    ) -> MachineOf<'s, (I, StatesOf<'s, (T, V)>)>
    where
        P: Place<Markers = S, Id<'a> = I, InState = T>,
        MachineOf<'s, (I, StatesOf<'s, (T, V)>)>: Encode<Kinds = K>,
    {
        let names = StatesOf(self, (place.time_at_place(), fields));
        MachineOf(self, (place.id_of_place(), names))
    }

    /// The values of `machine from to expected in_state_ms`, then the user's, who gave an id.
    #[inline]
    pub fn values_own_id<'s, P, T, V, S, K>(
        &'s self,
        _: Pass<(S, K)>,
        place: &P,
        fields: V,
    ) -> MachineOf<'s, StatesOf<'s, (T, V)>>
    where
        P: Place<Markers = S, InState = T>,
        MachineOf<'s, StatesOf<'s, (T, V)>>: Encode<Kinds = K>,
    {
        MachineOf(self, StatesOf(self, (place.time_at_place(), fields)))
    }

    /// Assigns, or refuses and drops the next state.
    ///
    /// # Errors
    ///
    /// When the step is not along an edge; the place is as it was.
    #[inline]
    pub fn end<P: Place<Machine = M>, M>(
        &self,
        place: &mut P,
        next: M,
    ) -> Result<(), IllegalTransition> {
        if !self.legal {
            return Err(self.refusal());
        }
        place.enter_place(next);
        Ok(())
    }

    #[cold]
    fn refusal(&self) -> IllegalTransition {
        IllegalTransition::new(
            self.table.name(),
            self.table.name_of(self.from),
            self.table.name_of(self.to),
            self.expected(),
        )
    }
}
