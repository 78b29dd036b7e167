//! From a file to its catalogue.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::path::Path;

use super::elf::{self, Found};
use super::entry::Entry;
use super::fields::Structures;
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
    let ceiling = ceiling(&contents.found);
    let structures = Structures::of(&contents.found);
    for found in &contents.found {
        let entry = Entry::of(found, &structures);
        let Some(entry) = entry.and_then(|it| it.below(ceiling)) else {
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

/// The lowest level of which records are in the build; zero where all are.
fn ceiling(found: &[Found<'_>]) -> u8 {
    let named = found.iter().filter_map(|it| it.text.strip_prefix('c'));
    let levels = named.map(|name| match name {
        "OFF" => u8::MAX,
        name => name.parse().map_or(0, storyline::Level::number),
    });
    levels.min().unwrap_or(0)
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

    const CARD: &str = "f Card\nvid\nmnumber\n@shop\n9\nsrc/shop.rs";

    fn keys(catalog: &Catalog, name: &str) -> Vec<String> {
        let entry = catalog.entries.iter().find(|it| it.name == name).unwrap();
        let told = |it: &crate::catalog::Field| format!("{} {}", it.key, it.types.join("|"));
        entry.fields.iter().map(told).collect()
    }

    #[test]
    fn what_is_taken_over_has_the_keys_of_the_record() {
        let order = "f Order\nvid\nvnote\n@shop\n10\nsrc/shop.rs";
        let catalog = read(&[
            Made::of(CARD, &[2, 9]),
            Made::of(order, &[9, 9]),
            // What the call names counts, then the later structure; the second may be missing.
            Made::of("eI paid\ng\ng\nvnote\n@shop\n1\nf", &[15, 0x80 | 15, 7])
                .taking(&[CARD, order]),
            // A call in a generic function, of two types.
            Made::of("eI taken\ngof\n@shop\n2\nf", &[15]).taking(&[CARD]),
            Made::of("eI taken\ngof\n@shop\n2\nf", &[15]).taking(&[order]),
        ])
        .unwrap();
        assert_eq!(
            keys(&catalog, "paid"),
            ["number masked", "id Option<str>", "note bool"]
        );
        assert_eq!(
            keys(&catalog, "taken"),
            ["of.id str|u64", "of.number masked", "of.note str"]
        );
        let taken = catalog
            .entries
            .iter()
            .find(|it| it.name == "taken")
            .unwrap();
        assert_eq!(taken.fields[1].of.as_deref(), Some("Card"));
    }

    #[test]
    fn a_structure_of_which_nothing_is_known_is_told_so() {
        let inner = "f Inner\nginner\n@shop\n9\nsrc/shop.rs";
        let entry = |text: &'static str, structure| Made::of(text, &[15]).taking(structure);
        let catalog = read(&[
            entry("eI of_none\ng\n@shop\n1\nf", &[""]),
            entry("eI of_an_event\ngcard\n@shop\n2\nf", &[PAID]),
            // No compiler makes one that holds itself.
            entry(inner, &[inner]),
            entry("eI of_itself\ng\n@shop\n3\nf", &[inner]),
        ])
        .unwrap();
        assert_eq!(keys(&catalog, "of_none"), [".. fields"]);
        assert_eq!(keys(&catalog, "of_an_event"), ["card.* fields"]);
        assert_eq!(keys(&catalog, "of_itself").len(), 1);
    }

    /// Each structure that holds another one twice doubles what there is to tell.
    #[test]
    fn what_would_take_for_ever_is_not_told() {
        let texts: Vec<String> = (0..8)
            .map(|nth| format!("f S{nth}\nga\ngb\ngc\ngd\nge\ngf\nvx\n@shop\n{nth}\nf"))
            .collect();
        let holds: Vec<[&str; 6]> = (0..8)
            .map(|nth| [texts.get(nth + 1).map_or("", |it| it); 6])
            .collect();
        let mut all: Vec<Made<'_>> = texts
            .iter()
            .zip(&holds)
            .map(|(text, holds)| Made::of(text, &[15, 15, 15, 15, 15, 15, 2]).taking(holds))
            .collect();
        let first = [&*texts[0]];
        all.push(Made::of("eI doubled\ng\n@shop\n99\nf", &[15]).taking(&first));
        assert!(keys(&read(&all).unwrap(), "doubled").len() <= 1_000);
    }

    #[test]
    fn what_is_above_the_ceiling_is_not_told() {
        let all = [
            Made::of("eD left_out\n@m\n1\nf", &[]),
            Made::of("eI kept\n@m\n2\nf", &[]),
            Made::of("e- of_any_level\n@m\n3\nf", &[]),
            Made::of("tDEE-- charge\n@m\n4\nf", &[2]),
            Made::of(CARD, &[2, 9]),
            Made::of("cINFO", &[]),
        ];
        let names = |catalog: Catalog| -> Vec<String> {
            let entries = catalog.entries.into_iter();
            entries
                .map(|it| format!("{} {}", it.name, it.levels.len()))
                .collect()
        };
        let told = names(read(&all).unwrap());
        assert_eq!(told, ["kept 1", "of_any_level 1", "charge 2", "Card 0"]);
        let off = [&all[..5], &[Made::of("cOFF", &[])]].concat();
        assert_eq!(names(read(&off).unwrap()), ["Card 0"]);
        let told = names(read(&all[..5]).unwrap());
        assert_eq!(told[0], "left_out 1");
        assert_eq!(told[3], "charge 3");
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
