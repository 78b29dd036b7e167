//! Calls that count for percentiles: fed from samples and from the records of calls, summed up at intervals.

use std::time::Instant;

use super::Press;
use crate::backend::report;
use crate::calls::{Ended, Event};
use crate::clock;
use crate::percentiles::Calls;
use crate::samples::{SUMMARY, Sample};
use crate::sink::Origin;
use crate::site::Site;
use crate::wire::{Header, peek_timed};

/// Where the calls of a site are counted, if they are. In a build without summaries only those are known that are
/// recorded, and what they come to would be wrong.
pub(super) fn of(site: &'static Site) -> Option<Box<Calls>> {
    let samples = site.meta().samples.filter(|_| SUMMARY.is_compiled())?;
    Some(Box::new(Calls::new(samples)))
}

/// How long the call of a record took, and how it ended.
#[inline]
pub(super) fn ended(header: Header, values: &[u8]) -> Option<(u64, Ended)> {
    if header.event() == Event::Started as u8 {
        return None;
    }
    let (ticks, outcome) = peek_timed(values)?;
    Some((ticks, Ended::from_name(outcome)?))
}

impl Press {
    /// Takes a frame that is no record: how long a call took.
    pub(in crate::backend) fn take_sample(&mut self, payload: &[u8]) {
        self.taken += 1;
        let Some(sample) = Sample::decode(payload) else {
            return;
        };
        let Some(index) = sample.site.checked_sub(1) else {
            return;
        };
        let Ok(index) = usize::try_from(index) else {
            return;
        };
        if index >= self.sites.len() {
            self.learn_sites();
        }
        self.count_call(index, sample.ticks, sample.ended);
    }

    /// One call more of the site at this index, if its calls are counted.
    #[inline]
    pub(super) fn count_call(&mut self, index: usize, ticks: u64, ended: Ended) {
        let Some(known) = self.sites.get_mut(index) else {
            return;
        };
        if let Some(calls) = &mut known.calls {
            let nanos = self.calibration.nanos(ticks);
            self.is_sum_due |= !calls.record(ended, nanos);
            self.exporter
                .add(known.site.id(), known.site.meta(), ended, nanos);
        }
    }

    /// Hands what was counted to the recorder of metrics, if there is one.
    pub(in crate::backend) fn export(&mut self) {
        self.exporter.export();
    }

    /// Whether a site has counted as many calls as it can.
    pub(in crate::backend) fn is_sum_due(&self) -> bool {
        self.is_sum_due
    }

    /// Writes what the calls of each site come to since this was done last.
    pub(in crate::backend) fn sum_up(&mut self) {
        self.is_sum_due = false;
        let now = Instant::now();
        let interval = now.duration_since(self.summed_up).as_millis();
        self.summed_up = now;
        let interval_ms = u64::try_from(interval).unwrap_or(u64::MAX);
        let voice = self.author.at(self.calibration.timestamp(clock::now()));
        let mut is_told = false;
        for known in &mut self.sites {
            let calls = known.calls.as_mut();
            let Some(summary) = calls.and_then(|calls| calls.sum_up(interval_ms)) else {
                continue;
            };
            let meta = known.site.meta();
            self.exporter.add_missed(meta, summary.missed);
            // What nobody wants now is forgotten: the next one speaks of its own interval.
            if SUMMARY.number() < known.threshold {
                continue;
            }
            is_told = true;
            report::timing_summary(voice, meta, summary.fields, |record| {
                for lane in &mut self.lanes {
                    if lane.wants(SUMMARY) {
                        lane.push(record, Origin::REPORT, voice, &self.losses);
                    }
                }
            });
        }
        // Also when every sink has lost it: its loss is to be told.
        if is_told {
            self.write_out();
        }
    }

    /// In the child of a fork: the calls were the parent's.
    pub(super) fn forget_calls(&mut self) {
        let all = self.sites.iter_mut();
        all.filter_map(|known| known.calls.as_mut())
            .for_each(|calls| calls.forget());
        self.is_sum_due = false;
        self.summed_up = Instant::now();
        self.exporter.forget();
    }
}
