//! A program as it is laid out in memory, at the address zero.

use std::collections::BTreeMap;

use object::Endianness;
use object::elf;
use object::read::elf::{Dyn, FileHeader, Rela};

/// Bytes that have an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    address: u64,
    len: u64,
}

impl Span {
    pub(super) fn len(self) -> u64 {
        self.len
    }
}

/// The parts that are loaded, with what the loader changes in them.
pub(super) struct Image<'a> {
    /// In the order of their addresses, none of them empty.
    segments: Vec<(u64, &'a [u8])>,
    /// Words that the loader sets, by their address. Others hold what stands in the file: those of a program at
    /// a fixed address, and those whose value stands in its own place (REL and RELR).
    moved: BTreeMap<u64, u64>,
    /// Bytes of an address.
    pub(super) word: u64,
    is_little: bool,
}

impl<'a> Image<'a> {
    pub(super) fn new(mut segments: Vec<(u64, &'a [u8])>, is_64: bool, endian: Endianness) -> Self {
        segments.retain(|(_, bytes)| !bytes.is_empty());
        segments.sort_by_key(|(start, _)| *start);
        Self {
            segments,
            moved: BTreeMap::new(),
            word: if is_64 { 8 } else { 4 },
            is_little: endian == Endianness::Little,
        }
    }

    /// Takes in the relocations that a dynamic section names.
    pub(super) fn read_moved<E: FileHeader<Endian = Endianness>>(
        &mut self,
        endian: Endianness,
        dynamic: &[E::Dyn],
    ) -> Result<(), String> {
        let value = |tag: elf::DynamicTag| {
            let mut entries = dynamic.iter();
            let entry = entries.find(|entry| entry.d_tag(endian) == tag);
            entry.map(|entry| entry.d_val(endian).into())
        };
        let (Some(address), Some(len)) = (value(elf::DT_RELA), value(elf::DT_RELASZ)) else {
            return Ok(());
        };
        let cut = || "it is a damaged ELF file: its relocations are not in it".to_owned();
        let bytes = self.bytes(Span { address, len }).ok_or_else(cut)?;
        let count = bytes.len() / size_of::<E::Rela>();
        let (all, _) = object::slice_from_bytes::<E::Rela>(bytes, count).map_err(|()| cut())?;
        for relocation in all {
            // What depends on no symbol depends on the address of the program alone.
            if relocation.r_sym(endian, false) == 0 {
                let addend: i64 = relocation.r_addend(endian).into();
                let at: u64 = relocation.r_offset(endian).into();
                self.moved.insert(at, addend.cast_unsigned());
            }
        }
        Ok(())
    }

    /// Where these bytes stand at the start of a word, and the byte behind them.
    pub(super) fn marks(&self, bytes: &[u8]) -> Vec<(u64, u8)> {
        let mut marks = Vec::new();
        for (start, segment) in &self.segments {
            for at in memchr::memmem::find_iter(segment, bytes) {
                if let (Some(address), Some(behind)) =
                    (start.checked_add(at as u64), segment.get(at + bytes.len()))
                    && address % self.word == 0
                {
                    marks.push((address, *behind));
                }
            }
        }
        marks
    }

    pub(super) fn bytes(&self, span: Span) -> Option<&'a [u8]> {
        self.rest(span.address)
            .get(..usize::try_from(span.len).ok()?)
    }

    /// What stands there, to the end of its part.
    pub(super) fn rest(&self, address: u64) -> &'a [u8] {
        let behind = self
            .segments
            .partition_point(|(start, _)| *start <= address);
        let Some((start, bytes)) = behind.checked_sub(1).map(|it| self.segments[it]) else {
            return &[];
        };
        let from = usize::try_from(address - start).ok();
        from.and_then(|it| bytes.get(it..)).unwrap_or_default()
    }

    fn word_at(&self, address: u64) -> Option<u64> {
        let len = self.word;
        let bytes = self.bytes(Span { address, len })?;
        let read = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, read)
        } else {
            bytes.iter().fold(0, read)
        })
    }

    /// The place of the text whose `&str` stands at this address.
    pub(super) fn text_at(&self, at: u64, most: u64) -> Option<Span> {
        let len = self.word_at(at.checked_add(self.word)?)?;
        let address = self.moved.get(&at).copied().or_else(|| self.word_at(at))?;
        let span = Span { address, len };
        (len <= most && self.bytes(span).is_some()).then_some(span)
    }

    pub(super) fn text(&self, span: Span) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(span)?).ok()
    }
}
