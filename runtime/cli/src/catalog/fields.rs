//! The fields of a call. What it takes over from a structure is told as the record has it: by the keys that the
//! structure's own site knows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use storyline::catalog::{self, Captured, Outline, SiteKind};

use super::elf::Found;

/// A field of a call site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Field {
    /// What the record calls it.
    pub key: String,
    /// Its type or its capture. Several where the call stands in a generic function; none where nobody can say.
    pub types: Vec<String>,
    /// The structure that it is taken over from, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// So many fields of structures are told of a call. More are no call's: nothing of a file is trusted.
const MOST: usize = 1_000;

/// So deep may structures lie in each other.
const DEEPEST: usize = 8;

/// The structures of a program, by the texts of their sites.
pub(super) struct Structures<'a>(BTreeMap<&'a str, (Outline<'a>, Vec<&'a Found<'a>>)>);

impl<'a> Structures<'a> {
    pub(super) fn of(found: &'a [Found<'a>]) -> Self {
        let mut known: BTreeMap<&str, (Outline<'_>, Vec<&Found<'_>>)> = BTreeMap::new();
        for found in found.iter().filter(|it| it.text.starts_with('f')) {
            if let Some((_, all)) = known.get_mut(found.text) {
                all.push(found);
            } else if let Some(outline) = Outline::read(found.text)
                && outline.kind == SiteKind::Fields
            {
                known.insert(found.text, (outline, vec![found]));
            }
        }
        Self(known)
    }

    /// The fields of a call in their order, each key once as in its record: what the call names itself counts, then the
    /// later structure.
    pub(super) fn fields(&self, outline: &Outline<'_>, found: &[&Found<'_>]) -> Vec<Field> {
        let mut left = MOST;
        let all = self.all(outline, found, DEEPEST, &mut left);
        let own: BTreeSet<&str> = all
            .iter()
            .filter(|it| it.of.is_none())
            .map(|it| &*it.key)
            .collect();
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, field) in all.iter().enumerate() {
            if field.of.is_some() {
                last.insert(&field.key, place);
            }
        }
        let counts = |(place, field): &(usize, &Field)| {
            field.of.is_none() || !own.contains(&*field.key) && last[&*field.key] == *place
        };
        let all = all.iter().enumerate().filter(counts);
        all.map(|(_, field)| field.clone()).collect()
    }

    fn all(
        &self,
        outline: &Outline<'_>,
        found: &[&Found<'_>],
        depth: usize,
        left: &mut usize,
    ) -> Vec<Field> {
        let before = outline.kinds_before();
        let mut all = Vec::new();
        let mut structures = 0;
        for (nth, (captured, key)) in outline.fields.iter().enumerate() {
            let kinds = found.iter().flat_map(|it| &it.kinds);
            let kinds = kinds.filter_map(|it| it.get(before + nth));
            let kinds: BTreeSet<u8> = kinds.copied().collect();
            if *captured == Captured::Group {
                all.extend(self.taken_over(key, structures, &kinds, found, depth, left));
                structures += 1;
            } else {
                all.push(single(*captured, key, kinds));
            }
        }
        all
    }

    /// The fields of the structure with this number among those of a call.
    fn taken_over(
        &self,
        prefix: &str,
        nth: usize,
        kinds: &BTreeSet<u8>,
        found: &[&Found<'_>],
        depth: usize,
        left: &mut usize,
    ) -> Vec<Field> {
        let texts = found.iter().filter_map(|it| it.structures.get(nth));
        let texts: BTreeSet<&str> = texts.copied().collect();
        let known: Vec<_> = texts.iter().filter_map(|it| self.0.get(it)).collect();
        if known.is_empty() || known.len() < texts.len() || depth == 0 || *left == 0 {
            return vec![unknown(prefix)];
        }
        let may_be_missing = kinds.iter().any(|it| is_optional(*it));
        let mut all: Vec<Field> = Vec::new();
        for (outline, found) in known {
            for mut field in self.all(outline, found, depth - 1, left) {
                if *left == 0 {
                    return vec![unknown(prefix)];
                }
                *left -= 1;
                if !prefix.is_empty() {
                    field.key = format!("{prefix}.{}", field.key);
                }
                if may_be_missing {
                    field.types = field.types.iter().map(|it| optional(it)).collect();
                }
                field.of.get_or_insert_with(|| outline.name.to_string());
                all.push(field);
            }
        }
        let mut once = Vec::new();
        unite(&mut once, all);
        once
    }
}

/// Adds more fields of the same call; one that is there takes over the types.
pub(super) fn unite(fields: &mut Vec<Field>, more: Vec<Field>) {
    for field in more {
        match fields.iter_mut().find(|it| it.key == field.key) {
            Some(known) => {
                known.types.extend(field.types);
                known.types.sort();
                known.types.dedup();
            }
            None => fields.push(field),
        }
    }
}

/// Whether a field stands for those of a structure of which nothing is known, and what is in front of their keys.
pub(super) fn prefix_of_unknown(field: &Field) -> Option<&str> {
    let is_unknown = field.types.iter().map(String::as_str).eq(["fields"]);
    let prefix = match field.key.as_str() {
        ".." => "",
        key => key.strip_suffix('*')?,
    };
    is_unknown.then_some(prefix)
}

fn unknown(prefix: &str) -> Field {
    Field {
        key: if prefix.is_empty() {
            "..".to_owned()
        } else {
            format!("{prefix}.*")
        },
        types: vec!["fields".to_owned()],
        of: None,
    }
}

fn single(captured: Captured, key: &str, kinds: BTreeSet<u8>) -> Field {
    let mut types: Vec<String> = match word_of(captured) {
        Some(word) => vec![word.to_owned()],
        None => kinds.into_iter().filter_map(type_of).collect(),
    };
    types.sort();
    Field {
        key: key.to_owned(),
        types,
        of: None,
    }
}

/// What a capture makes of any value.
fn word_of(captured: Captured) -> Option<&'static str> {
    Some(match captured {
        Captured::Typed | Captured::Revealed => return None,
        Captured::Display => "display",
        Captured::Debug => "debug",
        Captured::Serde => "json",
        Captured::Error => "error",
        Captured::Redacted => "redacted",
        Captured::Masked => "masked",
        Captured::Hashed => "hashed",
        Captured::Group => "fields",
    })
}

/// What a byte of kinds says; nothing where the call has more values than an entry has room for.
fn type_of(kind: u8) -> Option<String> {
    let (kind, is_optional) = catalog::Kind::from_byte(kind)?;
    if kind == catalog::Kind::Absent {
        return None;
    }
    let name = kind.name();
    Some(if is_optional {
        optional(name)
    } else {
        name.to_owned()
    })
}

fn is_optional(kind: u8) -> bool {
    catalog::Kind::from_byte(kind).is_some_and(|(_, is_optional)| is_optional)
}

fn optional(name: &str) -> String {
    if name.starts_with("Option<") {
        name.to_owned()
    } else {
        format!("Option<{name}>")
    }
}
