//! `#[state_machine]`: an enum whose variants are states, with the edges between them. `args` and
//! `model` read, `check` judges the graph, `expand` prints. After a mistake the enum is printed all the
//! same, with a machine that allows everything, so that no `transition!` adds errors of its own.

mod args;
mod check;
mod expand;
mod mermaid;
mod model;
mod names;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use model::is_our_word;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Item;
use syn::parse::Parse;

use crate::diag::Errors;
use crate::input;

/// The whole road of `#[state_machine(...)]`.
pub(crate) fn expand(arguments: TokenStream, input: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let args = args::parse(arguments, &mut errors);
    let item = match input::read(input.clone(), Item::parse) {
        Ok(Item::Enum(item)) => item,
        Ok(other) => {
            errors.push(check::span_of(&other), check::not_an_enum(&other));
            return with(errors, input);
        }
        Err(error) => {
            errors.push_error(error);
            return with(errors, input);
        }
    };
    let model = model::build(&args, &item, &mut errors);
    check::check(&model, &mut errors);
    if let Err(mistakes) = errors.finish() {
        let mut survivors = expand::permissive(&model);
        survivors.extend(mistakes);
        return survivors;
    }
    expand::expand(&model)
}

/// The item as it was, and what is wrong with it.
fn with(errors: Errors, mut item: TokenStream) -> TokenStream {
    if let Err(mistakes) = errors.finish() {
        mistakes.to_tokens(&mut item);
    }
    item
}
