//! Finds entries in the bytes of an ELF file. Nothing of the file is trusted: every address and length is held
//! against what the file has, and what does not read as an entry is none. However a file is made, the work is
//! bounded by its length.
//!
//! `image` is the file as it is laid out in memory.

mod image;
#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use image::{Image, Span};
use object::Endianness;
use object::elf::{self, FileHeader32, FileHeader64};
use object::read::elf::{FileHeader, ProgramHeader};
use storyline::catalog::{MAGIC, MOST_KINDS};

/// The longest text that an entry may have.
const MAX_TEXT: u64 = 256 * 1024;

/// Entries that share their texts: one call, or one in a generic function for each of its types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) text: &'a str,
    /// The text of the machine, where the entries are those of a step.
    pub(super) machine: Option<&'a str>,
    /// The texts of the structures among the values; empty for one of which nothing is known.
    pub(super) structures: Vec<&'a str>,
    /// For each entry what stands behind it, where the kinds of its values are.
    pub(super) kinds: Vec<&'a [u8]>,
}

/// What a file has.
#[derive(Debug, Default)]
pub(super) struct Contents<'a> {
    pub(super) found: Vec<Found<'a>>,
    /// Entries that another version of the library has made.
    pub(super) foreign: usize,
}

/// Finds all entries; says in words why a file has none that can be read.
pub(super) fn find(file: &[u8]) -> Result<Contents<'_>, String> {
    if file.starts_with(b"!<arch>") {
        return Err("it is not linked yet: give the program or the shared library".to_owned());
    }
    if !file.starts_with(&elf::ELFMAG) {
        return Err(
            "it is no ELF file, as programs of Linux are, and no catalogue in JSON".to_owned(),
        );
    }
    match file.get(4).copied().map(elf::FileClass) {
        Some(elf::ELFCLASS64) => find_in::<FileHeader64<Endianness>>(file),
        Some(elf::ELFCLASS32) => find_in::<FileHeader32<Endianness>>(file),
        _ => Err("it is an ELF file of no known class".to_owned()),
    }
}

fn find_in<E: FileHeader<Endian = Endianness>>(file: &[u8]) -> Result<Contents<'_>, String> {
    let damaged = |error: object::Error| format!("it is a damaged ELF file: {error}");
    let header = E::parse(file).map_err(damaged)?;
    let endian = header.endian().map_err(damaged)?;
    if header.e_type(endian) == elf::ET_REL {
        return Err("it is not linked yet: give the program or the shared library".to_owned());
    }
    let headers = header.program_headers(endian, file).map_err(damaged)?;
    let mut segments = Vec::new();
    for segment in headers {
        if segment.p_type(endian) == elf::PT_LOAD {
            let bytes = segment.data(endian, file).map_err(|()| {
                "it is cut off: a part that is loaded lies behind its end".to_owned()
            })?;
            segments.push((segment.p_vaddr(endian).into(), bytes));
        }
    }
    let all: usize = segments.iter().map(|(_, bytes)| bytes.len()).sum();
    if all > file.len() {
        return Err("it is a damaged ELF file: its parts overlap".to_owned());
    }
    let mut image = Image::new(segments, header.is_class_64(), endian);
    for segment in headers {
        if let Some(entries) = segment.dynamic(endian, file).map_err(damaged)? {
            image.read_moved::<E>(endian, entries)?;
            // A program has one.
            break;
        }
    }
    entries(&image, file.len())
}

/// The places of an entry's texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Texts {
    text: Span,
    machine: Option<Span>,
    structures: Vec<Span>,
    /// Whether another version of the library has made it, which may mean anything by what follows.
    is_foreign: bool,
}

/// Everything that is marked as an entry and has a text.
fn entries<'a>(image: &Image<'a>, most: usize) -> Result<Contents<'a>, String> {
    let mut marked: BTreeMap<Texts, Vec<&[u8]>> = BTreeMap::new();
    for (magic, version) in image.marks(&MAGIC[..3]) {
        if let Some((texts, kinds)) = entry(image, magic, version) {
            marked.entry(texts).or_default().push(kinds);
        }
    }
    // Many calls may take over one structure.
    let structures: BTreeSet<Span> = marked.keys().flat_map(|it| it.structures.clone()).collect();
    let texts = marked.keys().flat_map(|it| [Some(it.text), it.machine]);
    let texts = texts.flatten().chain(structures);
    let all: u64 = texts.map(Span::len).sum();
    if all > most as u64 {
        return Err("it is a damaged ELF file: the texts of its entries overlap".to_owned());
    }
    let mut contents = Contents::default();
    for (texts, kinds) in marked {
        let machine = texts.machine.map(|it| image.text(it));
        match (image.text(texts.text), machine) {
            (None, _) | (_, Some(None)) => {}
            (Some(text), _) if texts.is_foreign => {
                contents.foreign += usize::from(!text.is_empty()) * kinds.len();
            }
            (Some(text), machine) => contents.found.push(Found {
                text,
                machine: machine.flatten(),
                structures: texts
                    .structures
                    .iter()
                    .map(|it| image.text(*it).unwrap_or_default())
                    .collect(),
                kinds,
            }),
        }
    }
    Ok(contents)
}

/// How many structures a text has among its fields: what it says of each is a line that begins with a `g`, and the
/// name that it begins with ends with its line.
fn structures_of(text: &[u8]) -> u64 {
    // Behind the module come a number and a file, which may have any name.
    let lines = text.split(|byte| *byte == b'\n').skip(1);
    let lines = lines.take_while(|line| line.first() != Some(&b'@'));
    lines.filter(|line| line.first() == Some(&b'g')).count() as u64
}

fn entry<'a>(image: &Image<'a>, magic: u64, version: u8) -> Option<(Texts, &'a [u8])> {
    let place = magic.checked_sub(2 * image.word)?;
    let text = image.text_at(place, MAX_TEXT)?;
    let is_foreign = version != MAGIC[3];
    let mut kinds = magic.checked_add(4)?;
    let mut machine = None;
    let mut structures = Vec::new();
    if !is_foreign {
        let count = structures_of(image.bytes(text)?);
        let first = place.checked_sub(count.checked_mul(2 * image.word)?)?;
        for nth in 0..count {
            structures.push(image.text_at(first + nth * 2 * image.word, MAX_TEXT)?);
        }
    }
    if !is_foreign && image.bytes(text)?.starts_with(b"s") {
        let name = kinds.checked_next_multiple_of(image.word)?;
        machine = Some(image.text_at(name, MAX_TEXT)?);
        kinds = name.checked_add(2 * image.word)?;
    }
    let kinds = image.rest(kinds);
    let texts = Texts {
        text,
        machine,
        structures,
        is_foreign,
    };
    Some((texts, &kinds[..kinds.len().min(MOST_KINDS)]))
}
