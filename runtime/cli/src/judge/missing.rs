//! What the records themselves say is missing from the logs.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use storyline::RecordBuf;

use super::facts::Fact;
use super::values::{text, whole};
/// How many different reasons and deaths are told apart.
const MOST: usize = 10_000;

/// Losses and deaths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Records that some log lacks, by reason: `records_dropped`.
    pub dropped: BTreeMap<String, u64>,
    /// Processes that died: `process_died`.
    pub deaths: u64,
    /// Records of theirs that wait to be recovered.
    pub waiting: u64,
    /// Rings of theirs that could not be read.
    pub damaged_rings: u64,
    /// Each of their logs tells of a death.
    #[serde(skip)]
    dead: HashSet<(String, u32, String)>,
}

impl Missing {
    /// Takes in a record.
    pub fn see(&mut self, record: &RecordBuf) {
        let number = |key| record.field(key).and_then(whole).unwrap_or(0);
        match Fact::of(record) {
            Fact::Died { service, pid, .. } => {
                let last = record.field("last_record").map_or_else(
                    // Two deaths of one pid, as in a container, are told by two processes or at two times.
                    || format!("{} {}", record.pid, record.timestamp.as_nanos()),
                    |it| text(it).into_owned(),
                );
                let key = (service.into_owned(), pid, last);
                let is_known = self.dead.contains(&key);
                if self.dead.len() < MOST {
                    self.dead.insert(key);
                }
                if is_known {
                    return;
                }
                self.deaths += 1;
                self.waiting += number("waiting");
                self.damaged_rings += number("damaged_rings");
            }
            Fact::Dropped { reason, count } => {
                let reason = if self.dropped.len() < MOST {
                    reason.into_owned()
                } else {
                    "(others)".to_owned()
                };
                let sum = self.dropped.entry(reason).or_insert(0);
                *sum = sum.saturating_add(count);
            }
            _ => {}
        }
    }
}

/// Whether a record tells of a loss or a death.
pub fn is_of_loss(record: &RecordBuf) -> bool {
    matches!(Fact::of(record), Fact::Died { .. } | Fact::Dropped { .. })
}

#[cfg(test)]
mod tests {
    use storyline::ValueBuf;

    use super::*;
    use crate::testing::record;

    #[test]
    fn a_death_that_two_logs_tell_is_one() {
        let mut missing = Missing::default();
        let str = |text: &str| ValueBuf::Str(text.to_owned());
        let died = |nanos, records, last: Option<&str>| {
            let mut fields = vec![
                ("died_pid", ValueBuf::UInt(7)),
                ("died_service", str("pay")),
                ("records", ValueBuf::UInt(records)),
                ("waiting", ValueBuf::UInt(3)),
            ];
            fields.extend(last.map(|it| ("last_record", str(it))));
            record(nanos, "process_died", &fields)
        };
        missing.see(&died(5, 1, Some("2026-06-12T02:07:07.418Z")));
        missing.see(&died(6, 2, Some("2026-06-12T02:07:07.418Z")));
        missing.see(&died(7, 1, Some("2026-06-12T02:08:07.418Z")));
        for (reason, count) in [("ring_full", 3), ("disk_full", 1), ("ring_full", 4)] {
            let fields = [("reason", str(reason)), ("count", ValueBuf::UInt(count))];
            missing.see(&record(9, "records_dropped", &fields));
        }
        assert_eq!((missing.deaths, missing.waiting), (2, 6));
        assert_eq!(missing.dropped["ring_full"], 7);
        assert_eq!(missing.dropped["disk_full"], 1);
    }
}
