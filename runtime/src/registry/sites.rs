//! Which call sites there are, and from which level on each is wanted.

use std::sync::Arc;

use super::{Registry, Storage, Thresholds, beside, is_orphan, lock, unless_inside};
use crate::level::{CEILING_TEXT, Level, OFF};
use crate::site::{ASK, Entry, Site};
use crate::wake;

/// Whether the calls of any site are counted: then the background thread sleeps no longer than until they are to
/// be summed up, because what is counted wakes nobody. Asked once more when a sleep was announced: the lock puts
/// that look and the wake of who changes the answer into an order.
pub(crate) fn has_samples() -> bool {
    lock().has_samples
}

/// Before set-up a library's warnings still reach stderr.
const WITHOUT_SETUP: u8 = Level::Warning.number();

/// Says in the binary which levels are in the build.
static CEILING: Entry<(), 0> = Entry::new(CEILING_TEXT);

/// Registers a site at its first call, or asks again after a change; gives the lowest level that passes, and one
/// that none reaches where nobody can be asked now.
#[cold]
#[inline(never)]
pub(crate) fn decide(site: &'static Site, text: &'static &'static str) -> u8 {
    // Of what the compiler cannot follow it leaves out nothing: the entry around the text stays in the binary
    // as it is, however few calls there are.
    let text = *core::hint::black_box(text);
    core::hint::black_box(&CEILING);
    let learned = beside(|| site.learn(text));
    learned.map_or(OFF, |()| decide_known(site))
}

/// The same for a site whose text was read, or that has none.
#[cold]
#[inline(never)]
pub(crate) fn decide_known(site: &'static Site) -> u8 {
    let decided = beside(|| {
        if is_orphan() {
            return WITHOUT_SETUP;
        }
        let mut registry = lock();
        let lasting = registry.threshold(site);
        registry.number(site, lasting);
        let threshold = if registry.captures > 0 {
            Level::Trace.number()
        } else {
            lasting
        };
        site.decide(threshold.max(1));
        let is_first = site.meta().samples.is_some() && !registry.has_samples;
        registry.has_samples |= is_first;
        drop(registry);
        if is_first {
            wake::wake();
        }
        threshold
    });
    decided.unwrap_or(OFF)
}

/// Gives a number to a site that only has keys, so that it is described before the first record that needs it.
#[cold]
#[inline(never)]
pub(crate) fn enroll(site: &'static Site, text: &'static &'static str) {
    // As in `decide`.
    let text = *core::hint::black_box(text);
    unless_inside(|| {
        site.learn(text);
        if !is_orphan() {
            let mut registry = lock();
            let threshold = registry.threshold(site);
            registry.number(site, threshold);
            site.decide(Level::Trace.number());
        }
    });
}

/// The keys of the site with a number, for who reads records.
pub(crate) fn keys_of(number: u32) -> Option<&'static [&'static str]> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    lock().sites.get(index).map(|site| site.meta().keys)
}

/// The same on a caller's thread; none from inside of another call, which may hold the lock.
pub(crate) fn keys_unless_inside(number: u32) -> Option<&'static [&'static str]> {
    unless_inside(|| keys_of(number)).flatten()
}

impl Registry {
    /// What the sinks want of a site.
    pub(super) fn threshold(&self, site: &'static Site) -> u8 {
        let thresholds = self.thresholds.as_ref();
        thresholds.map_or(WITHOUT_SETUP, |ask| ask(site.meta()))
    }

    /// What is recorded is lowered under the lock, before a site is asked again: what passes then is known to be
    /// wanted, and no site is described by the thresholds of before in between.
    pub(super) fn set_thresholds(&mut self, thresholds: Thresholds) {
        self.thresholds = Some(thresholds);
        if let Some(storage) = &self.storage {
            for site in &self.sites {
                storage.lower(site, self.threshold(site));
            }
        }
        self.forget_decisions();
    }

    /// Every site asks again at its next call.
    pub(super) fn forget_decisions(&self) {
        for site in &self.sites {
            site.decide(ASK);
        }
    }

    /// Where records and descriptions go from now on; it is told of the sites that there are.
    pub(super) fn set_storage(&mut self, storage: Option<Arc<dyn Storage>>) {
        if let Some(storage) = &storage {
            for site in &self.sites {
                storage.describe(site, self.threshold(site));
            }
        }
        self.storage = storage;
    }

    pub(super) fn number(&mut self, site: &'static Site, threshold: u8) {
        if site.id() == 0 {
            self.sites.push(site);
            site.set_id(u32::try_from(self.sites.len()).unwrap_or(u32::MAX));
            if let Some(storage) = &self.storage {
                storage.describe(site, threshold);
            }
        }
    }
}

/// Adds the sites with numbers above `known` to `into`; a site's number is its index plus one.
pub(crate) fn sites_from(known: usize, into: &mut Vec<&'static Site>) {
    into.extend(lock().sites.iter().skip(known));
}

/// Replaces what decides about sites; every site asks again at its next call.
pub(crate) fn set_thresholds(thresholds: Thresholds) {
    lock().set_thresholds(thresholds);
}

/// While a capture is active every site passes; what nobody wants is filtered behind.
pub(crate) fn captures_begin() {
    let mut registry = lock();
    registry.captures += 1;
    if registry.captures == 1 {
        registry.forget_decisions();
    }
}

/// The counterpart of [`captures_begin`].
pub(crate) fn captures_end() {
    let mut registry = lock();
    registry.captures = registry.captures.saturating_sub(1);
    if registry.captures == 0 {
        registry.forget_decisions();
    }
}
