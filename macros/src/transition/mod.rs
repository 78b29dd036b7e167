//! `transition!`: one step of a state machine, judged, logged and assigned. `args` reads, and
//! `from` the state behind a colon; `check` judges the place and the target, `keys` are the record's own, `expand`
//! prints. After a mistake an expression of the right type remains, so that the `?` after it adds no error of its own.

mod args;
mod check;
mod expand;
mod from;
pub(crate) mod keys;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use crate::diag::Errors;
use crate::paths::Storyline;

/// The whole road of `transition!(($crate) place => next, fields...)`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (storyline, input) = Storyline::split(input);
    let private = storyline.private();
    let mut errors = Errors::new();
    let step = args::parse(input, &mut errors).and_then(|args| check::check(args, &mut errors));
    match (errors.finish(), step) {
        (Ok(()), Some(step)) => expand::step_tokens(&step, &private),
        (Err(mistakes), _) => expand::refused_tokens(&mistakes, &private),
        // Without a step there was a mistake.
        (Ok(()), None) => expand::refused_tokens(&TokenStream::new(), &private),
    }
}
