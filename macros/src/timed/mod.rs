//! `#[timed]` and `timed_block!`: one record per call, with its outcome.
//!
//! `args` reads the options of the table in `options`, with `value`, `words` and `level` for what they are given;
//! `item` and `function` read the function or the block of functions, `ours` what of ours stands in the block;
//! `signature`, `returned`, `lent`, `lifetimes`, `mentioned` and `model` say what they mean, `untimable`,
//! `check` and `no_effect` judge, `expand` and `plan` print.

mod args;
mod check;
mod expand;
mod function;
mod item;
mod lent;
mod level;
mod lifetimes;
mod mentioned;
mod model;
mod no_effect;
mod options;
mod plan;
mod returned;
mod signature;
mod untimable;
mod value;
mod words;

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::diag::Errors;
use crate::paths::Storyline;
use crate::site::SiteKind;
use args::Options;
use item::{Container, ContainerKind, Function, Item, Member};
use ours::Ours;

pub(crate) mod block;
pub(crate) mod ours;

/// The door of `#[timed]`.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let options = Options::parse(arguments, &mut errors);
    let (expansion, bare) = match item::parse(item.clone()) {
        Ok(Item::Function(function)) => {
            let expansion = match untimable::untimable(&function) {
                Some((span, why)) => {
                    errors.push(span, why);
                    TokenStream::new()
                }
                None => expand_function(&function, &options, &options, &mut errors),
            };
            (expansion, item)
        }
        Ok(Item::Container(container)) => {
            check_container(&container, &options, &mut errors);
            let expansion = expand_container(&container, &options, &mut errors);
            (expansion, container.bare())
        }
        Err(error) => {
            errors.push_error(error);
            (TokenStream::new(), item)
        }
    };
    match errors.finish() {
        Ok(()) => expansion,
        // The user's item survives, so that nothing else is reported missing.
        Err(mut messages) => {
            messages.extend(bare);
            messages
        }
    }
}

fn expand_function(
    function: &Function,
    own: &Options,
    options: &Options,
    errors: &mut Errors,
) -> TokenStream {
    // Whatever is said of it then, is said by the compiler.
    if returned::is_unsized(&function.signature) {
        return function.to_token_stream();
    }
    check::check_function(function, own, options, errors);
    let timing = model::timing(
        SiteKind::Timed,
        model::name(function, options),
        options,
        model::is_cancellable(function, options),
        model::by(function, options),
        model::judged_type(function),
        errors,
    );
    let subject = model::subject(function, &timing);
    let storyline = options
        .path("crate")
        .map_or_else(Storyline::named, Storyline::at);
    expand::function_tokens(function, &subject, &timing, &storyline.private())
}

fn check_container(container: &Container, options: &Options, errors: &mut Errors) {
    if container.kind == ContainerKind::Silent {
        errors.push_spanned(
            &container.head,
            "`Drop`, `Display` and `Debug` are not timed: they run while records are written, or while \
             a thread ends; remove `#[timed]`",
        );
    }
    for (name, why) in [
        (
            "name",
            "every function in it would carry the same name; give it to one function",
        ),
        (
            "future",
            "not every function in it returns a future; give it to those that do",
        ),
        (
            "skip",
            "there is nothing to leave out of; remove `#[timed]`",
        ),
    ] {
        if let Some(span) = options.span(name) {
            errors.push(
                span,
                format!("`{name}` cannot be given to a whole block: {why}"),
            );
        }
    }
}

fn expand_container(container: &Container, options: &Options, errors: &mut Errors) -> TokenStream {
    let mut members = TokenStream::new();
    for member in &container.members {
        let (Member::Function(_, ours) | Member::Container(_, ours)) = member else {
            member.to_tokens(&mut members);
            continue;
        };
        for variant in ours.variants() {
            let own = member_options(&variant.attributes, errors);
            members.extend(variant.condition);
            if own.span("skip").is_some() {
                member.to_tokens(&mut members);
                continue;
            }
            let merged = own.clone().or(options);
            members.extend(match member {
                Member::Function(function, _) => {
                    expand_member(function, ours, &own, &merged, errors)
                }
                Member::Container(inner, _) => {
                    if !ours.is_empty() {
                        check_container(inner, &own, errors);
                    }
                    if inner.kind == ContainerKind::Silent {
                        inner.bare()
                    } else {
                        expand_container(inner, &merged, errors)
                    }
                }
                Member::Other(tokens) => tokens.clone(),
            });
        }
    }
    container.with(members)
}

fn member_options(attributes: &[&syn::Meta], errors: &mut Errors) -> Options {
    let mut own = Options::default();
    for meta in attributes {
        match meta {
            syn::Meta::Path(_) => {}
            syn::Meta::List(list) => {
                own = own.or(&Options::parse(list.tokens.clone(), errors));
            }
            syn::Meta::NameValue(it) => {
                errors.push_spanned(it, "options go in parentheses: write `#[timed(...)]`");
            }
        }
    }
    own
}

fn expand_member(
    function: &Function,
    ours: &Ours,
    own: &Options,
    merged: &Options,
    errors: &mut Errors,
) -> TokenStream {
    if let Some((span, why)) = untimable::untimable(function) {
        if !ours.is_empty() {
            errors.push(span, why);
        }
        return function.to_token_stream();
    }
    expand_function(function, own, merged, errors)
}

#[cfg(test)]
mod tests;
