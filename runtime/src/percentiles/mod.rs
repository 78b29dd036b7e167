//! What the background thread keeps of the calls of one site, and how it sums them up. Cold: fed by the
//! background thread alone, which also says when.

mod histogram;

use histogram::Histogram;

use crate::calls::Ended;
use crate::samples::Samples;
use crate::value::ValueBuf;

/// What the calls of an interval come to.
#[derive(Debug, PartialEq)]
pub(crate) struct Summary {
    /// Calls whose duration is not known.
    pub(crate) missed: u64,
    /// What a record says behind the constants of the site.
    pub(crate) fields: Vec<(String, ValueBuf)>,
}

/// The calls of one site since they were summed up last.
pub(crate) struct Calls {
    samples: &'static Samples,
    durations: Histogram,
    by_ending: [u64; Ended::ALL.len()],
    /// They came when the histogram was full.
    surplus: u64,
}

impl core::fmt::Debug for Calls {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Calls")
            .field("by_ending", &self.by_ending)
            .finish_non_exhaustive()
    }
}

impl Calls {
    pub(crate) fn new(samples: &'static Samples) -> Self {
        Self {
            samples,
            durations: Histogram::new(),
            by_ending: [0; Ended::ALL.len()],
            surplus: 0,
        }
    }

    /// One call more; false when it is time to sum up.
    pub(crate) fn record(&mut self, ended: Ended, nanos: u64) -> bool {
        let has_room = self.durations.record(nanos);
        if has_room {
            self.by_ending[ended as usize] += 1;
        } else {
            self.surplus += 1;
        }
        has_room
    }

    fn count_of(&self, is_one: impl Fn(Ended) -> bool) -> u64 {
        let all = Ended::ALL.into_iter().zip(self.by_ending);
        all.filter(|(ended, _)| is_one(*ended))
            .map(|(_, count)| count)
            .sum()
    }

    /// What they come to; none when there was no call. Everything starts anew behind it.
    pub(crate) fn sum_up(&mut self, interval_ms: u64) -> Option<Summary> {
        let missed = self.samples.take_missed() + core::mem::take(&mut self.surplus);
        let count = self.durations.count();
        if count == 0 && missed == 0 {
            return None;
        }
        let cancelled = self.count_of(|ended| ended == Ended::Cancelled);
        let quantile = |per_mille| millis(self.durations.quantile(per_mille));
        let mut fields = vec![
            ("count", ValueBuf::UInt(u64::from(count))),
            ("p50_ms", quantile(500)),
            ("p95_ms", quantile(950)),
            ("p99_ms", quantile(990)),
            ("max_ms", millis(self.durations.max())),
            ("errors", ValueBuf::UInt(self.count_of(Ended::is_error))),
        ];
        if cancelled > 0 {
            fields.push(("cancelled", ValueBuf::UInt(cancelled)));
        }
        if missed > 0 {
            fields.push(("missed", ValueBuf::UInt(missed)));
        }
        fields.push(("interval_ms", ValueBuf::UInt(interval_ms)));
        self.forget();
        let fields = fields.into_iter();
        Some(Summary {
            missed,
            fields: fields.map(|(key, value)| (key.to_owned(), value)).collect(),
        })
    }

    /// What was counted so far is nobody's.
    pub(crate) fn forget(&mut self) {
        self.durations.clear();
        self.by_ending = [0; Ended::ALL.len()];
        self.surplus = 0;
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a duration of 2^53 ns is 104 days, exact to the nanosecond"
)]
fn millis(nanos: u64) -> ValueBuf {
    ValueBuf::Millis(nanos as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    static SAMPLES: Samples = Samples::new();

    #[test]
    fn a_summary_says_everything_once() {
        let mut calls = Calls::new(&SAMPLES);
        assert_eq!(calls.sum_up(1), None);
        for (ended, nanos) in [
            (Ended::Ok, 100),
            (Ended::Returned, 110),
            (Ended::Left, 120),
            (Ended::Err, 3_000_000),
            (Ended::Panic, 4_000_000),
            (Ended::Cancelled, 5_000_000),
        ] {
            assert!(calls.record(ended, nanos));
        }
        SAMPLES.miss();
        let Summary { missed, fields } = calls.sum_up(60_000).expect("there were calls");
        assert_eq!(missed, 1);
        let field = |key: &str| {
            let found = fields.iter().find(|(name, _)| name == key);
            found.map(|(_, value)| value.clone())
        };
        assert_eq!(field("count"), Some(ValueBuf::UInt(6)));
        assert_eq!(field("p50_ms"), Some(ValueBuf::Millis(0.000_12)));
        assert_eq!(field("max_ms"), Some(ValueBuf::Millis(5.0)));
        assert_eq!(field("errors"), Some(ValueBuf::UInt(2)));
        assert_eq!(field("cancelled"), Some(ValueBuf::UInt(1)));
        assert_eq!(field("missed"), Some(ValueBuf::UInt(1)));
        assert_eq!(field("interval_ms"), Some(ValueBuf::UInt(60_000)));
        assert_eq!(calls.sum_up(1), None, "it is told once");
        assert!(calls.record(Ended::Ok, 1));
        let summary = calls.sum_up(1).expect("there was a call");
        assert_eq!(
            summary.fields.len(),
            7,
            "without what never happened: {summary:?}"
        );
    }
}
