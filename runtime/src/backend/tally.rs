//! The accounting behind one lock: taken once per batch by the background thread, and by whoever asks.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::counters::{Counters, SinkCounters, occurred};
use super::lane::{Lane, LaneCounts};
use super::reason::{ByReason, Reason};
use crate::gate::Gate;
use crate::registry::{self, Drops, ThreadRing};
use crate::ring::Watch;

/// What is known of a ring without reading it.
#[derive(Debug)]
struct Watched {
    watch: Watch,
    drops: Arc<Drops>,
}

/// Counts of the process and of each sink.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Every ring that may still get records.
    rings: Vec<Watched>,
    /// Rings that the background thread has not seen yet.
    arrived: Vec<ThreadRing>,
    /// The final counts of rings that are gone.
    retired: u64,
    retired_drops: ByReason,
    pub(super) passed: Passed,
    lanes: Vec<(String, LaneCounts)>,
}

/// Frames that have left the rings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passed {
    /// All of them.
    pub(super) frames: u64,
    /// Those that nobody wanted: a test's capture had opened their site, or the directives changed.
    pub(super) unwanted: u64,
    /// Those that were no record.
    pub(super) damaged: u64,
}

impl Tally {
    pub(super) fn new(lanes: &[Lane]) -> Self {
        Self {
            lanes: lanes
                .iter()
                .map(|lane| (lane.name().to_owned(), LaneCounts::default()))
                .collect(),
            ..Self::default()
        }
    }

    /// In the child of a fork: nothing happened yet.
    pub(super) fn forget(&mut self) {
        let names = self.lanes.drain(..).map(|(name, _)| name);
        *self = Self {
            lanes: names.map(|name| (name, LaneCounts::default())).collect(),
            ..Self::default()
        };
    }

    /// Moves new rings to `into`, or keeps them for the background thread when there is none.
    pub(super) fn pick_up(&mut self, into: Option<&mut Vec<ThreadRing>>) {
        let known = self.arrived.len();
        registry::take_new_rings(&mut self.arrived);
        for ring in &self.arrived[known..] {
            self.rings.push(Watched {
                watch: ring.consumer.watch(),
                drops: Arc::clone(&ring.drops),
            });
        }
        if let Some(into) = into {
            into.append(&mut self.arrived);
        }
    }

    /// A ring is closed and drained: keeps its final counts.
    pub(super) fn retire(&mut self, drops: &Arc<Drops>) {
        let is_it = |ring: &Watched| Arc::ptr_eq(&ring.drops, drops);
        if let Some(index) = self.rings.iter().position(is_it) {
            let ring = self.rings.swap_remove(index);
            self.retired += ring.watch.committed();
            add_drops(&mut self.retired_drops, &ring.drops);
        }
    }

    /// Takes over what the background thread has counted.
    pub(super) fn update(&mut self, passed: Passed, lanes: &[Lane]) {
        self.passed = passed;
        for ((_, counts), lane) in self.lanes.iter_mut().zip(lanes) {
            *counts = lane.counts();
        }
    }

    /// Records lost before any sink saw them.
    pub(super) fn dropped(&self) -> ByReason {
        let mut dropped = self.retired_drops;
        for ring in &self.rings {
            add_drops(&mut dropped, &ring.drops);
        }
        dropped[Reason::Damaged.index()] += self.passed.damaged;
        dropped[Reason::RingFull.index()] += registry::without_ring();
        dropped[Reason::Reentrant.index()] += registry::reentrant();
        dropped[Reason::Forked.index()] += registry::orphaned();
        dropped
    }

    pub(super) fn counters(&mut self) -> Counters {
        self.pick_up(None);
        let dropped = self.dropped();
        let passed = self.passed;
        // A frame counts as passed only after it was committed, so this cannot go below zero.
        let committed: u64 = self.retired
            + self
                .rings
                .iter()
                .map(|it| it.watch.committed())
                .sum::<u64>();
        let pending = committed - passed.frames;
        let written = passed.frames - passed.unwanted - passed.damaged;
        Counters {
            accepted: pending + written + dropped.iter().sum::<u64>(),
            pending,
            written,
            dropped: occurred(&dropped),
            suppressed: suppressed(),
            sinks: self
                .lanes
                .iter()
                .map(|(name, counts)| sink_counters(name, counts))
                .collect(),
        }
    }
}

/// Calls that options have held back, at all sites.
fn suppressed() -> u64 {
    let mut sites = Vec::new();
    registry::sites_from(0, &mut sites);
    let gates = sites.iter().filter_map(|site| site.meta().gate);
    gates.map(Gate::held).sum()
}

fn add_drops(to: &mut ByReason, drops: &Drops) {
    // ORDERING: Relaxed: a counter that orders nothing.
    to[Reason::RingFull.index()] += drops.ring_full.load(Ordering::Relaxed);
}

fn sink_counters(name: &str, counts: &LaneCounts) -> SinkCounters {
    SinkCounters {
        name: name.to_owned(),
        accepted: counts.accepted,
        pending: counts.pending,
        written: counts.written,
        dropped: occurred(&counts.dropped),
    }
}
