//! `log_event!(LEVEL, [option, ...] "event_name", ["template with {holes}",] field, ...)` and its
//! shorter forms. `args` reads, with `option` and `gate` for what stands before the name; `name` and `sentence` say what
//! is meant where no name stands. `model` judges, with `event_name` for the name; `expand` prints.

mod args;
mod event_name;
mod expand;
mod gate;
mod model;
mod name;
mod option;
mod sentence;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::diag::Errors;
use crate::paths::Storyline;

/// The door: `($crate) LEVEL, ...`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (storyline, input) = Storyline::split(input);
    let mut errors = Errors::new();
    let args = args::parse(input, &mut errors);
    let model = model::build(args, &mut errors);
    match (errors.finish(), model) {
        (Ok(()), Some(model)) => expand::expand(&model, &storyline.private()),
        (Err(errors), _) => quote_spanned!(Span::mixed_site()=> { #errors }),
        // `model` is only missing where a mistake was noted.
        (Ok(()), None) => quote_spanned!(Span::mixed_site()=> {}),
    }
}
