//! A call site: what is known when the program is compiled, and one byte that decides.
//!
//! The byte holds the lowest level that any sink or capture wants from this site. Zero means that
//! nobody was asked yet, and because every level is above zero the first call passes the same single
//! comparison, and only then asks. Hot: anyone may use it.

use core::fmt;
use core::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use crate::gate::Gate;
use crate::level::Level;
use crate::registry;
use crate::template::Piece;

/// What the macro knows about a site. Plain constant data.
#[derive(Debug)]
pub struct Meta {
    /// The names this site's records may carry; the wire says which by index.
    pub events: &'static [&'static str],
    /// The keys of the wire values, in their order.
    pub keys: &'static [&'static str],
    /// Fields that are the same in every record, written before the others.
    pub constants: &'static [(&'static str, &'static str)],
    /// The message with its holes, if there is one.
    pub template: &'static [Piece],
    /// What directives compare with; the module unless the call says otherwise.
    pub target: &'static str,
    /// `module_path!()`.
    pub module: &'static str,
    /// `file!()`.
    pub file: &'static str,
    /// `line!()`.
    pub line: u32,
    /// What holds records back here, if anything does.
    pub gate: Option<&'static Gate>,
}

#[cfg(test)]
impl Meta {
    /// One event and nothing else.
    pub(crate) const STEP: Self = Self {
        events: &["step"],
        keys: &[],
        constants: &[],
        template: &[],
        target: "t",
        module: "m",
        file: "f",
        line: 1,
        gate: None,
    };
}

/// A call site. One static per place in the source.
pub struct Site {
    // ORDERING: Relaxed everywhere: the byte is a hint that sinks check again behind the ring.
    wanted: AtomicU8,
    // ORDERING: Relaxed: the number is written once, under the registry's lock, before it is used.
    id: AtomicU32,
    meta: &'static Meta,
}

/// The decision byte of a site that nobody was asked about.
pub(crate) const ASK: u8 = 0;

impl Site {
    /// A site that was never reached.
    pub const fn new(meta: &'static Meta) -> Self {
        Self {
            wanted: AtomicU8::new(ASK),
            id: AtomicU32::new(0),
            meta,
        }
    }

    /// Whether a record of this level is wanted. For a call that is switched off this is one load and
    /// one branch; the first call, and the first after a change of what is wanted, is decided here,
    /// before anything of the call is evaluated.
    #[inline(always)]
    pub fn wants(&'static self, level: Level) -> bool {
        let threshold = self.wanted.load(Ordering::Relaxed);
        level.number() >= threshold && (threshold != ASK || registry::decide(self, level))
    }

    /// What the macro knows.
    #[inline]
    pub fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// Caches a threshold; [`ASK`] forgets it.
    pub(crate) fn decide(&self, threshold: u8) {
        self.wanted.store(threshold, Ordering::Relaxed);
    }

    /// The number that stands for this site on the wire; zero before registration.
    #[inline]
    pub(crate) fn id(&self) -> u32 {
        self.id.load(Ordering::Relaxed)
    }

    /// The number of a site that only has keys, for values inside of a record. It is registered like one
    /// that logs, and where that cannot be done now, as inside of another registration, the number is
    /// zero and the values are read without their keys.
    #[inline(always)]
    pub(crate) fn number(&'static self) -> u32 {
        if self.wanted.load(Ordering::Relaxed) == ASK {
            registry::enroll(self);
        }
        self.id()
    }

    pub(crate) fn set_id(&self, id: u32) {
        self.id.store(id, Ordering::Relaxed);
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("wanted", &self.wanted)
            .field("id", &self.id())
            .field("meta", self.meta)
            .finish()
    }
}
