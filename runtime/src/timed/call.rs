//! A call from its beginning to its end.

use core::marker::PhantomData;

use super::ending::{Ending, Polled};
use super::hook;
use super::outcome::{Classifier, Outcome};
use super::plan::Plan;
use super::recorded::{end, write};
use super::saved::Saved;
use crate::calls::Event;
use crate::clock;
use crate::site::{Entry, Pass};
use crate::wire::{Encode, Kinds};

/// A call whose value is still to be judged, as `V` says: the entry of its site has it beside the kinds of the
/// fields, and what judges the value fills it in.
#[derive(Debug)]
pub struct Begun<S, V> {
    pub(super) call: Call<S>,
    of: PhantomData<fn() -> V>,
}

impl<S, V> Begun<S, V> {
    #[inline]
    pub(super) fn of(call: Call<S>) -> Self {
        Self {
            call,
            of: PhantomData,
        }
    }
}

impl<S: Default, V> Begun<S, V> {
    /// A call of which nothing is wanted.
    #[inline]
    pub fn off() -> Self {
        Self::of(Call::off())
    }

    /// Begins a call of which no record is wanted: only how long it takes counts.
    #[inline]
    pub fn sampled(plan: &'static Plan) -> Self {
        Self::of(Call::sampled(plan))
    }
}

impl<V: Kinds> Begun<(), V> {
    /// Begins a call without fields, of which something may be wanted.
    #[inline]
    pub fn now(plan: &'static Plan, entry: &'static Entry<(V, ()), 1>) -> Self {
        Self::of(Call::begin(plan, entry.text()))
    }
}

impl<V> Begun<Saved, V> {
    /// Begins a call that ends on the stack it begins on.
    #[inline]
    pub fn with_fields<F: Encode>(plan: &'static Plan, _: Pass<(V, F::Kinds)>, fields: &F) -> Self {
        Self::of(Call::with_fields(plan, fields))
    }

    /// Begins a call that may end on another thread.
    #[inline]
    pub fn with_own_fields<F: Encode>(
        plan: &'static Plan,
        _: Pass<(V, F::Kinds)>,
        fields: &F,
    ) -> Self {
        Self::of(Call::with_own_fields(plan, fields))
    }
}

impl<S: Encode, V> Begun<S, V> {
    /// Records that the call began.
    #[must_use]
    #[inline]
    pub fn announced(self) -> Self {
        Self::of(self.call.announced())
    }
}

/// A call that was begun, or one that nobody wants to hear about. `S` is what it keeps of its fields:
/// nothing, or `Saved`.
#[derive(Debug)]
pub(super) struct Call<S> {
    // Nothing is wanted, or the record was written.
    plan: Option<&'static Plan>,
    pub(super) started: u64,
    saved: S,
}

impl<S: Default> Call<S> {
    #[inline]
    pub(super) fn off() -> Self {
        Self {
            plan: None,
            started: 0,
            saved: S::default(),
        }
    }

    #[inline]
    fn sampled(plan: &'static Plan) -> Self {
        if !plan.wants_samples() {
            return Self::off();
        }
        Self {
            plan: Some(plan),
            started: clock::now(),
            saved: S::default(),
        }
    }
}

impl Call<()> {
    /// Not inlined, like all that a call does while it is on: a function is compiled with what it takes to be off.
    #[inline(never)]
    fn begin(plan: &'static Plan, text: &'static &'static str) -> Self {
        if !plan.is_wanted(text) {
            return if plan.sampled {
                Self::sampled(plan)
            } else {
                Self::off()
            };
        }
        Self {
            plan: Some(plan),
            started: clock::now(),
            saved: (),
        }
    }
}

impl Call<Saved> {
    #[inline(never)]
    fn with_fields<V: Encode>(plan: &'static Plan, values: &V) -> Self {
        Self::keeping(plan, Saved::on_this_stack(values))
    }

    #[inline(never)]
    fn with_own_fields<V: Encode>(plan: &'static Plan, values: &V) -> Self {
        Self::keeping(plan, Saved::anywhere(values))
    }

    #[inline]
    fn keeping(plan: &'static Plan, saved: Saved) -> Self {
        Self {
            plan: Some(plan),
            started: clock::now(),
            saved,
        }
    }
}

impl<S: Encode> Call<S> {
    /// Whether a record is still to be written.
    #[inline]
    pub(super) fn is_on(&self) -> bool {
        self.plan.is_some()
    }

    #[must_use]
    fn announced(self) -> Self {
        if let Some(plan) = self.plan
            && plan.site.wants_known(plan.level)
        {
            write(
                plan,
                plan.level,
                Event::Started,
                Some(self.started),
                Ending::none(),
                &self.saved,
            );
        }
        self
    }

    /// Writes the record of a call that gave a value, once, and keeps its fields no longer.
    #[inline(never)]
    pub(super) fn finish<R>(&mut self, value: &R, classify: Classifier<R>)
    where
        S: Default,
    {
        let now = clock::now();
        if let Some(plan) = self.plan.take() {
            let saved = Emptied(&mut self.saved);
            end(plan, self.started, now, classify(value), None, &*saved.0);
        }
    }

    /// Writes the record of a call that gave no value, once.
    #[cold]
    #[inline(never)]
    pub(super) fn leave(&mut self, outcome: Outcome<'_>) {
        if let Some(plan) = self.plan.take() {
            let now = match outcome {
                Outcome::Panic => hook::now_without(self.started),
                _ => clock::now(),
            };
            end(plan, self.started, now, outcome, None, &self.saved);
        }
    }

    /// Writes the record of a future, once.
    pub(super) fn end_polled(&mut self, now: u64, outcome: Outcome<'_>, polled: Polled) {
        if let Some(plan) = self.plan.take() {
            end(plan, self.started, now, outcome, Some(polled), &self.saved);
        }
    }
}

/// Saved fields that are given back at the end, also if it unwinds.
struct Emptied<'a, S: Default>(&'a mut S);

impl<S: Default> Drop for Emptied<'_, S> {
    #[inline]
    fn drop(&mut self) {
        *self.0 = S::default();
    }
}
