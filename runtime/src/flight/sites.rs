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

use core::sync::atomic::Ordering;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::pack::{Pack, SEAL, Unpack, seal, store, unseal};
use crate::site::Meta;
use crate::sys::mapping::Mapping;
use crate::template::{Align, Piece, Radix, Spec};

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

fn describe(id: u32, meta: &Meta) -> Vec<u8> {
    let mut into = Vec::with_capacity(256);
    into.u32(id);
    texts(meta.events, &mut into);
    into.u16(u16::try_from(meta.constants.len()).unwrap_or(u16::MAX));
    for (key, text) in meta.constants {
        into.text(key);
        into.text(text);
    }
    texts(meta.keys, &mut into);
    into.u16(u16::try_from(meta.template.len()).unwrap_or(u16::MAX));
    for piece in meta.template {
        write_piece(*piece, &mut into);
    }
    into.text(meta.target);
    into.text(meta.module);
    into.text(meta.file);
    into.u32(meta.line);
    into
}

fn texts(texts: &[&str], into: &mut Vec<u8>) {
    into.u16(u16::try_from(texts.len()).unwrap_or(u16::MAX));
    for text in texts {
        into.text(text);
    }
}

fn write_piece(piece: Piece, into: &mut Vec<u8>) {
    match piece {
        Piece::Text(text) => {
            into.u8(0);
            into.text(text);
        }
        Piece::Hole(index, spec) => {
            into.u8(1);
            into.u16(index);
            into.u32(u32::from(spec.fill));
            let flags =
                u8::from(spec.plus) | u8::from(spec.alternate) << 1 | u8::from(spec.zero) << 2;
            into.u8(flags);
            into.u8(spec.align as u8);
            into.u16(spec.width);
            into.u8(u8::from(spec.precision.is_some()));
            into.u16(spec.precision.unwrap_or(0));
            into.u8(spec.radix as u8);
        }
    }
}

/// What was read before, by its bytes behind the number: what reads the same is kept once, however many
/// processes of a program have died.
static KNOWN: Mutex<BTreeMap<&'static [u8], Option<&'static Meta>>> = Mutex::new(BTreeMap::new());

fn read_meta(content: &[u8]) -> Option<&'static Meta> {
    let content = content.get(size_of::<u32>()..)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(meta) = known.get(content) {
        return *meta;
    }
    let kept: &[u8] = content.to_vec().leak();
    let meta = read_kept(kept);
    known.insert(kept, meta);
    meta
}

fn read_kept(content: &'static [u8]) -> Option<&'static Meta> {
    let mut from = Unpack(content);
    let events = read_texts(&mut from)?;
    let constants = (0..from.u16()?)
        .map(|_| Some((from.text()?, from.text()?)))
        .collect::<Option<Vec<_>>>()?;
    let mut keys = read_texts(&mut from)?;
    // What is read is read after a death, and every record of it says so.
    keys.push("recovered");
    let template = (0..from.u16()?)
        .map(|_| read_piece(&mut from))
        .collect::<Option<Vec<_>>>()?;
    let (target, module, file) = (from.text()?, from.text()?, from.text()?);
    let line = from.u32()?;
    Some(Box::leak(Box::new(Meta {
        events: events.leak(),
        keys: keys.leak(),
        constants: constants.leak(),
        template: template.leak(),
        target,
        module,
        file,
        line,
        gate: None,
    })))
}

fn read_texts(from: &mut Unpack<'static>) -> Option<Vec<&'static str>> {
    (0..from.u16()?).map(|_| from.text()).collect()
}

fn read_piece(from: &mut Unpack<'static>) -> Option<Piece> {
    if from.u8()? == 0 {
        return Some(Piece::Text(from.text()?));
    }
    let index = from.u16()?;
    let fill = char::from_u32(from.u32()?)?;
    let flags = from.u8()?;
    let align =
        *[Align::Default, Align::Left, Align::Center, Align::Right].get(usize::from(from.u8()?))?;
    let width = from.u16()?;
    let has_precision = from.u8()? != 0;
    let precision = from.u16()?;
    let radix = *[
        Radix::Decimal,
        Radix::LowerHex,
        Radix::UpperHex,
        Radix::Octal,
        Radix::Binary,
        Radix::LowerExp,
    ]
    .get(usize::from(from.u8()?))?;
    let spec = Spec {
        fill,
        align,
        plus: flags & 1 != 0,
        alternate: flags & 2 != 0,
        zero: flags & 4 != 0,
        width,
        precision: has_precision.then_some(precision),
        radix,
    };
    Some(Piece::Hole(index, spec))
}

/// What stands for a site whose description is lost: its records keep their values.
pub(super) static UNKNOWN: Meta = Meta {
    events: &["unknown_site"; 8],
    keys: &[
        "value_1", "value_2", "value_3", "value_4", "value_5", "value_6", "value_7", "value_8",
        "value_9", "value_10", "value_11", "value_12", "value_13", "value_14", "value_15",
        "value_16", "value_17", "value_18", "value_19", "value_20", "value_21", "value_22",
        "value_23", "value_24",
    ],
    constants: &[],
    template: &[],
    target: "",
    module: "",
    file: "",
    line: 0,
    gate: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Who recovers all day must not grow with every death.
    #[test]
    fn what_reads_the_same_is_kept_once() {
        let read = |id| {
            let mut file = vec![0; START];
            file.extend(marked(20).to_le_bytes());
            file.extend(seal(&describe(id, &UNKNOWN)));
            read(&file)
        };
        let (one, two) = (read(1), read(2));
        assert_eq!((one[0].id, two[0].id), (1, 2));
        assert_eq!(one[0].meta.keys.last(), Some(&"recovered"));
        assert!(core::ptr::eq(one[0].meta, two[0].meta));
    }
}
