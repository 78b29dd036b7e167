//! A level as the options of `#[timed]` write it: a name, since the highest of several must be known
//! when the program is compiled.

use syn::LitStr;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::level::{self, Level, LevelArg};

/// Reads a name; notes a mistake and gives `None` when there is none.
pub(super) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Option<Level> {
    let begin = input.span();
    if input.peek(LitStr)
        && let Ok(text) = input.parse::<LitStr>()
    {
        let name = text.value().to_uppercase();
        let known = Level::named(&name).is_some();
        let meant = if known { name.as_str() } else { "INFO" };
        errors.push(
            text.span(),
            format!("a level is a word without quotes: write `{meant}`"),
        );
        return None;
    }
    match level::parse_named(input, errors)? {
        LevelArg::Named(level) => Some(level),
        LevelArg::Dynamic(_) => {
            errors.push(
                begin,
                "the level of a timed function is a name, such as `INFO`: \
                     what is recorded must be known when the program is compiled",
            );
            None
        }
    }
}
