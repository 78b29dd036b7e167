//! What the environment says: directives. Our own variable first; then the one that everybody's
//! deployment sets already.

use std::ffi::OsString;

use super::SetupError;
use crate::filter::{BareWord, Filter};
use crate::level::Level;

/// The directives of the environment, if it has any.
pub(super) fn directives(
    variable: impl Fn(&str) -> Option<OsString>,
    level: Level,
) -> Result<Option<Filter>, SetupError> {
    // In RUST_LOG others read a word alone as a target; it may not have been written for us.
    let variables = [
        ("STORYLINE_LOG", BareWord::Refused),
        ("RUST_LOG", BareWord::Target),
    ];
    for (name, bare) in variables {
        let Some(text) = variable(name).filter(|text| !text.is_empty()) else {
            continue;
        };
        let text = text
            .into_string()
            .map_err(|text| SetupError::variable_not_text(name, &text))?;
        return Filter::parse(&text, level.number(), bare)
            .map(Some)
            .map_err(|error| SetupError::variable(name, error));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<Option<Filter>, SetupError> {
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
            both.expect("good").expect("set").threshold("x"),
            Level::Error.number()
        );
        let only = read(&[("STORYLINE_LOG", ""), ("RUST_LOG", "my_app")]);
        let only = only.expect("good").expect("set");
        assert_eq!(only.threshold("my_app"), Level::Trace.number());
        assert_eq!(only.threshold("x"), Level::Info.number());
        assert!(read(&[]).expect("nothing to misread").is_none());
    }

    #[test]
    fn a_bad_one_is_named() {
        let error = read(&[("RUST_LOG", "info,x=lod")]).expect_err("bad");
        let text = error.to_string();
        assert!(
            text.contains("`RUST_LOG`") && text.contains("`lod` at byte 7"),
            "{text}"
        );
    }
}
