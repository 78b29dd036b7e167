//! A level as the options of `#[timed]` write it: a name, since the highest of several must be known
//! when the program is compiled.

use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::level::{self, Level, LevelArg};

/// Reads a name; notes a mistake and gives `None` when there is none.
pub(super) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Option<Level> {
    match level::parse_named(input, errors)? {
        LevelArg::Named(level) => Some(level),
        LevelArg::Dynamic(written) => {
            errors.push_spanned(
                written,
                "the level of a timed function is a name, such as `INFO`: \
                     what is recorded must be known when the program is compiled",
            );
            None
        }
    }
}
