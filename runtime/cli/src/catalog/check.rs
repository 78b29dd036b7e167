//! A catalogue held against an older one: what dashboards and alerts rely on and will miss.
//!
//! See [`Comparison`] for what is broken and what is fine.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::render::types;
use super::{Catalog, Entry, Kind};
use crate::error::Error;
use crate::show::{clean, plural};

/// One thing that is no longer as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What it is about: `event order_paid`.
    pub what: String,
    /// What is no longer as it was.
    pub how: String,
    /// Where to look: a file and a line, of the older program where nothing is left of it.
    pub place: String,
}

/// What two catalogues say of each other.
///
/// Dashboards and alerts know a record by its name and its fields, so all call sites of one kind and name are taken
/// together. Broken is a name that is gone; a field that is gone, or that one of the name's call sites lacks though
/// all had it; a field with a type it did not have; a lower level, or an outcome that is no longer recorded. Whatever
/// is added, moved, raised, held back or said in other words is fine: a lowered level may fall below what is written
/// or alerted on, a raised one does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What others may rely on and will miss.
    pub broken: Vec<Broken>,
    /// How many names are new.
    pub added: usize,
    /// How many names there were.
    pub known: usize,
}

/// All call sites of a kind and name.
type Names<'a> = BTreeMap<(Kind, &'a str), Vec<&'a Entry>>;

impl Comparison {
    /// Holds `new` against `old`.
    pub fn of(old: &Catalog, new: &Catalog) -> Self {
        let (before, after) = (names(old), names(new));
        let mut comparison = Self {
            known: before.len(),
            added: after.keys().filter(|it| !before.contains_key(*it)).count(),
            broken: Vec::new(),
        };
        for ((kind, name), was) in &before {
            let what = format!("{} {name}", kind.name());
            let mut broken = |how, place| {
                comparison.broken.push(Broken {
                    what: what.clone(),
                    how,
                    place,
                });
            };
            let Some(is) = after.get(&(*kind, *name)) else {
                let how = match renamed(was[0], &before, &after) {
                    Some(to) => format!("is gone; renamed to `{to}`?"),
                    None => "is gone".to_owned(),
                };
                broken(how, format!("was at {}", was[0].place()));
                continue;
            };
            compare_fields(was, is, &mut broken);
            compare_levels(was, is, &mut broken);
        }
        comparison
    }

    /// # Errors
    ///
    /// [`Error::Broken`] when something is.
    pub fn expect_nothing_broken(&self) -> Result<(), Error> {
        match self.broken.len() {
            0 => Ok(()),
            count => Err(Error::Broken(count)),
        }
    }

    /// Writes one line for each thing that is broken, and one that sums up.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for Broken { what, how, place } in &self.broken {
            let line = format!("{what}: {how} ({place})");
            writeln!(out, "{}", clean(&line))?;
        }
        let broken = match self.broken.len() as u64 {
            0 => "nothing that others rely on has changed".to_owned(),
            count => plural(count, "thing is broken", "things are broken"),
        };
        let known = plural(self.known as u64, "name", "names");
        writeln!(out, "{known} compared, {} new: {broken}", self.added)
    }
}

fn names(catalog: &Catalog) -> Names<'_> {
    let mut names = Names::new();
    for entry in &catalog.entries {
        let name = (entry.kind, entry.name.as_str());
        names.entry(name).or_default().push(entry);
    }
    names
}

/// A new name of the same kind in the same module, with the same fields.
fn renamed<'a>(was: &Entry, before: &Names<'_>, after: &Names<'a>) -> Option<&'a str> {
    let is_same = |it: &&Entry| it.module == was.module && it.fields == was.fields;
    let mut new = after.iter().filter(|((kind, name), entries)| {
        *kind == was.kind && !before.contains_key(&(*kind, *name)) && entries.iter().any(is_same)
    });
    let ((_, name), _) = new.next()?;
    new.next().is_none().then_some(name)
}

/// A field that all of them have is relied on in all of them.
fn compare_fields(was: &[&Entry], is: &[&Entry], broken: &mut impl FnMut(String, String)) {
    let keys: BTreeSet<&str> = was.iter().flat_map(|it| keys(it)).collect();
    for key in keys {
        let lacks = |it: &&&Entry| !keys_has(it, key);
        if is.iter().all(|it| !keys_has(it, key)) {
            broken(format!("has lost the field `{key}`"), is[0].place());
            continue;
        }
        if !was.iter().any(|it| !keys_has(it, key))
            && let Some(without) = is.iter().find(lacks)
        {
            broken(
                format!("is written without the field `{key}`, which it always had"),
                without.place(),
            );
        }
        let known: BTreeSet<&str> = was.iter().flat_map(|it| types_of(it, key)).collect();
        for entry in is {
            let other: Vec<String> = types_of(entry, key)
                .filter(|it| !known.contains(it))
                .map(str::to_owned)
                .collect();
            if !other.is_empty() && !known.is_empty() {
                let known: Vec<String> = known.iter().map(|it| (*it).to_owned()).collect();
                let (before, now) = (types(&known), types(&other));
                broken(
                    format!("has the field `{key}` as {now}, which was {before}"),
                    entry.place(),
                );
            }
        }
    }
}

fn keys(entry: &Entry) -> impl Iterator<Item = &str> {
    let fields = entry.fields.iter().map(|it| it.key.as_str());
    fields.chain(entry.constants.iter().map(|(key, _)| key.as_str()))
}

fn keys_has(entry: &Entry, key: &str) -> bool {
    keys(entry).any(|it| it == key)
}

fn types_of<'a>(entry: &'a Entry, key: &str) -> impl Iterator<Item = &'a str> {
    let fields = entry.fields.iter().filter(move |it| it.key == key);
    let fields = fields.flat_map(|it| it.types.iter().map(String::as_str));
    let constants = entry.constants.iter().filter(move |(of, _)| of == key);
    fields.chain(constants.map(|_| "str"))
}

/// The lowest level of each outcome counts: what was always written at WARNING and above is missed when one call
/// site goes below.
fn compare_levels(was: &[&Entry], is: &[&Entry], broken: &mut impl FnMut(String, String)) {
    let outcomes: BTreeSet<&str> = was
        .iter()
        .flat_map(|it| it.levels.iter().map(|level| level.when.as_str()))
        .collect();
    for when in outcomes {
        let of = |it: &Entry| {
            let level = it.levels.iter().find(|it| it.when == when)?;
            Some(level.level.as_deref().map(str::to_owned))
        };
        let Some(Some(lowest)) = was
            .iter()
            .filter_map(|it| of(it))
            .min_by_key(|it| number(it.as_deref()))
        else {
            // Known at run time only: nothing was promised.
            continue;
        };
        let always = was.iter().all(|it| of(it).is_some());
        for entry in is {
            let now = of(entry);
            let of_outcome = if when == "written" {
                String::new()
            } else {
                format!(" of outcome {when}")
            };
            let how = match &now {
                None if always => format!("is no longer recorded for outcome {when}"),
                Some(None) => format!(
                    "has a level{of_outcome} known at run time only, which was at least {lowest}"
                ),
                Some(Some(level)) if number(Some(level)) < number(Some(&lowest)) => {
                    format!("has the level {level}{of_outcome}, which was at least {lowest}")
                }
                _ => continue,
            };
            broken(how, entry.place());
        }
    }
}

/// What orders levels; one that is known at run time only may be any.
fn number(level: Option<&str>) -> u8 {
    let level = level.and_then(|it| it.parse::<storyline::Level>().ok());
    level.map_or(0, storyline::Level::number)
}
