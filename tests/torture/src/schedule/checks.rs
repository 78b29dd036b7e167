//! The equations: what the counters say against what was called and what the sinks took.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use storyline::{Counters, Level, SinkCounters};

use super::calls::Calls;
use super::{Observed, Place, Seen};

/// The name of the process's own losses in reports.
const PROCESS: &str = "all";

/// Holds the counters against what happened.
pub(crate) struct Bench {
    calls: Arc<Calls>,
    sinks: Vec<Observed>,
    /// The counters as they were.
    before: Counters,
    looks: u64,
    faults: Vec<String>,
}

impl Bench {
    pub(crate) fn new(calls: Arc<Calls>, sinks: Vec<Observed>) -> Self {
        Self {
            calls,
            sinks,
            before: Counters::default(),
            looks: 0,
            faults: Vec::new(),
        }
    }

    pub(crate) fn sinks(&self) -> &[Observed] {
        &self.sinks
    }

    pub(crate) fn fault(&mut self, what: String) {
        if self.faults.len() < 12 {
            self.faults.push(what);
        }
    }

    fn expect(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.fault(what());
        }
    }

    /// What must hold at any moment.
    pub(crate) fn check_now(&mut self) -> Counters {
        let returned = self.calls.returned();
        let counters = storyline::counters();
        let started = self.calls.started();
        self.looks += 1;
        let lost = counters.dropped_total();
        let sum = counters.pending + counters.written + lost;
        self.expect(counters.accepted == sum, || {
            format!("the process's counts do not add up: {counters}")
        });
        self.expect(counters.accepted <= started, || {
            format!("{started} calls, and {counters}")
        });
        let exact = self.calls.is_exact();
        self.expect(!exact || counters.accepted >= returned, || {
            format!("{returned} calls returned, and {counters}")
        });
        let before = std::mem::replace(&mut self.before, counters.clone());
        // A call that new directives overtake counts until the background thread has seen it.
        let grows = (!exact || before.accepted <= counters.accepted)
            && before.written <= counters.written
            && before.dropped_total() <= lost;
        self.expect(grows, || format!("a count went back: {before}\n{counters}"));
        let rows: Vec<_> = counters
            .sinks
            .iter()
            .zip(before.sinks.iter().map(Some).chain(std::iter::repeat(None)))
            .collect();
        for (sink, before) in rows {
            let sum = sink.pending + sink.written + sink.dropped_total();
            self.expect(sink.accepted == sum, || {
                format!("a sink's counts do not add up: {sink}")
            });
            let grows =
                before.is_none_or(|it| it.accepted <= sink.accepted && it.written <= sink.written);
            self.expect(grows, || {
                format!("a sink's count went back: {before:?} {sink}")
            });
        }
        counters
    }

    /// A flush succeeded; before it so many calls had returned.
    pub(crate) fn check_flushed(&mut self, returned: u64) {
        let counters = self.check_now();
        let done = counters.written + counters.dropped_total();
        let exact = self.calls.is_exact();
        self.expect(!exact || done >= returned, || {
            format!("{returned} calls were flushed, and {counters}")
        });
    }

    /// All faults are over, everything was written and told.
    pub(crate) fn close(mut self) -> Result<String, String> {
        let counters = self.check_now();
        self.calls
            .take_faults()
            .into_iter()
            .for_each(|what| self.fault(what));
        self.expect(counters.pending == 0, || {
            format!("something is pending: {counters}")
        });
        if self.calls.is_exact() {
            let (returned, held) = (self.calls.returned(), self.calls.held());
            self.expect(counters.accepted == returned, || {
                format!("{returned} calls, and {counters}")
            });
            self.expect(counters.suppressed == held, || {
                format!("{held} held back, and {counters}")
            });
        }
        for index in 0..self.sinks.len() {
            let sink = counters.sinks[index].clone();
            self.expect(sink.name == self.sinks[index].name, || {
                format!("another sink: {sink}")
            });
            self.expect(sink.pending == 0, || {
                format!("something is pending: {sink}")
            });
            if let Some(seen) = self.seen(index) {
                self.check_seen(index, &seen, &sink, &counters);
            }
        }
        if self.faults.is_empty() {
            Ok(format!(
                "{} looks, exact {}: {counters}",
                self.looks,
                self.calls.is_exact()
            ))
        } else {
            Err(format!("{}\n{counters}", self.faults.join("\n")))
        }
    }

    /// What a sink took, where that can be known.
    fn seen(&self, index: usize) -> Option<Seen> {
        match &self.sinks[index].place {
            Place::Custom(faulty) => Some(std::mem::take(&mut *faulty.seen())),
            Place::Memory(memory) => {
                let mut seen = Seen::default();
                memory.lines().iter().for_each(|line| seen.hear(line));
                Some(seen)
            }
            Place::Files(place) => {
                let mut seen = Seen::default();
                let mut directories: Vec<_> = fs::read_dir(place)
                    .ok()?
                    .flatten()
                    .map(|entry| entry.path())
                    .collect();
                directories.sort_by_key(|path| is_current(path));
                for directory in directories {
                    let text = fs::read_to_string(directory.join("schedule.log"));
                    seen.hear_all(&text.unwrap_or_default());
                }
                Some(seen)
            }
            Place::Nowhere => None,
        }
    }

    fn check_seen(&mut self, index: usize, seen: &Seen, sink: &SinkCounters, counters: &Counters) {
        let name = &sink.name;
        for fault in &seen.faults {
            self.fault(format!("{name}: {fault}"));
        }
        self.expect(seen.records == sink.written, || {
            format!("it took {} records, and {sink}", seen.records)
        });
        let own = seen.steps + seen.held + seen.reports;
        self.expect(seen.records == own, || {
            format!("{name}: {own} of {} records are known", seen.records)
        });
        let (level, heals) = (self.sinks[index].level, self.sinks[index].heals);
        if level.is_none() {
            // Everything that left the rings has reached it, and what options held back was told to it.
            let reached = sink.accepted - seen.reports;
            let most = counters.written + 2 * counters.suppressed.min(8);
            self.expect((counters.written..=most).contains(&reached), || {
                format!("{reached} of {} reached {sink}", counters.written)
            });
        }
        if !heals {
            return;
        }
        let rows = counters
            .sinks
            .iter()
            .map(|it| (it.name.as_str(), &it.dropped));
        let rows: Vec<_> = std::iter::once((PROCESS, &counters.dropped))
            .chain(rows)
            .collect();
        let mut wanted = std::collections::BTreeMap::new();
        for (row, dropped) in rows {
            if row == name || level.is_none_or(|level| level <= Level::Warning) {
                for (reason, count) in dropped {
                    *wanted
                        .entry((row.to_owned(), reason.to_string()))
                        .or_default() += count;
                }
            }
        }
        self.expect(seen.told == wanted, || {
            format!("{name}: told {:?}, and lost {wanted:?}", seen.told)
        });
    }
}

/// The directory that is the log's now comes last.
fn is_current(path: &Path) -> (bool, std::path::PathBuf) {
    (
        path.file_name().is_some_and(|name| name == "logs"),
        path.to_owned(),
    )
}
