//! How many durations fell where: buckets that grow with what they hold, so that every quantile is known to
//! within one part in 128, in the same memory whatever comes. Integers only.
//!
//! Of each duration the highest seven bits that are set decide: 64 buckets between one power of two and the
//! next, and below 128 ns a bucket for each nanosecond. What a bucket says is its middle, which is no further
//! from anything in it than half of its width.

/// Buckets between one power of two and the next, as a power of two.
const PRECISION: u32 = 6;
const EACH: usize = 1 << PRECISION;

/// From 2^48 ns on, which is 78 hours, all is one.
const MOST_BITS: u32 = 48;

const BUCKETS: usize = (MOST_BITS - PRECISION + 1) as usize * EACH;

/// Counts of nanoseconds, in 11 KiB.
pub(super) struct Histogram {
    buckets: [u32; BUCKETS],
    /// Less than 2^32, so that no bucket is full before all of it is.
    count: u32,
    max: u64,
}

impl Histogram {
    pub(super) const fn new() -> Self {
        Self {
            buckets: [0; BUCKETS],
            count: 0,
            max: 0,
        }
    }

    /// Counts one; false when it holds as many as it can.
    pub(super) fn record(&mut self, nanos: u64) -> bool {
        let Some(count) = self.count.checked_add(1) else {
            return false;
        };
        self.count = count;
        self.max = self.max.max(nanos);
        if let Some(bucket) = self.buckets.get_mut(index(nanos)) {
            *bucket += 1;
        }
        true
    }

    /// How many were counted.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The longest, exactly.
    pub(super) fn max(&self) -> u64 {
        self.max
    }

    /// The duration that so many of a thousand do not exceed; zero when nothing was counted.
    pub(super) fn quantile(&self, per_mille: u32) -> u64 {
        let rank = (u64::from(self.count) * u64::from(per_mille)).div_ceil(1000);
        let rank = rank.max(1);
        let mut seen = 0;
        let found = self.buckets.iter().position(|&bucket| {
            seen += u64::from(bucket);
            seen >= rank
        });
        found.map_or(self.max, |index| middle(index).min(self.max))
    }

    pub(super) fn clear(&mut self) {
        self.buckets.fill(0);
        self.count = 0;
        self.max = 0;
    }
}

fn index(nanos: u64) -> usize {
    let nanos = nanos.min((1 << MOST_BITS) - 1);
    // Zero below 128 ns: there the number itself is the place.
    let shift = nanos.max(1).ilog2().saturating_sub(PRECISION);
    let kept = usize::try_from(nanos >> shift).unwrap_or(0);
    shift as usize * EACH + kept
}

fn middle(index: usize) -> u64 {
    let shift = (index / EACH).saturating_sub(1);
    let kept = (index - shift * EACH) as u64;
    (kept << shift) + (1 << shift >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_takes_what_the_documents_say() {
        assert_eq!(BUCKETS, 2752);
        assert_eq!(size_of::<Histogram>(), 11_024);
    }

    #[test]
    fn buckets_follow_each_other_without_a_gap() {
        let mut before = 0;
        for bits in 0..MOST_BITS {
            for nanos in [
                1_u64 << bits,
                (1 << bits) + (1 << bits >> 1),
                (2 << bits) - 1,
            ] {
                let at = index(nanos);
                assert!(at >= before, "{nanos}");
                before = at;
                let off = middle(at).abs_diff(nanos);
                assert!(off * 128 <= nanos, "{nanos} is {off} off");
            }
        }
        assert_eq!(before, BUCKETS - 1);
        assert_eq!(index(u64::MAX), BUCKETS - 1);
        for at in 1..BUCKETS {
            assert_eq!(index(middle(at)), at);
        }
    }

    #[test]
    fn one_that_is_full_takes_no_more() {
        let mut histogram = Histogram::new();
        assert!(histogram.record(5));
        histogram.count = u32::MAX;
        assert!(!histogram.record(5));
        histogram.clear();
        assert!(histogram.record(7));
        assert_eq!((histogram.count(), histogram.quantile(500)), (1, 7));
    }

    fn exact(sorted: &[u64], per_mille: u32) -> u64 {
        let rank = (sorted.len() * per_mille as usize).div_ceil(1000).max(1);
        sorted[rank - 1]
    }

    fn check(mut nanos: Vec<u64>) -> Result<(), TestCaseError> {
        let mut histogram = Histogram::new();
        for &it in &nanos {
            prop_assert!(histogram.record(it));
        }
        nanos.sort_unstable();
        prop_assert_eq!(histogram.count() as usize, nanos.len());
        prop_assert_eq!(histogram.max(), *nanos.last().expect("not empty"));
        for per_mille in [1, 250, 500, 900, 950, 990, 999, 1000] {
            let exact = exact(&nanos, per_mille);
            let found = histogram.quantile(per_mille);
            prop_assert!(
                found.abs_diff(exact) * 100 <= exact,
                "{per_mille}: {found} for {exact}"
            );
        }
        Ok(())
    }

    /// As durations come: of one size, of all sizes, of two kinds, with a long tail.
    fn durations() -> impl Strategy<Value = Vec<u64>> {
        let hour = 3_600_000_000_000_u64;
        let any_size =
            (0..MOST_BITS, any::<u64>()).prop_map(|(bits, it)| 1 << bits | it & ((1 << bits) - 1));
        let kinds = prop_oneof![9 => 100_000..200_000_u64, 1 => 1_000_000_000..3_000_000_000_u64];
        let tail = any::<f64>().prop_map(|it| {
            let share = it.abs().fract().max(1e-5);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "any number will do"
            )]
            let nanos = (1000.0 * share.powf(-2.0)) as u64;
            nanos
        });
        prop_oneof![
            prop::collection::vec(0..200_u64, 1..300),
            prop::collection::vec(1..20 * hour, 1..300),
            prop::collection::vec(any_size, 1..300),
            prop::collection::vec(kinds, 1..300),
            prop::collection::vec(tail, 1..300),
            (1..70 * hour, 1..50_usize).prop_map(|(it, len)| vec![it; len]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn quantiles_are_within_a_percent(nanos in durations()) {
            check(nanos)?;
        }
    }
}
