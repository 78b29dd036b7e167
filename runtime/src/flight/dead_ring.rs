//! What a dead process has left in one ring: read once, kept without the memory around it.

use core::ops::Range;
use std::io;
use std::os::unix::fs::FileExt;

use super::directory::Directory;
use super::frames::{Frame, frames};
use super::identity::Stranger;
use super::label::Label;
use super::pack::Unpack;
use super::recover::{read_up_to, refusal};
use super::ring_file::REGION;
use crate::ring::{CONTROL_BYTES, MAX_DATA, MIN_DATA};

/// Where it stands what a recovery has settled: for each log a word.
pub(super) const SETTLED: usize = 1024;

/// What marks a word that says up to which number a ring is settled.
const SETTLED_MARK: u64 = 0x5345_5454;

/// Bytes of the largest ring file.
const LARGEST: usize = REGION + CONTROL_BYTES + MAX_DATA;

/// One ring.
pub(super) struct DeadRing {
    pub(super) label: Label,
    pub(super) damaged: u64,
    /// Nobody can say what was in it: it ends before its control words do, or neither says what it is nor holds
    /// any record.
    pub(super) is_unreadable: bool,
    name: String,
    /// The page in front of the region.
    front: Vec<u8>,
    payloads: Vec<u8>,
    frames: Vec<(u32, Range<usize>)>,
}

impl DeadRing {
    /// Reads a ring whose name says that it is number `index` of this session.
    pub(super) fn read(
        directory: &Directory,
        session: u64,
        name: String,
        index: u32,
    ) -> io::Result<Self> {
        let file = directory.open_file(&name)?;
        let front = read_up_to(&file, REGION)?;
        let known = Label::read(&front, session);
        let is_known = known.is_ok();
        let label = match known {
            Ok(label) => label,
            Err(stranger @ Stranger::Newer(_)) => return Err(refusal(stranger)),
            // The name says which ring it is, and the length how large.
            Err(Stranger::Format) => {
                let len = usize::try_from(file.metadata()?.len()).unwrap_or(LARGEST);
                let data = len.min(LARGEST).saturating_sub(REGION + CONTROL_BYTES);
                Label {
                    index,
                    data_len: data.clamp(MIN_DATA, MAX_DATA).next_power_of_two(),
                    thread: "unknown".to_owned(),
                }
            }
        };
        let whole = read_up_to(&file, REGION + CONTROL_BYTES + label.data_len)?;
        let found = frames(whole.get(REGION..).unwrap_or_default(), label.data_len);
        let mut ring = Self {
            label,
            damaged: found.damaged,
            is_unreadable: whole.len() < REGION + CONTROL_BYTES
                || !is_known && found.whole.is_empty() && found.damaged == 0,
            name,
            front,
            payloads: Vec::new(),
            frames: Vec::with_capacity(found.whole.len()),
        };
        for frame in found.whole {
            let start = ring.payloads.len();
            ring.payloads.extend_from_slice(frame.payload);
            ring.frames.push((frame.number, start..ring.payloads.len()));
        }
        Ok(ring)
    }

    /// Its frames behind the one that is settled.
    pub(super) fn unsettled(&self, settled: Option<u32>) -> Vec<Frame<'_>> {
        let is_settled = |number| settled.is_some_and(|settled| is_up_to(number, settled));
        let first = self
            .frames
            .partition_point(|(number, _)| is_settled(*number));
        let frames = self.frames[first..].iter().map(|(number, place)| Frame {
            number: *number,
            payload: &self.payloads[place.clone()],
        });
        frames.collect()
    }

    /// Up to which number an earlier recovery has settled this ring for a log.
    pub(super) fn settled(&self, log: usize) -> Option<u32> {
        let word = Unpack(self.front.get(SETTLED + log * 8..)?).u64()?;
        (word >> 32 == SETTLED_MARK).then(|| u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0))
    }

    /// Keeps up to which number the ring is settled for a log.
    pub(super) fn settle(
        &self,
        directory: &Directory,
        log: usize,
        number: Option<u32>,
    ) -> io::Result<()> {
        let Some(number) = number else {
            return Ok(());
        };
        let word = SETTLED_MARK << 32 | u64::from(number);
        let at = (SETTLED + log * 8) as u64;
        // Opened for each word: a process may have more rings than descriptors.
        directory
            .open_file(&self.name)?
            .write_all_at(&word.to_le_bytes(), at)
    }
}

/// The later of two numbers, which wrap.
pub(super) fn later(known: Option<u32>, number: u32) -> u32 {
    known
        .filter(|known| is_up_to(number, *known))
        .unwrap_or(number)
}

fn is_up_to(number: u32, settled: u32) -> bool {
    settled.wrapping_sub(number) < u32::MAX / 2
}
