//! `#[state_machine]`: an enum whose variants are states, with the edges between them. `args` and `model` read, by what
//! `attributes` says is ours; `check` judges the graph; `expand` prints, with the types of `markers` and the diagram of
//! `mermaid`; `names` are those of records.
//! After a mistake the enum is printed all the same, with a machine that allows everything, so that no `transition!`
//! adds errors of its own.

mod args;
mod attributes;
mod check;
mod expand;
mod markers;
mod mermaid;
mod model;
mod names;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use attributes::is_our_word;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;
use syn::parse::Parse;

use crate::diag::Errors;
use crate::input;

/// The whole road of `#[state_machine(...)]`.
pub(crate) fn expand(arguments: TokenStream, input: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let args = args::parse(arguments, &mut errors);
    let item = match input::read(readable(input.clone()), Item::parse) {
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

/// The item with `#[r#final]` in place of `#[final]`, which nobody can read: the word is a keyword.
fn readable(tokens: TokenStream) -> TokenStream {
    let mut is_attribute = false;
    let raw = |token: TokenTree| match token {
        TokenTree::Ident(word) if word == "final" => Ident::new_raw("final", word.span()).into(),
        other => other,
    };
    let read = |token: TokenTree| {
        let follows_hash = core::mem::replace(
            &mut is_attribute,
            matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#'),
        );
        let TokenTree::Group(group) = &token else {
            return token;
        };
        let stream = group.stream();
        let stream = match group.delimiter() {
            Delimiter::Brace => readable(stream),
            Delimiter::Bracket if follows_hash => stream.into_iter().map(raw).collect(),
            _ => return token,
        };
        let mut read = Group::new(group.delimiter(), stream);
        read.set_span(group.span());
        read.into()
    };
    tokens.into_iter().map(read).collect()
}

/// The item as it was, and what is wrong with it.
fn with(errors: Errors, mut item: TokenStream) -> TokenStream {
    if let Err(mistakes) = errors.finish() {
        mistakes.to_tokens(&mut item);
    }
    item
}
