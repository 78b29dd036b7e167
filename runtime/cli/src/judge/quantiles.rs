//! Percentiles of durations in bounded memory.
//!
//! The first [`EXACT`] durations are kept as they are, and percentiles of them are exact (nearest
//! rank). From then on they are counted in buckets, 128 for each doubling from one nanosecond on; a
//! percentile is then its bucket's middle, wrong by at most [`RELATIVE_ERROR`]. The greatest value is
//! always exact.

/// How many durations are kept one by one.
pub const EXACT: usize = 4096;

/// The greatest error of a percentile beyond that, as a part of the value: half a bucket.
pub const RELATIVE_ERROR: f64 = 1.0 / 256.0;

/// Linear steps within one doubling, as a power of two.
const STEP_BITS: u32 = 7;
const BUCKETS: usize = (65 - STEP_BITS as usize) << STEP_BITS;

/// Durations, counted.
#[derive(Clone, Debug, Default)]
pub struct Quantiles {
    exact: Vec<u64>,
    buckets: Vec<u64>,
    count: u64,
    max: u64,
}

impl Quantiles {
    /// Takes in one duration; what is negative or not finite is no duration and is passed over.
    pub fn add_ms(&mut self, ms: f64) {
        if !ms.is_finite() || ms < 0.0 {
            return;
        }
        self.add(crate::show::rounded(ms * 1e6));
    }

    fn add(&mut self, nanos: u64) {
        self.count += 1;
        self.max = self.max.max(nanos);
        if self.buckets.is_empty() {
            if self.exact.len() < EXACT {
                self.exact.push(nanos);
                return;
            }
            self.buckets = vec![0; BUCKETS];
            for kept in std::mem::take(&mut self.exact) {
                self.buckets[bucket(kept)] += 1;
            }
        }
        self.buckets[bucket(nanos)] += 1;
    }

    /// How many were taken in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether percentiles are exact.
    pub fn is_exact(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The greatest, in milliseconds.
    pub fn max_ms(&self) -> Option<f64> {
        (self.count > 0).then(|| in_ms(self.max))
    }

    /// The duration in milliseconds below or at which `share` (0 to 1) of all lie, for each share.
    /// `None` where there is nothing to take it from.
    pub fn at<const N: usize>(&self, shares: [f64; N]) -> [Option<f64>; N] {
        let mut sorted = self.exact.clone();
        sorted.sort_unstable();
        shares.map(|share| {
            let rank = rank(share, self.count)?;
            if self.is_exact() {
                return usize::try_from(rank)
                    .ok()
                    .and_then(|at| sorted.get(at))
                    .map(|it| in_ms(*it));
            }
            let mut below = 0;
            for (at, count) in self.buckets.iter().enumerate() {
                below += count;
                if below > rank {
                    return Some(in_ms(middle(at).min(self.max)));
                }
            }
            None
        })
    }
}

/// The place, from zero, of the nearest rank.
fn rank(share: f64, count: u64) -> Option<u64> {
    let last = count.checked_sub(1)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 2^53 the rank is off by one in a billion"
    )]
    let rank = (share * count as f64).ceil() - 1.0;
    Some(crate::show::rounded(rank).min(last))
}

fn bucket(nanos: u64) -> usize {
    let linear = 1 << STEP_BITS;
    let shift = (64 - nanos.leading_zeros()).saturating_sub(STEP_BITS + 1);
    let step = usize::try_from(nanos >> shift).unwrap_or(0);
    // Below two times 128 a bucket is one nanosecond wide; from there each doubling has 128.
    shift as usize * linear + step
}

fn middle(bucket: usize) -> u64 {
    let linear = 1_usize << STEP_BITS;
    let shift = (bucket / linear).saturating_sub(1);
    let low = ((bucket - shift * linear) as u64) << shift;
    low + ((1_u64 << shift) >> 1)
}

fn in_ms(nanos: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a percentile is shown with few digits"
    )]
    let nanos = nanos as f64;
    nanos / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_rank_while_exact() {
        let mut quantiles = Quantiles::default();
        assert_eq!(quantiles.at([0.5]), [None]);
        for ms in (1..=100_u32).rev() {
            quantiles.add_ms(f64::from(ms));
        }
        quantiles.add_ms(f64::NAN);
        quantiles.add_ms(-1.0);
        assert_eq!(quantiles.count(), 100);
        assert_eq!(
            quantiles.at([0.0, 0.5, 0.95, 0.99, 1.0]),
            [Some(1.0), Some(50.0), Some(95.0), Some(99.0), Some(100.0)]
        );
    }

    #[test]
    fn the_error_beyond_that_is_as_stated() {
        let mut quantiles = Quantiles::default();
        let mut all = Vec::new();
        let mut state = 88_172_645_463_325_252_u64;
        for _ in 0..50_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            // From nanoseconds to half an hour, evenly over the powers of two.
            let nanos = state >> (23 + state % 40);
            all.push(nanos);
            quantiles.add(nanos);
        }
        assert!(!quantiles.is_exact());
        all.sort_unstable();
        for share in [0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999] {
            let at = usize::try_from(rank(share, 50_000).expect("not empty")).expect("small");
            let exact = in_ms(all[at]);
            let [Some(found)] = quantiles.at([share]) else {
                panic!("nothing at {share}");
            };
            assert!(
                (found - exact).abs() <= exact * RELATIVE_ERROR,
                "{share}: {found} {exact}"
            );
        }
        assert_eq!(quantiles.max_ms(), all.last().map(|it| in_ms(*it)));
    }

    #[test]
    fn every_value_has_a_bucket_and_lies_near_its_middle() {
        for power in 0..64 {
            for near in [-1_i64, 0, 1, 12_345] {
                let nanos = (1_u64 << power).saturating_add_signed(near);
                let middle = middle(bucket(nanos));
                assert!(bucket(nanos) < BUCKETS);
                assert!(
                    middle.abs_diff(nanos) <= nanos / 256 + 1,
                    "{nanos} {middle}"
                );
            }
        }
        assert!(bucket(u64::MAX) < BUCKETS);
    }
}
