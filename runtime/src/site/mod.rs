//! A call site: one byte that decides, a number, and what is known when the program is compiled.
//!
//! The byte holds the lowest level that any sink or capture wants from this site. Zero means that
//! nobody was asked yet, and because every level is above zero the first call passes the same single
//! comparison, and only then asks. What the macro knows of the call stands in an [`Entry`], which only
//! the first call touches. Hot: anyone may use it.
//!
//! `entry` is that constant, as it stands in a binary; `outline` reads its text; `meta` is what becomes
//! of it in the process that runs.

mod entry;
mod meta;
mod outline;

use core::fmt;
use core::marker::PhantomData;

use once_cell::race::OnceRef;

use crate::gate::Gate;
use crate::level::Level;
use crate::registry;
use crate::samples::Samples;
use crate::sync::{Ordering, StaticU8, StaticU32};
use crate::wire::Kinds;

pub use entry::{Entry, MAGIC, MachineText, StepEntry};
pub use meta::Meta;
#[cfg(test)]
pub(crate) use meta::STEP;
pub use outline::{Captured, Outline, OutlinePiece, SiteKind};

/// A call site. One static per place in the source.
pub struct Site {
    // ORDERING: Release and Acquire: who sees that it was decided sees the site's number, too.
    wanted: StaticU8,
    // ORDERING: Relaxed: the number is written once, under the registry's lock, and published by `wanted`.
    id: StaticU32,
    meta: OnceRef<'static, Meta>,
    options: Option<&'static SiteOptions>,
}

/// What few sites have beside their text.
#[derive(Clone, Copy, Debug, Default)]
pub struct SiteOptions {
    /// What holds records back here.
    pub gate: Option<&'static Gate>,
    /// What directives compare with, where an expression says it.
    pub target: Option<&'static str>,
    /// Where its calls are counted for percentiles.
    pub samples: Option<&'static Samples>,
    /// Everything, where there is no text.
    pub meta: Option<&'static Meta>,
}

impl SiteOptions {
    /// None.
    pub const NONE: Self = Self {
        gate: None,
        target: None,
        samples: None,
        meta: None,
    };
}

/// Says that a record of these kinds is wanted.
pub struct Pass<K>(PhantomData<fn() -> K>);

impl<K> Clone for Pass<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Pass<K> {}

impl<K> fmt::Debug for Pass<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pass")
    }
}

/// The decision byte of a site that nobody was asked about.
pub(crate) const ASK: u8 = 0;

impl Site {
    /// A site that was never reached.
    pub const fn new() -> Self {
        Self {
            wanted: StaticU8::new(ASK),
            id: StaticU32::new(0),
            meta: OnceRef::new(),
            options: None,
        }
    }

    /// The same, with what its text cannot hold.
    pub const fn with(options: &'static SiteOptions) -> Self {
        let mut site = Self::new();
        site.options = Some(options);
        site
    }

    /// Whether a record of this level is in this build, and wanted. For a call that is switched off this is one
    /// load and one branch; the first call, and the first after a change of what is wanted, is decided here,
    /// before anything of the call is evaluated.
    #[inline(always)]
    pub fn wants<K: Kinds, const N: usize, const G: usize>(
        &'static self,
        level: Level,
        entry: &'static Entry<K, N, G>,
    ) -> Option<Pass<K>> {
        self.wants_text(level, entry.text())
            .then_some(Pass(PhantomData))
    }

    /// The same for a step of a machine.
    #[inline(always)]
    pub fn wants_step<S: MachineText, K: Kinds, const N: usize, const G: usize>(
        &'static self,
        level: Level,
        entry: &'static StepEntry<S, K, N, G>,
    ) -> Option<Pass<(S, K)>> {
        self.wants_text(level, entry.text())
            .then_some(Pass(PhantomData))
    }

    /// The same where nobody needs a pass.
    #[inline(always)]
    pub(crate) fn wants_text(&'static self, level: Level, text: &'static &'static str) -> bool {
        self.is_wanted(level, || registry::decide(self, text))
    }

    /// Whether a record of this level may be wanted: for a site that nobody was asked about the answer is yes,
    /// and the call that follows asks.
    #[inline(always)]
    pub(crate) fn may_want(&'static self, level: Level) -> bool {
        // ORDERING: Relaxed: who goes on looks again, in `passes` or `is_wanted`, before anything of the site is read.
        level.is_compiled() && level.number() >= self.wanted.load(Ordering::Relaxed)
    }

    /// Whether a record of this level is wanted by what was decided; no while nobody was asked.
    #[inline(always)]
    pub(crate) fn passes(&'static self, level: u8) -> bool {
        // One comparison for both questions: what is zero becomes the highest.
        self.wanted.load(Ordering::Acquire).wrapping_sub(1) < level
    }

    /// Whether nobody was asked, or everybody is to be asked again.
    #[inline(always)]
    pub(crate) fn is_undecided(&'static self) -> bool {
        self.wanted.load(Ordering::Acquire) == ASK
    }

    /// Whether a record of this level is wanted from a site that is known already.
    #[inline(always)]
    pub(crate) fn wants_known(&'static self, level: Level) -> bool {
        self.is_wanted(level, || registry::decide_known(self))
    }

    /// Whether a record of this level is wanted; `decide` asks, where nobody was asked.
    #[inline(always)]
    pub(crate) fn is_wanted(&'static self, level: Level, decide: impl FnOnce() -> u8) -> bool {
        level.is_compiled() && {
            let threshold = self.wanted.load(Ordering::Acquire);
            level.number() >= threshold && (threshold != ASK || level.number() >= decide())
        }
    }

    /// What the macro knows.
    #[inline]
    pub fn meta(&self) -> &'static Meta {
        match self.meta.get() {
            Some(meta) => meta,
            None => self
                .options
                .and_then(|it| it.meta)
                .unwrap_or(&Meta::UNKNOWN),
        }
    }

    /// Reads the text of the site, once.
    pub(crate) fn learn(&self, text: &'static str) {
        let options = self.options.copied().unwrap_or(SiteOptions::NONE);
        self.meta.get_or_init(|| Meta::read(text, options));
    }

    /// Caches a threshold; [`ASK`] forgets it.
    pub(crate) fn decide(&'static self, threshold: u8) {
        self.wanted.store(threshold, Ordering::Release);
    }

    /// The number that stands for this site on the wire; zero before registration.
    #[inline]
    pub(crate) fn id(&'static self) -> u32 {
        self.id.load(Ordering::Relaxed)
    }

    /// The number of a site that only has keys, for values inside of a record. It is registered like one
    /// that logs, and where that cannot be done now, as inside of another registration, the number is
    /// zero and the values are read without their keys.
    #[inline(always)]
    pub(crate) fn number<K: Kinds, const N: usize, const G: usize>(
        &'static self,
        entry: &'static Entry<K, N, G>,
    ) -> u32 {
        if self.is_undecided() {
            registry::enroll(self, entry.text());
        }
        self.id()
    }

    pub(crate) fn set_id(&'static self, id: u32) {
        self.id.store(id, Ordering::Relaxed);
    }
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("wanted", &self.wanted)
            .field("id", &self.id)
            .field("meta", self.meta())
            .finish_non_exhaustive()
    }
}
