//! Finds entries in the bytes of an ELF file. Nothing of the file is trusted: every address and length is held
//! against what the file has, and what does not read as an entry is none.

use std::collections::BTreeMap;

use object::Endianness;
use object::elf::{self, FileHeader32, FileHeader64};
use object::read::elf::{Dyn, FileHeader, ProgramHeader, Rela};
use storyline::catalog::MAGIC;

/// The longest text that an entry may have.
const MAX_TEXT: u64 = 256 * 1024;

/// The most kinds that an entry may have.
const MAX_KINDS: usize = 1024;

/// An entry as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) text: String,
    /// The name of the machine, where the entry is one of a step.
    pub(super) machine: Option<String>,
    /// What stands behind, up to the longest that it could be.
    pub(super) kinds: Vec<u8>,
}

/// What a file has.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) found: Vec<Found>,
    /// Entries that another version of the library has made.
    pub(super) foreign: usize,
}

/// Finds all entries; says in words why a file has none that can be read.
pub(super) fn find(file: &[u8]) -> Result<Contents, String> {
    if !file.starts_with(&elf::ELFMAG) {
        return Err("it is no ELF file".to_owned());
    }
    match file.get(4).copied().map(elf::FileClass) {
        Some(elf::ELFCLASS64) => find_in::<FileHeader64<Endianness>>(file),
        Some(elf::ELFCLASS32) => find_in::<FileHeader32<Endianness>>(file),
        _ => Err("it is an ELF file of no known class".to_owned()),
    }
}

fn find_in<E: FileHeader<Endian = Endianness>>(file: &[u8]) -> Result<Contents, String> {
    let damaged = |error: object::Error| format!("it is a damaged ELF file: {error}");
    let header = E::parse(file).map_err(damaged)?;
    let endian = header.endian().map_err(damaged)?;
    if header.e_type(endian) == elf::ET_REL {
        return Err("it is not linked yet: give the program or the shared library".to_owned());
    }
    let mut image = Image {
        segments: Vec::new(),
        moved: BTreeMap::new(),
        word: if header.is_class_64() { 8 } else { 4 },
        is_little: endian == Endianness::Little,
    };
    let headers = header.program_headers(endian, file).map_err(damaged)?;
    let mut all = 0;
    for segment in headers {
        if segment.p_type(endian) != elf::PT_LOAD {
            continue;
        }
        let bytes = segment
            .data(endian, file)
            .map_err(|()| "it is cut off: a part that is loaded lies behind its end".to_owned())?;
        all += bytes.len();
        if all > file.len() {
            return Err("it is a damaged ELF file: its parts overlap".to_owned());
        }
        image.segments.push((segment.p_vaddr(endian).into(), bytes));
    }
    for segment in headers {
        if let Some(entries) = segment.dynamic(endian, file).map_err(damaged)? {
            image.read_moved::<E>(endian, entries)?;
        }
    }
    Ok(image.entries())
}

/// The program as it is laid out in memory, at the address zero.
struct Image<'a> {
    segments: Vec<(u64, &'a [u8])>,
    /// Words that the loader sets, by their address. Others hold what stands in the file: those of a program at
    /// a fixed address, and those whose value stands in its own place (REL and RELR).
    moved: BTreeMap<u64, u64>,
    word: u64,
    is_little: bool,
}

impl<'a> Image<'a> {
    fn read_moved<E: FileHeader<Endian = Endianness>>(
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
        let bytes = self.bytes(address, len).ok_or_else(cut)?;
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

    fn bytes(&self, address: u64, len: u64) -> Option<&'a [u8]> {
        self.segments.iter().find_map(|(start, bytes)| {
            let from = usize::try_from(address.checked_sub(*start)?).ok()?;
            let to = from.checked_add(usize::try_from(len).ok()?)?;
            bytes.get(from..to)
        })
    }

    /// What stands there, to the end of its part.
    fn rest(&self, address: u64) -> &'a [u8] {
        let rest = self.segments.iter().find_map(|(start, bytes)| {
            bytes.get(usize::try_from(address.checked_sub(*start)?).ok()?..)
        });
        rest.unwrap_or_default()
    }

    fn word(&self, address: u64) -> Option<u64> {
        let bytes = self.bytes(address, self.word)?;
        let read = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, read)
        } else {
            bytes.iter().fold(0, read)
        })
    }

    fn address(&self, at: u64) -> Option<u64> {
        self.moved.get(&at).copied().or_else(|| self.word(at))
    }

    /// A `&str` that stands at this address.
    fn text(&self, at: u64) -> Option<&'a str> {
        let len = self.word(at.checked_add(self.word)?)?;
        if len > MAX_TEXT {
            return None;
        }
        std::str::from_utf8(self.bytes(self.address(at)?, len)?).ok()
    }

    fn entries(&self) -> Contents {
        let mut contents = Contents::default();
        for (start, bytes) in &self.segments {
            for at in memchr::memmem::find_iter(bytes, &MAGIC[..3]) {
                let Some(magic) = start.checked_add(at as u64) else {
                    continue;
                };
                if magic % self.word == 0
                    && let Some(text) = magic
                        .checked_sub(2 * self.word)
                        .and_then(|it| self.text(it))
                {
                    if bytes.get(at + 3) == Some(&MAGIC[3]) {
                        contents.found.extend(self.entry(magic, text));
                    } else if !text.is_empty() {
                        contents.foreign += 1;
                    }
                }
            }
        }
        contents
    }

    fn entry(&self, magic: u64, text: &str) -> Option<Found> {
        let mut kinds = magic.checked_add(4)?;
        let mut machine = None;
        if text.starts_with('s') {
            let name = magic.checked_add(4)?.next_multiple_of(self.word);
            machine = Some(self.text(name)?.to_owned());
            kinds = name.checked_add(2 * self.word)?;
        }
        let kinds = self.rest(kinds);
        Some(Found {
            text: text.to_owned(),
            machine,
            kinds: kinds[..kinds.len().min(MAX_KINDS)].to_vec(),
        })
    }
}
