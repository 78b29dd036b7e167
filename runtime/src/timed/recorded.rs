//! The records of a call: whether its end gets one and how that is made, or what is counted where none is wanted.

use super::ending::{Ending, Polled};
use super::failure;
use super::outcome::Outcome;
use super::plan::{Plan, only};
use crate::calls::{Ended, Event};
use crate::emit::{emit_at, sample};
use crate::level::Level;
use crate::wire::{Encode, Out, Ticks, sealed};

/// Decides whether and how a call is recorded.
#[inline(never)]
pub(super) fn end<S: Encode>(
    plan: &'static Plan,
    started: u64,
    now: u64,
    outcome: Outcome<'_>,
    polled: Option<Polled>,
    saved: &S,
) {
    let ticks = now.saturating_sub(started);
    let mut slow = false;
    let ended = outcome.ended();
    let (kind, mut level) = match ended {
        Ended::Ok | Ended::Returned => (only::OK, plan.level),
        Ended::Err => (only::ERR, plan.err_level),
        Ended::Panic => (only::PANIC, plan.panic_level),
        Ended::Cancelled => (only::CANCELLED, plan.cancel_level),
        // It may have been either.
        Ended::Left => (only::OK | only::ERR | only::CANCELLED, plan.level),
    };
    let mut wanted = plan.only & kind != 0;
    if matches!(outcome, Outcome::Ok | Outcome::Returned) && plan.is_slow(ticks) {
        slow = true;
        wanted |= plan.only & only::SLOW != 0;
        level = level.max(plan.slow_level);
    }
    if !wanted || !plan.site.wants_known(level) {
        if plan.sampled && plan.wants_samples() && !sample(&plan.site, ended, ticks) {
            miss(plan);
        }
        return;
    }
    // What an error's Display or a panic hook has logged since comes before this record.
    let at = match outcome {
        Outcome::Err(_) | Outcome::Panic => None,
        _ => Some(now),
    };
    let text = match outcome {
        Outcome::Err(failure) => failure::text(failure),
        _ => None,
    };
    let ending = Ending {
        is_plain: matches!(outcome, Outcome::Ok) && !slow && polled.is_none(),
        duration: Some(Ticks(ticks)),
        outcome: Some(ended.name()),
        error: text.as_ref().map(|text| text.rendered()),
        slow,
        polled,
    };
    // What is counted of this call is read from its record.
    if !write(plan, level, ended.event(), at, ending, saved) && plan.sampled {
        miss(plan);
    }
}

/// Neither a record nor a sample of this call has found room.
#[cold]
#[inline(never)]
fn miss(plan: &'static Plan) {
    if let Some(samples) = plan.site.meta().samples {
        samples.miss();
    }
}

/// All timed calls have the same fixed fields, so they share two copies of the encoder: with fields
/// of their own and without.
#[inline(always)]
pub(super) fn write<S: Encode>(
    plan: &'static Plan,
    level: Level,
    event: Event,
    at: Option<u64>,
    ending: Ending<'_>,
    saved: &S,
) -> bool {
    emit_at(
        &plan.site,
        level,
        event as u8,
        at,
        &(ending, (Borrowed(saved), ())),
    )
}

/// Values that stay where they are.
struct Borrowed<'a, S>(&'a S);

impl<S> sealed::Sealed for Borrowed<'_, S> {}
impl<S: Encode> Encode for Borrowed<'_, S> {
    type Kinds = ();

    #[inline]
    fn size(&self, limit: usize) -> usize {
        self.0.size(limit)
    }

    #[inline]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        self.0.encode(limit, out);
    }
}
