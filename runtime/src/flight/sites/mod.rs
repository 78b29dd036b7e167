//! What call sites are, written beside the rings: one description for each site that was reached, before
//! its first record. A file of descriptions holds them twice; a new file is begun when one is full.
//!
//! ```text
//! description  u64 mark, in its lowest byte the threshold and in the next one the same turned around
//!              length and checksum of what follows, as `pack::seal` writes them
//!              u32 number of the site
//!              events, constants, keys, template, target, module, file, line
//! ```
//!
//! The threshold is the level from which on the site's records are wanted. It changes with the directives, so
//! it stands in front of what is sealed. Where descriptions begin is drawn in `flight/mod.rs`.

mod encoding;

use core::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use encoding::{describe, read_kept};

use super::pack::{SEAL, Unpack, seal, store, unseal};
use crate::site::Meta;
use crate::sys::mapping::Mapping;

/// Where descriptions begin in a file.
pub(super) const START: usize = 1024;

/// Bytes of a file of descriptions.
pub(super) const FILE_BYTES: usize = START + 2 * HALF;
/// A fuzzer makes and reads such a file for each input.
pub(super) const HALF: usize = if cfg!(fuzzing) { 8 } else { 256 } * 1024;

/// What marks the word in front of a description; its lowest byte is the threshold, the next one the same
/// with every bit turned around.
const MARK: u64 = 0x5349_5445_0000_0000;

pub(super) fn marked(threshold: u8) -> u64 {
    MARK | u64::from(threshold) | u64::from(!threshold) << 8
}

/// One file of descriptions, being filled.
#[derive(Debug)]
pub(super) struct SitesFile {
    mapping: Mapping,
    used: usize,
}

/// Where in its file a description begins, with the word that holds its threshold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(usize);

impl SitesFile {
    pub(super) fn new(mapping: Mapping) -> Self {
        Self { mapping, used: 0 }
    }

    /// Appends a description; none when the file is full.
    pub(super) fn append(&mut self, id: u32, threshold: u8, meta: &Meta) -> Option<Place> {
        let block = seal(&describe(id, meta));
        if self.used + 8 + block.len() > HALF {
            return None;
        }
        let at = START + self.used;
        for start in [at, at + HALF] {
            store(self.mapping.words(), start + 8, &block);
            self.set_threshold(Place(start), threshold);
        }
        self.used += 8 + block.len();
        Some(Place(at))
    }

    /// Says from which level on a site's records are wanted.
    pub(super) fn set(&self, place: Place, threshold: u8) {
        self.set_threshold(place, threshold);
        self.set_threshold(Place(place.0 + HALF), threshold);
    }

    /// The same, unless records of a lower level are wanted already.
    pub(super) fn lower(&self, place: Place, threshold: u8) {
        let word = self.mapping.words().get(place.0 / 8);
        // ORDERING: Relaxed: written by who holds the session's lock, as we do.
        let known = word.map_or(0, |word| {
            u64::from_le(word.load(Ordering::Relaxed)).to_le_bytes()[0]
        });
        if threshold < known {
            self.set(place, threshold);
        }
    }

    fn set_threshold(&self, place: Place, threshold: u8) {
        if let Some(word) = self.mapping.words().get(place.0 / 8) {
            // ORDERING: Release: behind the description that the mark announces.
            word.store(marked(threshold).to_le(), Ordering::Release);
        }
    }
}

/// A site as a reader finds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Described {
    pub(super) id: u32,
    threshold: Option<u8>,
    pub(super) meta: &'static Meta,
}

impl Described {
    /// The level from which on its records are wanted; when that is damaged, all are.
    pub(super) fn threshold(&self) -> u8 {
        self.threshold.unwrap_or(0)
    }
}

/// All descriptions in a file that are whole, in either copy. What is read stays in memory for the rest of
/// the process: a format keeps what it knows of a site by its address.
pub(super) fn read(file: &[u8]) -> Vec<Described> {
    let rest = file.get(START..).unwrap_or_default();
    let (one, two) = rest.split_at(rest.len().min(HALF));
    let mut found: Vec<Described> = Vec::new();
    for half in [one, two] {
        let mut at = 0;
        while at + 8 + SEAL <= half.len() {
            match read_at(&half[at..], &mut found) {
                Some(len) => at += len,
                // Behind a damaged one the next is found by its mark.
                None => at += 8,
            }
        }
    }
    found
}

/// Takes the description at the front, unless it is known already; gives the bytes it takes.
fn read_at(bytes: &[u8], found: &mut Vec<Described>) -> Option<usize> {
    let mark = Unpack(bytes).u64()?;
    if mark & !0xffff != MARK {
        return None;
    }
    let content = unseal(bytes.get(8..)?)?;
    let len = 8 + (SEAL + content.len()).next_multiple_of(8);
    let id = Unpack(content).u32()?;
    let threshold = Some(mark.to_le_bytes()[0]).filter(|it| marked(*it) == mark);
    if let Some(known) = found.iter_mut().find(|it| it.id == id) {
        known.threshold = known.threshold.or(threshold);
    } else {
        let meta = read_meta(content)?;
        found.push(Described {
            id,
            threshold,
            meta,
        });
    }
    Some(len)
}

/// What was read before, by its bytes behind the number: what reads the same is kept once, however many
/// processes of a program have died. In the order of the bytes.
static KNOWN: Mutex<Vec<(&'static [u8], Option<&'static Meta>)>> = Mutex::new(Vec::new());

fn read_meta(content: &[u8]) -> Option<&'static Meta> {
    let content = content.get(size_of::<u32>()..)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = match known.binary_search_by(|(bytes, _)| (*bytes).cmp(content)) {
        Ok(at) => return known[at].1,
        Err(place) => place,
    };
    let kept: &[u8] = content.to_vec().leak();
    let meta = read_kept(kept);
    known.insert(place, (kept, meta));
    meta
}

/// What stands for a site whose description is lost: its records keep their values, each of which may be a group.
pub(super) static UNKNOWN: Meta = Meta {
    events: &["unknown_site"; 8],
    has_groups: true,
    keys: &[
        "..value_1",
        "..value_2",
        "..value_3",
        "..value_4",
        "..value_5",
        "..value_6",
        "..value_7",
        "..value_8",
        "..value_9",
        "..value_10",
        "..value_11",
        "..value_12",
        "..value_13",
        "..value_14",
        "..value_15",
        "..value_16",
        "..value_17",
        "..value_18",
        "..value_19",
        "..value_20",
        "..value_21",
        "..value_22",
        "..value_23",
        "..value_24",
    ],
    constants: &[],
    template: &[],
    target: "",
    module: "",
    file: "",
    line: 0,
    gate: None,
    samples: None,
};

#[cfg(test)]
mod tests;
