//! A catalogue held against an older one: what dashboards and alerts rely on and will miss.
//!
//! See [`Comparison`] for what is broken and what is fine. `fields` compares what the records of a name hold,
//! `levels` at which level they are written, `machines` the states between which they lead, `options` what else there
//! is to them.

mod fields;
mod levels;
mod machines;
mod options;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::{Catalog, Entry, Kind};
use crate::error::Error;
use crate::show::{clean, plural};

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about: `event order_paid`.
    pub what: String,
    /// What is not as it was.
    pub how: String,
    /// Where to look: a file and a line, of the older program where nothing is left of it.
    pub place: String,
}

/// What two catalogues say of each other.
///
/// Dashboards and alerts know a record by its name and its fields, so all call sites of one kind and name are taken
/// together, wherever they stand. Broken is
///
/// - a name that is gone, or that is of another kind;
/// - a field that is gone, or that one of the name's call sites lacks though all had it;
/// - a field with a type it did not have, or that may now be missing. For this `u64` and `i64` are one type, `f32`
///   and `f64`, `str` and `display`;
/// - a field that was the same in every record, `dependency`, and has another text;
/// - a lower level, which may fall below what is written or alerted on;
/// - an outcome that is no longer recorded; `function_started`, `timing_summary` or `error` no longer written;
/// - a state of a machine that is gone.
///
/// A structure whose fields are taken over is known by their keys alone: it may have another name, or its members may
/// be listed one by one. Worth a note is what may surprise, though nothing is missing: a call that is now held back, a higher level, another
/// target, another message, another option, a step that a machine no longer takes. What moves to another line or file, and fields and outcomes that are added, is worth
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What others may rely on and will miss.
    pub broken: Vec<Change>,
    /// What may surprise them.
    pub notes: Vec<Change>,
    /// Names that are new, each with the place of its first call site.
    pub added: Vec<(String, String)>,
    /// How many names there were.
    pub known: usize,
}

/// All call sites of a kind and name.
type Names<'a> = BTreeMap<(Kind, &'a str), Vec<&'a Entry>>;

/// Takes what is found out about one name.
struct Findings<'c> {
    what: String,
    comparison: &'c mut Comparison,
}

impl Findings<'_> {
    fn broken(&mut self, how: String, place: String) {
        let change = self.change(how, place);
        self.comparison.broken.push(change);
    }

    fn note(&mut self, how: String, place: String) {
        let change = self.change(how, place);
        self.comparison.notes.push(change);
    }

    fn change(&self, how: String, place: String) -> Change {
        Change {
            what: self.what.clone(),
            how,
            place,
        }
    }
}

impl Comparison {
    /// Holds `new` against `old`.
    pub fn of(old: &Catalog, new: &Catalog) -> Self {
        let (before, after) = (names(old), names(new));
        let added = after.iter().filter(|(it, _)| !before.contains_key(*it));
        let mut comparison = Self {
            known: before.len(),
            added: added
                .map(|((kind, name), sites)| (what(*kind, name), sites[0].place()))
                .collect(),
            ..Self::default()
        };
        for ((kind, name), was) in &before {
            // Nobody knows a structure by its name: the records that take over its fields have their keys.
            if *kind == Kind::Fields {
                continue;
            }
            let mut findings = Findings {
                what: what(*kind, name),
                comparison: &mut comparison,
            };
            if let Some(is) = after.get(&(*kind, *name)) {
                fields::compare(was, is, &mut findings);
                levels::compare(was, is, &mut findings);
                machines::compare(was, is, &mut findings);
                options::compare(was, is, &mut findings);
            } else {
                let how = match became(was[0], &before, &after) {
                    Some(to) => format!("is gone; {to}"),
                    None => "is gone".to_owned(),
                };
                findings.broken(how, format!("was at {}", was[0].place()));
            }
        }
        options::compare_targets(&before, &after, &mut comparison.notes);
        comparison
    }

    /// # Errors
    ///
    /// [`Error::Broken`] when something is, with what to do about it.
    pub fn expect_nothing_broken(&self, advice: String) -> Result<(), Error> {
        match self.broken.len() {
            0 => Ok(()),
            count => Err(Error::Broken { count, advice }),
        }
    }

    /// Writes one line for each thing that is broken, worth a note or new, and one that sums up.
    ///
    /// # Errors
    ///
    /// What the output gives.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (sign, changes) in [("broken", &self.broken), ("note  ", &self.notes)] {
            for Change { what, how, place } in changes {
                let line = format!("{sign}  {what}: {how} ({place})");
                writeln!(out, "{}", clean(&line))?;
            }
        }
        for (what, place) in &self.added {
            let line = format!("new     {what} ({place})");
            writeln!(out, "{}", clean(&line))?;
        }
        let broken = match self.broken.len() as u64 {
            0 => "nothing that others rely on has changed".to_owned(),
            count => plural(count, "thing is broken", "things are broken"),
        };
        let known = plural(self.known as u64, "name", "names");
        let added = self.added.len();
        writeln!(out, "{known} compared, {added} new: {broken}")
    }
}

fn what(kind: Kind, name: &str) -> String {
    format!("{} {name}", kind.name())
}

fn names(catalog: &Catalog) -> Names<'_> {
    let mut names = Names::new();
    for entry in &catalog.entries {
        let name = (entry.kind, entry.name.as_str());
        names.entry(name).or_default().push(entry);
    }
    names
}

/// What has taken the place of a name: one of another kind, or a new one of the same kind in the same module with
/// the same fields.
fn became(was: &Entry, before: &Names<'_>, after: &Names<'_>) -> Option<String> {
    let mut new = after
        .iter()
        .filter(|(of, _)| !before.contains_key(*of))
        .map(|((kind, name), sites)| (*kind, *name, sites));
    if let Some((kind, ..)) = new.clone().find(|(_, name, _)| *name == was.name) {
        return Some(format!("`{}` of this name is new", kind.name()));
    }
    let is_same = |it: &&Entry| it.module == was.module && it.fields == was.fields;
    let mut same = new
        .by_ref()
        .filter(|(kind, _, sites)| *kind == was.kind && sites.iter().any(is_same));
    let (_, name, _) = same.next()?;
    same.next()
        .is_none()
        .then(|| format!("renamed to `{name}`?"))
}

/// What the call sites have, each once.
fn all<'a, T: Ord>(sites: &[&'a Entry], of: impl Fn(&'a Entry) -> Vec<T>) -> BTreeSet<T> {
    sites.iter().copied().flat_map(of).collect()
}
