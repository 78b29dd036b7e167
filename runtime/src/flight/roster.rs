//! Which rings a session has, by the words of its head: a ring that is named there and gone, or no ring any
//! more, held records that nobody can count.

use core::sync::atomic::Ordering;
use std::sync::Arc;

use super::pack::Unpack;
use crate::sys::mapping::Mapping;

/// Where the words begin in the head.
pub(super) const START: usize = 36 * 1024;

/// Rings that are named at a time; of one beyond that nothing is said when it is gone.
const SLOTS: usize = 512;

/// Bytes of all words.
pub(super) const BYTES: usize = SLOTS * 8;

/// The number of a ring and its complement, so that damage names no ring.
fn word(index: u32) -> u64 {
    u64::from(index) << 32 | u64::from(!index)
}

/// A ring that is named; until its file is removed.
#[derive(Debug)]
pub(super) struct Entry {
    head: Arc<Mapping>,
    slot: usize,
}

impl Entry {
    /// Names a ring whose file is whole; one caller at a time.
    pub(super) fn enter(head: &Arc<Mapping>, index: u32) -> Option<Self> {
        let words = head.words().get(START / 8..)?;
        let slots = words.iter().take(SLOTS);
        // ORDERING: Relaxed, here and below: whoever reads this does so after the process.
        let slot = slots
            .map(|it| it.load(Ordering::Relaxed))
            .position(|it| it == 0)?;
        words[slot].store(word(index).to_le(), Ordering::Relaxed);
        Some(Self {
            head: Arc::clone(head),
            slot,
        })
    }

    /// Takes the name out, before the file goes.
    pub(super) fn leave(&self) {
        if let Some(word) = self.head.words().get(START / 8 + self.slot) {
            word.store(0, Ordering::Relaxed);
        }
    }
}

/// The rings that are named.
pub(super) fn read(head: &[u8]) -> Vec<u32> {
    let words = head.get(START..).unwrap_or_default();
    let words = words.chunks_exact(8).take(SLOTS);
    let named = words.filter_map(|it| {
        let it = Unpack(it).u64()?;
        let index = u32::try_from(it >> 32).ok()?;
        (it == word(index)).then_some(index)
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_named_until_it_is_gone() {
        let head = Arc::new(Mapping::of_no_file(START + BYTES).expect("memory"));
        let named = || {
            let words = head.words().iter();
            let bytes: Vec<u8> = words
                .flat_map(|it| it.load(Ordering::Relaxed).to_ne_bytes())
                .collect();
            read(&bytes)
        };
        assert_eq!(named(), [0; 0]);
        let all: Vec<_> = (0..600).map(|index| Entry::enter(&head, index)).collect();
        assert_eq!(all.iter().flatten().count(), SLOTS);
        all[3].as_ref().expect("named").leave();
        assert!(named().into_iter().eq((0..512).filter(|it| *it != 3)));
        assert!(Entry::enter(&head, 900).is_some());
        assert_eq!(named()[3], 900);
    }
}
