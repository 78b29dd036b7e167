//! The judgement of one step: from the state that was read to the state that is to come.

use super::{IllegalTransition, Machine, Place, StateTable};
use crate::level::Level;
use crate::site::Pass;
use crate::wire::{Encode, Kind, Mark, Maybe, One, Out, sealed};

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
        Step::judge(self.table, self.from, (self.index)(next))
    }

    /// Judges a step that must begin in the state with the index `expected`.
    #[inline]
    pub fn step_from(self, expected: usize, next: &M) -> Step {
        Step::judge_from(self.table, self.from, (self.index)(next), expected)
    }
}

/// A type is tied to itself, whatever the markers.
pub trait Tied<N, A> {
    /// The markers.
    type States;
}

impl<N, A> Tied<N, A> for N {
    type States = A;
}

/// The markers again, tied to the type that a pattern belongs to, which is that of the next state; nothing
/// is matched. A pattern of no variant is reported as that and has no type, and what would follow from it
/// is silent.
#[inline]
pub fn tied<'a, P, N, A>(states: &'a A, _: &N, _: impl Fn(&P)) -> &'a <P as Tied<N, A>>::States
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
        P: Place<Id<'a> = I, InState = T>,
        P::Machine: Machine<Markers = S>,
        MachineOf<'s, (I, StatesOf<'s, (T, V)>)>: Encode<Kinds = K>,
    {
        let names = StatesOf(self, (place.in_state(), fields));
        MachineOf(self, (place.id(), names))
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
        P: Place<InState = T>,
        P::Machine: Machine<Markers = S>,
        MachineOf<'s, StatesOf<'s, (T, V)>>: Encode<Kinds = K>,
    {
        MachineOf(self, StatesOf(self, (place.in_state(), fields)))
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
        place.enter(next);
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
