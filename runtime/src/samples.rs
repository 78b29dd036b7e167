//! What is kept of a call for its site's percentiles: how it ended and how long it took. Written by the
//! caller's thread into its ring when no record says it, read by the background thread. Word: constants and
//! bytes.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::calls::Ended;
use crate::level::Level;
use crate::wire::{HEADER, Header, Mark, Out};

/// The level of the record that sums them up. Nothing is measured for it where it is not wanted.
pub(crate) const SUMMARY: Level = Level::Info;

/// Whether the background thread also hands calls to a recorder of metrics, whatever is wanted of them as records.
pub(crate) const MAY_BE_EXPORTED: bool = cfg!(feature = "metrics");

/// Beside a site whose calls are counted: what its histogram will never see.
#[derive(Debug, Default)]
pub struct Samples {
    // ORDERING: Relaxed: a counter that orders nothing.
    missed: AtomicU64,
}

impl Samples {
    /// Nothing was missed.
    pub const fn new() -> Self {
        Self {
            missed: AtomicU64::new(0),
        }
    }

    /// A call has ended, and there was no room to say so.
    #[cold]
    pub(crate) fn miss(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }

    /// How many were missed since it was asked last.
    pub(crate) fn take_missed(&self) -> u64 {
        self.missed.swap(0, Ordering::Relaxed)
    }
}

/// One call of which no record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// The number of its site.
    pub(crate) site: u32,
    pub(crate) ended: Ended,
    pub(crate) ticks: u64,
}

impl Sample {
    /// Bytes of one. The form is that of a record's header, with a level that no record has.
    pub(crate) const BYTES: usize = HEADER;

    #[inline(always)]
    pub(crate) fn encode(self, out: &mut Out<'_>) {
        Header {
            site: self.site,
            mark: Mark::new(0, self.ended as u8).with_context(0),
            ticks: self.ticks,
        }
        .encode(out);
    }

    pub(crate) fn decode(payload: &[u8]) -> Option<Self> {
        let (header, context, values) = Header::decode(payload)?;
        let is_sample = header.level() == 0 && context.is_empty() && values.is_empty();
        let ended = Ended::ALL.get(usize::from(header.event()))?;
        is_sample.then_some(Self {
            site: header.site,
            ended: *ended,
            ticks: header.ticks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_is_read_back_and_none_looks_like_a_record() {
        for ended in Ended::ALL {
            let sample = Sample {
                site: 7,
                ended,
                ticks: u64::MAX - 1,
            };
            let mut bytes = [0; Sample::BYTES];
            sample.encode(&mut Out::new(&mut bytes));
            assert_eq!(Sample::decode(&bytes), Some(sample));
            assert!(!Header::is_plausible(&bytes));
        }
        assert_eq!(Sample::decode(&[0; 8]), None);
    }
}
