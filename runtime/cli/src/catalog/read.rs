//! From a file to its catalogue.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::path::Path;

use super::elf;
use super::entry::Entry;
use super::{Catalog, json};
use crate::error::Error;
use crate::show::plural;

pub(super) fn file(path: &Path) -> Result<Catalog, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| Error::Input {
        name: name.clone(),
        act: "read",
        source,
    })?;
    let program = path.file_name();
    let program = program.map_or_else(|| name.clone(), |it| it.to_string_lossy().into_owned());
    of_bytes(&bytes, &name, program)
}

fn of_bytes(bytes: &[u8], name: &str, program: String) -> Result<Catalog, Error> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return json::read(bytes)
            .map_err(|reason| Error::Usage(format!("`{name}` is no catalogue: {reason}")));
    }
    let contents = elf::find(bytes)
        .map_err(|reason| Error::Usage(format!("cannot read `{name}`: {reason}")))?;
    // Codegen units have a copy each of what they share.
    let mut calls: BTreeMap<(&str, Option<&str>), Entry> = BTreeMap::new();
    for found in &contents.found {
        let Some(entry) = Entry::of(found) else {
            continue;
        };
        match calls.entry((found.text, found.machine)) {
            Slot::Occupied(mut known) => known.get_mut().unite(entry),
            Slot::Vacant(free) => {
                free.insert(entry);
            }
        }
    }
    let mut entries: Vec<Entry> = calls.into_values().collect();
    entries.sort_by(|one, other| (one.position(), one.kind).cmp(&(other.position(), other.kind)));
    if entries.is_empty() {
        return Err(Error::NotFound(if contents.foreign > 0 {
            format!("{} in `{name}`, and no others", foreign(contents.foreign))
        } else {
            format!(
                "no call site of storyline is in `{name}`: it does not use it, reaches none, has them in a shared \
                 library, or was built with `STORYLINE_MAX_LEVEL=off`"
            )
        }));
    }
    Ok(Catalog {
        program,
        entries,
        foreign: contents.foreign,
    })
}

/// Why some call sites are not told.
pub(super) fn foreign(count: usize) -> String {
    let sites = plural(count as u64, "call site is", "call sites are");
    format!("{sites} of another version of storyline than this tool")
}

#[cfg(test)]
mod tests {
    use super::super::elf::tests::{Layout, Made, program};
    use super::*;

    const PAID: &str = "eI paid\nvamount\n%by\n@shop\n7\nsrc/shop.rs";

    fn read(entries: &[Made<'_>]) -> Result<Catalog, Error> {
        of_bytes(&program(Layout::USUAL, entries), "shop", "shop".to_owned())
    }

    #[test]
    fn copies_are_one_call_whatever_stands_behind_them() {
        let catalog = read(&[
            Made::of(PAID, &[2, 9]).behind(&[7, 7, 7]),
            Made::of(PAID, &[2, 9]).behind(&[1, 2, 3]),
            Made::of("eI other\n@shop\n8\nsrc/shop.rs", &[]),
            Made::of(PAID, &[0x80 | 9, 9]),
        ])
        .unwrap();
        let names: Vec<_> = catalog.entries.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["paid", "other"]);
        let types: Vec<_> = catalog.entries[0]
            .fields
            .iter()
            .map(|it| &it.types)
            .collect();
        assert_eq!(types, [&["Option<str>", "u64"][..], &["display"]]);
    }

    /// There is room for 64 kinds.
    #[test]
    fn a_value_that_there_was_no_room_for_has_no_type() {
        let catalog = read(&[Made::of("eI a\nvx\nvy\n@m\n1\nf", &[2, 0])]).unwrap();
        let types: Vec<_> = catalog.entries[0]
            .fields
            .iter()
            .map(|it| it.types.len())
            .collect();
        assert_eq!(types, [1, 0]);
    }

    #[test]
    fn what_another_version_has_made_is_told_and_not_read() {
        let foreign = Made::of(PAID, &[2, 9]).version(9);
        let catalog = read(&[Made::of(PAID, &[2, 9]), foreign]).unwrap();
        assert_eq!(catalog.entries.len(), 1);
        let missing = catalog.missing().unwrap();
        assert!(
            missing.starts_with("1 call site is of another version"),
            "{missing}"
        );
        let error = read(&[foreign]).unwrap_err();
        assert_eq!(error.exit_code(), 1);
        assert!(error.to_string().contains("another version"), "{error}");
    }
}
