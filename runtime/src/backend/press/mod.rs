//! From frames to sinks: which site, who wants it, the record, each sink's format; `batch` is what sinks are given
//! together.

mod batch;
mod calls;
mod reports;

use std::sync::Arc;
use std::time::Instant;

use super::lane::Lane;
use super::losses::Losses;
use super::outcry;
use super::report::Author;
use super::shared::Shared;
use super::tally::Passed;
use crate::assemble::{Desk, Source, assemble};
use crate::clock::{self, Calibration};
use crate::filter::Filter;
use crate::flight::MAX_LOGS;
use crate::level::Level;
use crate::metrics::Exporter;
use crate::percentiles::Calls;
use crate::registry;
use crate::sink::{Origin, Parts};
use crate::site::Site;
use crate::wire::Header;

/// A site as the background thread knows it.
#[derive(Debug)]
struct Known {
    site: &'static Site,
    /// The lowest level that the directives let through.
    threshold: u8,
    /// The level of its last record: what a report of the site has, too.
    level: Level,
    /// Its calls since they were summed up last, where they are counted.
    calls: Option<Box<Calls>>,
}

/// Turns frames into what sinks are given, and gives it to them.
#[derive(Debug)]
pub(super) struct Press {
    shared: Arc<Shared>,
    author: Author,
    filter: Filter,
    sites: Vec<Known>,
    /// Reused for what the registry answers.
    new_sites: Vec<&'static Site>,
    calibration: Calibration,
    desk: Desk,
    lanes: Vec<Lane>,
    losses: Losses,
    passed: Passed,
    /// Frames taken since the last batch was written out.
    taken: usize,
    /// A site has counted as many calls as it can.
    is_sum_due: bool,
    summed_up: Instant,
    exporter: Exporter,
}

/// Tells the lanes which of the recorder's logs they are, which has the files among them in their order.
fn number_logs(lanes: &mut [Lane]) {
    let mut next = 0;
    for lane in lanes {
        let is_log = lane.log_file().is_some();
        lane.set_log((is_log && next < MAX_LOGS).then_some(next));
        next += usize::from(is_log);
    }
}

impl Press {
    pub(super) fn new(
        shared: Arc<Shared>,
        service: String,
        filter: Filter,
        lanes: Vec<Lane>,
        losses: Losses,
    ) -> Self {
        let calibration = clock::calibration();
        if let Some(recorder) = shared.recorder() {
            recorder.calibrate(&calibration);
        }
        let mut lanes = lanes;
        number_logs(&mut lanes);
        Self {
            shared,
            author: Author {
                service,
                pid: std::process::id(),
            },
            filter,
            sites: Vec::new(),
            new_sites: Vec::new(),
            calibration,
            desk: Desk::default(),
            lanes,
            losses,
            passed: Passed::default(),
            taken: 0,
            is_sum_due: false,
            summed_up: Instant::now(),
            exporter: Exporter::default(),
        }
    }

    /// In the child of a fork: what is under way is the parent's. Gives every sink to `renew`, which opens it
    /// anew and says where is recorded.
    pub(super) fn renew(&mut self, renew: impl FnOnce(&mut dyn Iterator<Item = &mut Parts>)) {
        self.author.pid = std::process::id();
        self.passed = Passed::default();
        self.taken = 0;
        self.forget_calls();
        outcry::forget();
        self.losses = Losses::new(&mut self.lanes.iter().map(Lane::name));
        for lane in &mut self.lanes {
            lane.renew(&self.losses);
        }
        renew(&mut self.lanes.iter_mut().map(Lane::parts));
        number_logs(&mut self.lanes);
        self.calibration = clock::recalibrate();
        if let Some(recorder) = self.shared.recorder() {
            recorder.calibrate(&self.calibration);
        }
    }

    /// Takes one frame: formats it for every sink that wants it.
    #[inline]
    pub(super) fn take(&mut self, payload: &[u8], thread: &str, origin: Origin) {
        // Counted behind it: a frame that makes us panic is counted by `skip`, and only there.
        let read = self.format(payload, thread, origin);
        self.taken += 1;
        self.passed.frames += 1;
        if read.is_none() {
            self.passed.damaged += 1;
        }
    }

    /// A frame whose taking panicked.
    #[cold]
    pub(super) fn skip(&mut self) {
        self.taken += 1;
        self.lose(1);
    }

    /// So many frames could not be read at all.
    pub(super) fn lose(&mut self, frames: u64) {
        self.passed.frames += frames;
        self.passed.damaged += frames;
    }

    fn format(&mut self, payload: &[u8], thread: &str, origin: Origin) -> Option<()> {
        let (header, _, values) = Header::decode(payload)?;
        let level = Level::from_number(header.level())?;
        let index = usize::try_from(header.site).ok()?.checked_sub(1)?;
        if index >= self.sites.len() {
            self.learn_sites();
        }
        let known = self.sites.get_mut(index)?;
        known.level = level;
        if known.calls.is_some()
            && let Some((ticks, ended)) = calls::ended(header, values)
        {
            self.count_call(index, ticks, ended);
        }
        let known = self.sites.get_mut(index)?;
        let meta = known.site.meta();
        let wanted = level.number() >= known.threshold;
        if !wanted || !self.lanes.iter().any(|lane| lane.wants(level)) {
            self.passed.unwanted += 1;
            return Some(());
        }
        let source = Source {
            service: &self.author.service,
            pid: self.author.pid,
            thread,
        };
        let mut entries = Vec::new();
        let record = assemble(
            payload,
            meta,
            source,
            &self.calibration,
            &mut |number| keys_of(&self.sites, number),
            &mut self.desk,
            &mut entries,
        )?;
        let voice = self.author.at(record.timestamp);
        for lane in &mut self.lanes {
            if lane.wants(level) {
                lane.push(&record, origin, voice, &self.losses);
            }
        }
        Some(())
    }

    #[cold]
    fn learn_sites(&mut self) {
        registry::sites_from(self.sites.len(), &mut self.new_sites);
        for site in self.new_sites.drain(..) {
            self.sites.push(Known {
                site,
                threshold: self.filter.threshold(site.meta().target),
                level: Level::Info,
                calls: calls::of(site),
            });
        }
    }

    /// From now on these directives count.
    pub(super) fn set_filter(&mut self, filter: Filter) {
        for known in &mut self.sites {
            known.threshold = filter.threshold(known.site.meta().target);
        }
        self.filter = filter;
    }

    /// Tells the recorder from which level on records are wanted now. Newer directives may have let lower ones
    /// in already: then it hears of it with those.
    pub(super) fn record_thresholds(&self) {
        if let Some(recorder) = self.shared.recorder() {
            self.shared.unless_changed(|| {
                for known in &self.sites {
                    recorder.set_threshold(known.site.id(), known.threshold);
                }
            });
        }
    }

    /// Reads the clocks again, so that timestamps follow the wall clock.
    pub(super) fn calibrate(&mut self, oldest: std::time::Duration) {
        if self.calibration.age() > oldest {
            self.calibration = clock::recalibrate();
            if let Some(recorder) = self.shared.recorder() {
                recorder.calibrate(&self.calibration);
            }
        }
    }

    /// Whether any site can hold records back.
    pub(super) fn has_gates(&self) -> bool {
        self.sites
            .iter()
            .any(|known| known.site.meta().gate.is_some())
    }
}

/// The keys of the site with a number. It may have been registered after the last one that we have met.
fn keys_of(sites: &[Known], number: u32) -> Option<&'static [&'static str]> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    match sites.get(index) {
        Some(known) => Some(known.site.meta().keys),
        None => registry::keys_of(number),
    }
}

#[cfg(test)]
mod tests;
