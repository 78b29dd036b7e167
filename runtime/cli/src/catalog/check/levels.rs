//! At which level the records of a name are written.

use super::{Findings, all};
use crate::catalog::Entry;

/// The lowest level of each outcome counts: what was always written at WARNING and above is missed when one call
/// site goes below.
pub(super) fn compare(was: &[&Entry], is: &[&Entry], findings: &mut Findings<'_>) {
    for when in all(was, |it| {
        it.levels.iter().map(|level| &level.when).collect()
    }) {
        let of = |it: &Entry| {
            let level = it.levels.iter().find(|it| it.when == *when)?;
            Some(level.level.clone())
        };
        let before = was.iter().filter_map(|it| of(it));
        let Some(Some(lowest)) = before.min_by_key(|it| number(it.as_deref())) else {
            // Known at run time only: nothing was promised.
            continue;
        };
        let of_outcome = if when == "written" {
            String::new()
        } else {
            format!(" of outcome {when}")
        };
        let always = was.iter().all(|it| of(it).is_some());
        for entry in is {
            let now = of(entry);
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
            findings.broken(how, entry.place());
        }
        let after = is.iter().filter_map(|it| Some((of(it)?, it)));
        if let Some((Some(level), entry)) = after.min_by_key(|(it, _)| number(it.as_deref()))
            && number(Some(&level)) > number(Some(&lowest))
        {
            findings.note(
                format!("has the level {level}{of_outcome}, which was {lowest}: alerts may fire"),
                entry.place(),
            );
        }
    }
}

/// What orders levels; one that is known at run time only may be any.
fn number(level: Option<&str>) -> u8 {
    let level = level.and_then(|it| it.parse::<storyline::Level>().ok());
    level.map_or(0, storyline::Level::number)
}
