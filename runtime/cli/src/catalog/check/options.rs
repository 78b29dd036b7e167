//! What else there is to the records of a name: what holds them back or goes along, their message, their target.

use std::collections::BTreeMap;

use super::{Change, Findings, Names, all};
use crate::catalog::Entry;
use crate::catalog::options::is_gate;
use crate::show::plural;

/// Options with which something more is written.
const MORE: [(&str, &str); 2] = [
    ("start", "function_started"),
    ("percentiles", "timing_summary"),
];

pub(super) fn compare(was: &[&Entry], is: &[&Entry], findings: &mut Findings<'_>) {
    for (option, event) in MORE {
        let has = |it: &&Entry| it.options.iter().any(|it| it == option);
        if was.iter().all(&has)
            && let Some(without) = is.iter().find(|it| !has(it))
        {
            findings.broken(format!("no longer writes `{event}`"), without.place());
        }
    }
    let known = all(was, |it| it.options.iter().collect());
    for entry in is {
        for option in entry.options.iter().filter(|it| !known.contains(it)) {
            if option == "err(none)" {
                findings.broken("no longer writes `error`".to_owned(), entry.place());
            } else if is_gate(option) {
                let how = format!("is held back by `{option}`: there may be fewer records");
                findings.note(how, entry.place());
            } else if MORE.iter().all(|(it, _)| it != option) {
                findings.note(format!("has another option: `{option}`"), entry.place());
            }
        }
    }
    let known = all(was, |it| it.template.iter().collect());
    let changed = |it: &&&Entry| it.template.as_ref().is_some_and(|it| !known.contains(it));
    if let Some(entry) = is.iter().find(changed)
        && let (Some(template), Some(before)) = (&entry.template, known.first())
    {
        findings.note(
            format!("says \"{template}\", which was \"{before}\""),
            entry.place(),
        );
    }
}

/// Directives know a call by its target, which is its module unless it has one of its own: one note for all names that
/// have moved from one to another.
pub(super) fn compare_targets(before: &Names<'_>, after: &Names<'_>, notes: &mut Vec<Change>) {
    let mut moved: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
    for (name, was) in before {
        let is = after.get(name).map(Vec::as_slice).unwrap_or_default();
        let known = all(was, |it| it.target.as_deref().into_iter().collect());
        let new = is
            .iter()
            .filter_map(|it| Some((it.target.as_deref()?, *it)))
            .find(|(target, _)| !known.contains(target));
        if let (Some((target, entry)), Some(old)) = (new, known.first()) {
            moved.entry((old, target)).or_default().push(entry);
        }
    }
    for ((old, new), entries) in moved {
        let them = if entries.len() == 1 { "it" } else { "them" };
        let names = plural(entries.len() as u64, "name", "names");
        notes.push(Change {
            what: format!("target {old}"),
            how: format!("is `{new}` for {names}: what says `{old}=..` does not reach {them}"),
            place: entries[0].place(),
        });
    }
}
