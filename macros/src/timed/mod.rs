//! `#[timed]` and `timed_block!`: one record per call, with its outcome.
//!
//! `args` reads the options of the table in `options`, with `value`, `words` and `level` for what they are given;
//! `item` and `function` read the function or the block of functions, `ours` what of ours stands in the block;
//! `arguments` holds fields against functions, `keys` has the keys that no field may take; `signature`, `returned`,
//! `lent`, `lifetimes` and `mentioned` say what they mean, `model` what is recorded and `subject` what becomes of the
//! body; `untimable`, `check` and `no_effect` judge, `expand` and `plan` print. `block` is `timed_block!`.

mod args;
mod arguments;
pub(crate) mod block;
mod check;
mod expand;
mod function;
mod item;
pub(crate) mod keys;
mod lent;
mod level;
mod lifetimes;
mod mentioned;
mod model;
mod no_effect;
mod options;
pub(crate) mod ours;
mod plan;
mod returned;
mod signature;
mod subject;
#[cfg(test)]
mod tests;
mod untimable;
mod value;
mod words;

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::diag::Errors;
use crate::paths::Storyline;
use crate::site::SiteKind;
use args::Options;
use arguments::SharedFields;
use item::{Container, Function, Item, Member};
use ours::Ours;
use untimable::Around;

/// The door of `#[timed]`.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let options = Options::parse(arguments, &mut errors);
    let (expansion, bare) = match item::parse(item.clone(), options.path("crate")) {
        Ok(Item::Function(function)) => {
            let expansion = match untimable::untimable(&function, Around::Unseen) {
                Some((span, why)) => {
                    errors.push(span, why);
                    TokenStream::new()
                }
                None => expand_function(&function, &options, &options, None, &mut errors),
            };
            (expansion, item)
        }
        Ok(Item::Container(container)) => {
            check::check_container(&container, &options, &mut errors);
            let expansion = expand_sharing(&container, &options, &mut errors);
            (expansion, container.bare())
        }
        Err(error) => {
            errors.push_error(error);
            (TokenStream::new(), item)
        }
    };
    let mut code = errors.take_conditional();
    match errors.finish() {
        Ok(()) => code.extend(expansion),
        // The user's item survives, so that nothing else is reported missing.
        Err(messages) => code.extend([messages, bare]),
    }
    code
}

fn expand_function(
    function: &Function,
    own: &Options,
    options: &Options,
    shared: Option<&mut SharedFields>,
    errors: &mut Errors,
) -> TokenStream {
    // Whatever is said of it then, is said by the compiler.
    if returned::is_unsized(&function.signature) {
        return function.to_token_stream();
    }
    check::check_function(function, own, options, errors);
    let fields = match shared {
        Some(shared) if own.span("fields").is_none() => shared.of_function(function),
        _ => {
            let fields = arguments::check_fields(own, errors);
            arguments::check_function(function, &fields, errors);
            fields
        }
    };
    let timing = model::timing(
        SiteKind::Timed,
        model::name(function, options),
        options,
        fields,
        model::is_cancellable(function, options),
        model::by(function, options),
        model::judged_type(function),
    );
    let subject = subject::subject(function, &timing);
    let storyline = options
        .path("crate")
        .map_or_else(Storyline::named, Storyline::at);
    expand::function_tokens(function, &subject, &timing, &storyline.private())
}

/// A block of functions that share the fields of these options.
fn expand_sharing(container: &Container, options: &Options, errors: &mut Errors) -> TokenStream {
    let mut shared = SharedFields::judge(options, errors);
    let expansion = expand_container(container, options, &mut shared, errors);
    shared.check_functions(errors);
    expansion
}

fn expand_container(
    container: &Container,
    options: &Options,
    shared: &mut SharedFields,
    errors: &mut Errors,
) -> TokenStream {
    let mut members = TokenStream::new();
    for member in &container.members {
        members.extend(match member {
            Member::Function(function, ours) => {
                let around = Around::of(container);
                expand_variants(member, ours, options, errors, |own, merged, errors| {
                    expand_member(function, around, ours, own, merged, shared, errors)
                })
            }
            Member::Container(inner, ours) => {
                expand_variants(member, ours, options, errors, |own, merged, errors| {
                    if !ours.is_empty() {
                        check::check_container(inner, own, errors);
                    }
                    if own.span("fields").is_some() {
                        expand_sharing(inner, merged, errors)
                    } else {
                        expand_container(inner, merged, shared, errors)
                    }
                })
            }
            Member::Other(tokens) => tokens.clone(),
        });
    }
    container.with(members)
}

/// The copies of a member; `expand` is handed its own options, and those with the block's behind them. What is wrong
/// with a copy is told where it is the one that is compiled.
fn expand_variants(
    member: &Member,
    ours: &Ours,
    options: &Options,
    errors: &mut Errors,
    mut expand: impl FnMut(&Options, &Options, &mut Errors) -> TokenStream,
) -> TokenStream {
    let mut copies = TokenStream::new();
    for variant in ours.variants() {
        let mut mistakes = Errors::new();
        let own = member_options(&variant.attributes, &mut mistakes);
        let mut copy = member.to_token_stream();
        if own.span("skip").is_none() {
            let timed = expand(&own, &own.clone().or(options), &mut mistakes);
            if mistakes.is_empty() {
                copy = timed;
            }
        }
        if variant.condition.is_empty() {
            errors.append(mistakes);
        } else {
            errors.push_under(&variant.condition, mistakes);
        }
        copies.extend([variant.condition, copy]);
    }
    copies
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
    around: Around<'_>,
    ours: &Ours,
    own: &Options,
    merged: &Options,
    shared: &mut SharedFields,
    errors: &mut Errors,
) -> TokenStream {
    if let Some((span, why)) = untimable::untimable(function, around) {
        if !ours.is_empty() {
            errors.push(span, why);
        }
        return function.to_token_stream();
    }
    expand_function(function, own, merged, Some(shared), errors)
}
