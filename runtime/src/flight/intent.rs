//! What was about to be written into a log file when a process died. Stored before each batch, in the
//! head's own words for that log:
//!
//! ```text
//! 0   u64 state: one of the three constants below
//! 8   u64 device, u64 inode, u64 length of the file before the batch
//! 32  u64 bytes of the batch, u64 records
//! 48  u64 checksum of all but the state
//! 64  for each record that came from a ring, and each report of a loss: u64 hash of its bytes, u32 ring, u32 number, u64 length in bytes
//! ```
//!
//! A reader goes through the file from that length on and finds, one after the other, the records that
//! arrived, whoever else wrote there meanwhile. A batch has fewer records from rings than there is room for.

use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use super::hash::{chain, hash};
use super::pack::Unpack;
use crate::sink::{Batch, Journal, Origin, Target};
use crate::sys::mapping::Mapping;

/// Where intents begin in the head.
pub(super) const START: usize = 40 * 1024;

/// Bytes of one log's intent. A fuzzer makes a head for each input.
const BYTES: usize = if cfg!(fuzzing) { 8 } else { 104 } * 1024;

const WORDS: usize = BYTES / 8;
const FIRST_ENTRY: usize = 8;
const ENTRY: usize = 3;
pub(super) const MAX_RECORDS: usize = (WORDS - FIRST_ENTRY) / ENTRY;

/// Bytes of a head for so many logs.
pub(super) const fn head_bytes(logs: usize) -> usize {
    START + logs * BYTES
}

const INTENDED: u64 = 0x4954_4e44_5f41_5f42;
const SETTLED: u64 = 0x5345_5454_4c45_445f;

/// The journal of one log of a session.
#[derive(Debug)]
pub(super) struct Intents {
    head: Arc<Mapping>,
    log: usize,
}

impl Intents {
    pub(super) fn new(head: Arc<Mapping>, log: usize) -> Self {
        Self { head, log }
    }

    fn words(&self) -> &[AtomicU64] {
        let start = (START + self.log * BYTES) / 8;
        self.head
            .words()
            .get(start..start + WORDS)
            .unwrap_or_default()
    }
}

impl Journal for Intents {
    fn intend(&mut self, target: Target, batch: &Batch<'_>) {
        let words = self.words();
        if words.is_empty() {
            return;
        }
        // ORDERING of the entries: Relaxed, between the two states. A death in the middle leaves no
        // intent, and none is needed: nothing of this batch was written, and all before it is settled.
        words[0].store(0, Ordering::Release);
        let put = |at: usize, word: u64| words[at].store(word.to_le(), Ordering::Relaxed);
        let mut sum = 0;
        let (mut bytes, mut count) = (0, 0);
        let all = batch.records().zip(batch.origins());
        let from_rings = all.filter(|(_, origin)| origin.is_frame());
        for (record, origin) in from_rings.take(MAX_RECORDS) {
            let entry = [
                hash(record),
                u64::from(origin.ring) | u64::from(origin.number) << 32,
                record.len() as u64,
            ];
            for (index, word) in entry.into_iter().enumerate() {
                put(FIRST_ENTRY + count * ENTRY + index, word);
            }
            sum = chain(
                sum,
                entry[0] ^ entry[1].rotate_left(17) ^ entry[2].rotate_left(41),
            );
            bytes += entry[2];
            count += 1;
        }
        let head = [
            target.device,
            target.inode,
            target.offset,
            bytes,
            count as u64,
        ];
        for (index, word) in head.into_iter().enumerate() {
            put(1 + index, word);
            sum = chain(sum, word);
        }
        put(6, sum);
        // ORDERING: Release: who finds this state finds all of the above.
        words[0].store(INTENDED.to_le(), Ordering::Release);
    }

    fn settle(&mut self) {
        if let Some(state) = self.words().first() {
            // ORDERING: Release: behind the write that it speaks of.
            state.store(SETTLED.to_le(), Ordering::Release);
        }
    }
}

/// One record of an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    hash: u64,
    pub(super) origin: Origin,
    len: usize,
}

/// What a dead process was about to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Intent {
    pub(super) target: Target,
    pub(super) entries: Vec<Entry>,
    is_settled: bool,
}

/// The last intent for a log; none when there is none, or it is damaged.
pub(super) fn read(head: &[u8], log: usize) -> Option<Intent> {
    let start = START + log * BYTES;
    let area = head.get(start..start + BYTES)?;
    let word = |index: usize| Unpack(area.get(index * 8..)?).u64();
    let is_settled = match word(0)? {
        INTENDED => false,
        SETTLED => true,
        _ => return None,
    };
    let count = usize::try_from(word(5)?)
        .ok()
        .filter(|it| *it <= MAX_RECORDS)?;
    let mut sum = 0;
    let mut entries = Vec::with_capacity(count);
    for index in 0..count {
        let at = FIRST_ENTRY + index * ENTRY;
        let [hash, origin, len] = [word(at)?, word(at + 1)?, word(at + 2)?];
        sum = chain(sum, hash ^ origin.rotate_left(17) ^ len.rotate_left(41));
        entries.push(Entry {
            hash,
            origin: Origin {
                ring: u32::try_from(origin & u64::from(u32::MAX)).ok()?,
                number: u32::try_from(origin >> 32).ok()?,
            },
            len: usize::try_from(len).ok()?,
        });
    }
    for index in 1..=5 {
        sum = chain(sum, word(index)?);
    }
    let target = Target {
        device: word(1)?,
        inode: word(2)?,
        offset: word(3)?,
    };
    (word(6)? == sum).then_some(Intent {
        target,
        entries,
        is_settled,
    })
}

impl Intent {
    /// How many of its records, counted from the first, are in the file; `tail` is what stands there from
    /// the target's offset on.
    pub(super) fn arrived(&self, tail: &[u8]) -> usize {
        if self.is_settled {
            return self.entries.len();
        }
        let mut at = 0;
        for (index, entry) in self.entries.iter().enumerate() {
            loop {
                let Some(rest) = tail.get(at..).filter(|rest| !rest.is_empty()) else {
                    return index;
                };
                let record = at.checked_add(entry.len).and_then(|end| tail.get(at..end));
                if record.is_some_and(|record| hash(record) == entry.hash) {
                    at += entry.len;
                    break;
                }
                // Somebody else's line, or one that was cut.
                let Some(line) = rest.iter().position(|byte| *byte == b'\n') else {
                    return index;
                };
                at += line + 1;
            }
        }
        self.entries.len()
    }

    /// Bytes of the file that are worth a look: what was to be written, and some of what others may have
    /// written between.
    pub(super) fn reach(&self) -> u64 {
        let own: u64 = self.entries.iter().map(|entry| entry.len as u64).sum();
        own + 16 * 1024 * 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    fn head() -> (std::path::PathBuf, Arc<Mapping>) {
        let path = std::env::temp_dir().join(format!(
            "storyline-intent-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .expect("a file");
        file.set_len(head_bytes(2) as u64).expect("room");
        let mapping = Mapping::new(&file, head_bytes(2)).expect("mapped");
        (path, Arc::new(mapping))
    }

    const TEXT: &[u8] = b"one\ntwo two\nthree\n";
    const ENDS: [usize; 3] = [4, 12, 18];

    fn origins() -> [Origin; 3] {
        [5, 6, 9].map(|number| Origin { ring: 2, number })
    }

    #[test]
    fn what_arrived_is_told_from_any_part_of_a_write() {
        let (path, mapping) = head();
        let mut journal = Intents::new(Arc::clone(&mapping), 1);
        let target = Target {
            device: 1,
            inode: 2,
            offset: 3,
        };
        let origins = origins();
        let batch = Batch::of(TEXT, &ENDS, &origins);
        assert_eq!(read(&std::fs::read(&path).expect("read"), 1), None);
        journal.intend(target, &batch);
        let bytes = std::fs::read(&path).expect("read");
        assert_eq!(read(&bytes, 0), None, "another log's");
        let intent = read(&bytes, 1).expect("whole");
        assert_eq!(intent.target, target);
        assert_eq!(intent.entries[2].origin, origins[2]);
        for len in 0..=TEXT.len() {
            let whole = ENDS.iter().filter(|end| **end <= len).count();
            assert_eq!(intent.arrived(&TEXT[..len]), whole, "{len} bytes");
        }
        assert_eq!(intent.arrived(b"others\none\nand others\ntwo two\nthr"), 2);
        assert_eq!(
            intent.arrived(b"one\ntwo tw\xe2\x80\xa6\nthree\n"),
            1,
            "in order"
        );
        journal.settle();
        let settled = read(&std::fs::read(&path).expect("read"), 1).expect("whole");
        assert_eq!(settled.arrived(b""), 3);
        std::fs::remove_file(path).expect("removed");
    }

    #[test]
    fn no_flipped_bit_makes_another_intent() {
        let (path, mapping) = head();
        let mut journal = Intents::new(mapping, 0);
        journal.intend(Target::default(), &Batch::of(TEXT, &ENDS, &origins()));
        let mut bytes = std::fs::read(&path).expect("read");
        let whole = read(&bytes, 0);
        assert!(whole.is_some());
        for bit in 0..(FIRST_ENTRY + 3 * ENTRY) * 64 {
            let (at, mask) = (START + bit / 8, 1 << (bit % 8));
            bytes[at] ^= mask;
            let damaged = read(&bytes, 0);
            assert!(damaged.is_none() || damaged == whole, "bit {bit}");
            bytes[at] ^= mask;
        }
        std::fs::remove_file(path).expect("removed");
    }
}
