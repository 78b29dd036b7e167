//! What one annotation asked for. Constant data beside the site.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::clock;
use crate::level::Level;
use crate::registry;
use crate::samples::{MAY_BE_EXPORTED, SUMMARY};
use crate::site::{Entry, Pass, Site, SiteOptions};
use crate::wire::Kinds;

/// Which outcomes are recorded, one bit each.
pub(super) mod only {
    pub(crate) const OK: u8 = 1;
    pub(crate) const ERR: u8 = 2;
    pub(crate) const PANIC: u8 = 4;
    pub(crate) const CANCELLED: u8 = 8;
    pub(crate) const SLOW: u8 = 16;
    pub(crate) const ALL: u8 = OK | ERR | PANIC | CANCELLED | SLOW;
}

/// The options of one annotation, and its site.
///
/// The site's events are those of `Event`, and its keys begin with
/// `KEYS`.
#[derive(Debug)]
pub struct Plan {
    pub(super) site: Site,
    highest: Level,
    pub(super) level: Level,
    pub(super) err_level: Level,
    pub(super) panic_level: Level,
    pub(super) cancel_level: Level,
    pub(super) slow_level: Level,
    pub(super) only: u8,
    /// The call counts for its site's percentiles.
    pub(super) sampled: bool,
    slow_ns: u64,
    // ORDERING: Relaxed: computed from constants, the same answer whoever comes first; zero is none yet.
    slow_ticks: AtomicU64,
}

impl Default for Plan {
    fn default() -> Self {
        Self::new()
    }
}

// What changes in a plan and its site is a cache: a panic leaves nothing half done there, and a future that
// refers to them may be carried through `catch_unwind` as the bare one may.
impl core::panic::RefUnwindSafe for Plan {}

impl Plan {
    /// Everything as it is when no option is given.
    pub const fn new() -> Self {
        Self {
            site: Site::new(),
            highest: Level::Error,
            level: Level::Info,
            err_level: Level::Error,
            panic_level: Level::Error,
            cancel_level: Level::Warning,
            slow_level: Level::Warning,
            only: only::ALL,
            sampled: false,
            slow_ns: u64::MAX,
            slow_ticks: AtomicU64::new(0),
        }
    }

    /// The same for a site whose calls count for its percentiles.
    pub const fn counting(given: &'static SiteOptions) -> Self {
        let mut plan = Self::new();
        plan.site = Site::with(given);
        plan.sampled = true;
        plan
    }

    /// Whether somebody wants to know how long a call took of which no record is written.
    #[inline]
    pub(super) fn wants_samples(&'static self) -> bool {
        SUMMARY.is_compiled()
            && (self.site.wants_known(SUMMARY) || MAY_BE_EXPORTED && registry::is_connected())
    }

    /// The highest level of what is recorded.
    #[must_use]
    pub const fn highest(mut self, level: Level) -> Self {
        self.highest = level;
        self
    }

    /// The level of a call that went well.
    #[must_use]
    pub const fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The level of an error.
    #[must_use]
    pub const fn err_level(mut self, level: Level) -> Self {
        self.err_level = level;
        self
    }

    /// The level of a panic.
    #[must_use]
    pub const fn panic_level(mut self, level: Level) -> Self {
        self.panic_level = level;
        self
    }

    /// The level of a future that was dropped before it was ready.
    #[must_use]
    pub const fn cancel_level(mut self, level: Level) -> Self {
        self.cancel_level = level;
        self
    }

    /// From how many nanoseconds on a success is slow.
    #[must_use]
    pub const fn slow(mut self, nanos: u64) -> Self {
        self.slow_ns = nanos;
        self
    }

    /// The level of a slow success, when it is above the usual one.
    #[must_use]
    pub const fn slow_level(mut self, level: Level) -> Self {
        self.slow_level = level;
        self
    }

    /// Which of error, slow success, panic and cancellation are recorded; nothing else is.
    #[must_use]
    #[expect(
        clippy::fn_params_excessive_bools,
        reason = "only generated code calls it, in the order of the names"
    )]
    pub const fn only(mut self, err: bool, slow: bool, panic: bool, cancelled: bool) -> Self {
        self.only = (if err { only::ERR } else { 0 })
            | (if slow { only::SLOW } else { 0 })
            | (if panic { only::PANIC } else { 0 })
            | (if cancelled { only::CANCELLED } else { 0 });
        self
    }

    /// Whether anything of a call may be wanted; `highest` is the plan's own, known to the compiler here.
    #[inline(always)]
    pub fn may_want(&'static self, highest: Level) -> bool {
        self.site.may_want(highest)
    }

    /// Whether anything of a call is wanted.
    #[inline(always)]
    pub fn wants<K: Kinds, const N: usize, const G: usize>(
        &'static self,
        highest: Level,
        entry: &'static Entry<K, N, G>,
    ) -> Option<Pass<K>> {
        self.site.wants(highest, entry)
    }

    /// The same where the level is not at hand.
    #[inline]
    pub(super) fn is_wanted(&'static self, text: &'static &'static str) -> bool {
        self.site.wants_text(self.highest, text)
    }

    /// Whether a success that took so many ticks is slow.
    pub(super) fn is_slow(&self, ticks: u64) -> bool {
        if self.slow_ns == u64::MAX {
            return false;
        }
        let limit = match self.slow_ticks.load(Ordering::Relaxed) {
            0 => self.measure_slow(),
            limit => limit,
        };
        ticks >= limit
    }

    #[cold]
    fn measure_slow(&self) -> u64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a threshold needs no more than 53 bits, and it is positive"
        )]
        let ticks = (self.slow_ns as f64 / 1e6 / clock::calibration().millis_per_tick()) as u64;
        let ticks = ticks.max(1);
        self.slow_ticks.store(ticks, Ordering::Relaxed);
        ticks
    }
}
