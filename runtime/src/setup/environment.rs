//! What the environment says: directives. Our own variable first; then the one that everybody's
//! deployment sets already.

use std::ffi::OsString;

use super::SetupError;
use crate::filter::{BareWord, Filter, Skipped};
use crate::level::Level;
use crate::own::{emit_if_wanted, own_site};
use crate::value::capture;

const OURS: &str = "STORYLINE_LOG";

/// Everybody's: it may not have been written for us, so it never stops a start.
const THEIRS: &str = "RUST_LOG";

/// What the environment says.
#[derive(Debug, Default)]
pub(super) struct Directives {
    /// Nothing, if it says nothing that could be read.
    pub(super) filter: Option<Filter>,
    skipped: Vec<Skipped>,
}

/// The directives of the environment, if it has any.
pub(super) fn directives(
    variable: impl Fn(&str) -> Option<OsString>,
    level: Level,
) -> Result<Directives, SetupError> {
    let variable = |name| variable(name).filter(|text| !text.is_empty());
    if let Some(text) = variable(OURS) {
        let text = text
            .into_string()
            .map_err(|text| SetupError::variable_not_text(OURS, &text))?;
        let filter = Filter::parse(&text, level.number(), BareWord::Refused)
            .map_err(|error| SetupError::variable(OURS, error))?;
        return Ok(Directives {
            filter: Some(filter),
            skipped: Vec::new(),
        });
    }
    let (filter, skipped) = match variable(THEIRS).map(OsString::into_string) {
        None => (None, Vec::new()),
        Some(Ok(text)) => Filter::parse_foreign(&text, level.number()),
        Some(Err(text)) => {
            let skipped = Skipped {
                part: text.to_string_lossy().into_owned(),
                reason: "not valid UTF-8".to_owned(),
            };
            (None, vec![skipped])
        }
    };
    Ok(Directives { filter, skipped })
}

impl Directives {
    /// Logs what was left out, once there is a log.
    pub(super) fn report(&self) {
        let site = own_site!(
            "storyline::setup",
            "directive_skipped",
            ["variable", "part", "reason"]
        );
        for Skipped { part, reason } in &self.skipped {
            emit_if_wanted(site, Level::Warning, || {
                (capture(THEIRS), (capture(part), (capture(reason), ())))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<Directives, SetupError> {
        let set: Vec<_> = set
            .iter()
            .map(|&(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        directives(
            |asked| {
                set.iter()
                    .find(|(name, _)| name == asked)
                    .map(|(_, text)| text.into())
            },
            Level::Info,
        )
    }

    #[test]
    fn our_own_variable_comes_first_and_an_empty_one_says_nothing() {
        let both = read(&[("STORYLINE_LOG", "error"), ("RUST_LOG", "trace")]);
        assert_eq!(
            both.expect("good").filter.expect("set").threshold("x"),
            Level::Error.number()
        );
        let only = read(&[("STORYLINE_LOG", ""), ("RUST_LOG", "my_app")]);
        let only = only.expect("good").filter.expect("set");
        assert_eq!(only.threshold("my_app"), Level::Trace.number());
        assert_eq!(only.threshold("x"), Level::Info.number());
        let none = read(&[]).expect("nothing to misread");
        assert!(none.filter.is_none() && none.skipped.is_empty());
    }

    #[test]
    fn a_bad_one_is_named() {
        let error = read(&[("STORYLINE_LOG", "info,x=lod")]).expect_err("bad");
        let text = error.to_string();
        assert!(
            text.contains("`STORYLINE_LOG`") && text.contains("`lod` at byte 7"),
            "{text}"
        );
    }

    #[test]
    fn a_foreign_one_is_read_as_far_as_it_goes() {
        let read = read(&[("RUST_LOG", "debug,x=lod")]).expect("never an error");
        assert_eq!(read.skipped.len(), 1);
        let filter = read.filter.expect("the rest");
        assert_eq!(filter.threshold("x"), Level::Debug.number());
    }
}
