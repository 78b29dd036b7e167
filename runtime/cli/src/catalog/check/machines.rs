//! Between which states the steps of a name lead.

use super::{Findings, all};
use crate::catalog::Entry;

/// What `from` and `to` hold is what others look for.
pub(super) fn compare(was: &[&Entry], is: &[&Entry], findings: &mut Findings<'_>) {
    let Some(entry) = is.iter().find(|it| !it.states.is_empty()) else {
        return;
    };
    let names = |sites| {
        all(sites, |it| {
            it.states.iter().map(|state| &state.name).collect()
        })
    };
    let now = names(is);
    for name in names(was).difference(&now) {
        findings.broken(format!("no longer has the state `{name}`"), entry.place());
    }
    let edges = |sites| {
        all(sites, |it| {
            let states = it.states.iter();
            let edges = states.flat_map(|state| state.to.iter().map(|to| (&state.name, to)));
            edges.collect()
        })
    };
    for (from, to) in edges(was).difference(&edges(is)) {
        if now.contains(from) && now.contains(to) {
            findings.note(
                format!("no longer goes from `{from}` to `{to}`"),
                entry.place(),
            );
        }
    }
}
