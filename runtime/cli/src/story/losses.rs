//! Records of no request that tell of losses and deaths, wherever in the files they stand: a death is told by
//! the next start, hours after the requests that it cut off.

use std::collections::{HashMap, HashSet};

use storyline::RecordBuf;

use super::collect::Told;
use crate::input::Shape;
use crate::judge::{Fact, Missing, is_of_loss};

/// How many are kept; more is no log that anybody reads.
const MOST: usize = 10_000;

/// Which file, and how it is written.
type Channel = (usize, Shape);

#[derive(Default)]
pub(super) struct Losses(Vec<(RecordBuf, Channel)>);

impl Losses {
    pub(super) fn see(&mut self, record: &RecordBuf, channel: Channel) {
        if self.0.len() < MOST && is_of_loss(record) {
            self.0.push((record.clone(), channel));
        }
    }

    /// All together, each once.
    pub(super) fn missing(&self, grain: i64) -> Missing {
        let mut missing = Missing::default();
        let mut seen = HashSet::new();
        for (record, _) in &self.0 {
            let at = record.timestamp.as_nanos().div_euclid(grain);
            let fields = format!("{:?}", record.fields);
            if seen.insert((at, &record.service, record.pid, fields)) {
                missing.see(record);
            }
        }
        missing
    }

    /// Of each process of the request the first death after its last record there, where that is later than
    /// everything told: deaths before that are among the records beside it.
    pub(super) fn deaths_of(self, told: &[Told], grain: i64) -> Vec<(RecordBuf, Channel)> {
        let mut lasts = HashMap::new();
        let mut end = i64::MIN;
        for Told { record, .. } in told {
            let at = record.timestamp.as_nanos();
            end = end.max(at);
            let last = lasts
                .entry((record.service.as_str(), record.pid))
                .or_insert(at);
            *last = at.max(*last);
        }
        let end = end.saturating_add(grain - 1);
        let mut firsts = HashMap::new();
        for (nth, (record, _)) in self.0.iter().enumerate() {
            let Fact::Died { service, pid, .. } = Fact::of(record) else {
                continue;
            };
            let at = record.timestamp.as_nanos();
            let is_it = |(of, its): &(&str, u32)| *of == service && *its == pid;
            let Some((key, last)) = lasts.iter().find(|(key, _)| is_it(key)) else {
                continue;
            };
            if at >= *last {
                let first = firsts.entry(*key).or_insert((at, nth));
                *first = (at, nth).min(*first);
            }
        }
        let wanted: HashSet<_> = firsts
            .into_values()
            .filter(|(at, _)| *at > end)
            .map(|(_, nth)| nth)
            .collect();
        let all = self.0.into_iter().enumerate();
        all.filter_map(|(nth, it)| wanted.contains(&nth).then_some(it))
            .collect()
    }
}
