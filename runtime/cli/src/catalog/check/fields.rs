//! What the records of a name hold.

use std::collections::BTreeSet;

use super::{Findings, all};
use crate::catalog::Entry;
use crate::catalog::fields::prefix_of_unknown;
use crate::catalog::render::types;

/// A field that all of them have is relied on in all of them.
pub(super) fn compare(was: &[&Entry], is: &[&Entry], findings: &mut Findings<'_>) {
    for key in all(was, |it| keys(it).collect()) {
        let has = |it: &&Entry| may_have(it, key);
        if !is.iter().any(&has) {
            findings.broken(format!("has lost the field `{key}`"), is[0].place());
            continue;
        }
        if was.iter().all(|it| keys(it).any(|other| other == key))
            && let Some(without) = is.iter().find(|it| !has(it))
        {
            findings.broken(
                format!("is written without the field `{key}`, which it always had"),
                without.place(),
            );
        }
        compare_texts(key, was, is, findings);
        let known = all(was, |it| types_of(it, key).collect());
        if known.is_empty() {
            continue;
        }
        for entry in is {
            let other: Vec<String> = types_of(entry, key)
                .filter(|it| !is_among(it, &known))
                .map(str::to_owned)
                .collect();
            if !other.is_empty() {
                let known: Vec<String> = known.iter().map(|it| (*it).to_owned()).collect();
                let (before, now) = (types(&known), types(&other));
                findings.broken(
                    format!("has the field `{key}` as {now}, which was {before}"),
                    entry.place(),
                );
            }
        }
    }
}

/// What was the same in every record is what others look for.
fn compare_texts(key: &str, was: &[&Entry], is: &[&Entry], findings: &mut Findings<'_>) {
    let texts = |it: &'_ Entry| -> Vec<String> {
        let constants = it.constants.iter().filter(|(of, _)| of == key);
        constants.map(|(_, text)| text.clone()).collect()
    };
    let known: BTreeSet<String> = was.iter().flat_map(|it| texts(it)).collect();
    for entry in is {
        for text in texts(entry) {
            if !known.is_empty() && !known.contains(&text) {
                let known: Vec<String> = known.iter().cloned().collect();
                findings.broken(
                    format!("has `{key}={text}`, which was `{}`", types(&known)),
                    entry.place(),
                );
            }
        }
    }
}

/// Whether a call writes a field, as far as can be seen: it may be one of a structure of which nothing is known.
fn may_have(entry: &Entry, key: &str) -> bool {
    let mut unknown = entry.fields.iter().filter_map(prefix_of_unknown);
    keys(entry).any(|other| other == key) || unknown.any(|prefix| key.starts_with(prefix))
}

fn keys(entry: &Entry) -> impl Iterator<Item = &str> {
    let fields = entry.fields.iter();
    let fields = fields.filter(|it| prefix_of_unknown(it).is_none());
    let fields = fields.map(|it| it.key.as_str());
    fields.chain(entry.constants.iter().map(|(key, _)| key.as_str()))
}

fn types_of<'a>(entry: &'a Entry, key: &str) -> impl Iterator<Item = &'a str> {
    let fields = entry.fields.iter().filter(move |it| it.key == key);
    let fields = fields.flat_map(|it| it.types.iter().map(String::as_str));
    let constants = entry.constants.iter().filter(move |(of, _)| of == key);
    fields.chain(constants.map(|_| "str"))
}

/// Whether who knows these types can read this one: what may be missing is new where nothing was.
fn is_among(new: &str, known: &BTreeSet<&str>) -> bool {
    let (new, is_optional) = read_as(new);
    let same = known
        .iter()
        .map(|it| read_as(it))
        .filter(|(it, _)| *it == new);
    let mut same = same.map(|(_, it)| it);
    if is_optional {
        same.any(|it| it)
    } else {
        same.next().is_some()
    }
}

/// What stands in the record, and whether it may be missing: the text of a value does not tell these types apart.
fn read_as(name: &str) -> (&str, bool) {
    let inner = name
        .strip_prefix("Option<")
        .and_then(|it| it.strip_suffix('>'));
    let word = match inner.unwrap_or(name) {
        "u64" => "i64",
        "f32" => "f64",
        "display" => "str",
        other => other,
    };
    (word, inner.is_some())
}
