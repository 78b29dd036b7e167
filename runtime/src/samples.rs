//! What is kept of a call for its site's percentiles: how it ended and how long it took. Written by the
//! caller's thread into its ring when no record says it, read by the background thread. Word: constants and
//! bytes.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::level::Level;
use crate::wire::{HEADER, Header, Mark, Out};

/// The level of the record that sums them up. Nothing is measured for it where it is not wanted.
pub(crate) const SUMMARY: Level = Level::Info;

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

/// How a call ended, as the field `outcome` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Ended {
    Ok,
    Returned,
    Left,
    Err,
    Panic,
    Cancelled,
}

impl Ended {
    pub(crate) const ALL: [Self; 6] = [
        Self::Ok,
        Self::Returned,
        Self::Left,
        Self::Err,
        Self::Panic,
        Self::Cancelled,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Returned => "returned",
            Self::Left => "left",
            Self::Err => "err",
            Self::Panic => "panic",
            Self::Cancelled => "cancelled",
        }
    }

    /// The counterpart of [`name`](Self::name).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(crate) const fn is_error(self) -> bool {
        matches!(self, Self::Err | Self::Panic)
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
        for (index, ended) in Ended::ALL.into_iter().enumerate() {
            assert_eq!(ended as usize, index);
            assert_eq!(Ended::from_name(ended.name()), Some(ended));
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
