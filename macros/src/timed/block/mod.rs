//! `timed_block!("name", [option, ...] { ... })`: the block stays where it is, so `?`, `return`,
//! `break` and `.await` mean what they meant; a guard sees how it was left.

mod args;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote_spanned;

use super::{arguments, model, no_effect, plan};
use crate::diag::Errors;
use crate::paths::Storyline;
use crate::site::SiteKind;

/// The door of `timed_block!`. Prints
///
/// ```text
/// {
///     static __STORYLINE_PLAN: $p::Plan = ...;
///     $p::OnExit::of_block(if ... { $p::Begun::now(&__STORYLINE_PLAN, ...) } else { $p::Begun::off() })
///         .end(
///             match $p::unreturned() {
///                 ::core::option::Option::Some(()) => $p::absent(),
///                 ::core::option::Option::None => { block }
///             },
///             |__storyline_value| $p::judge(__storyline_value).__storyline_classifier(),
///         )
/// }
/// ```
///
/// The `match` has a way to the end even when the block is always left early: without it the compiler
/// would call what follows unreachable. No value of the block's type stands in front of it: that would live
/// across each `.await` in the block.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (storyline, input) = Storyline::split(input);
    let private = storyline.private();
    let mut errors = Errors::new();
    let written = args::parse(input, &mut errors);
    no_effect::check_block(&written.options, &mut errors);
    let value = written
        .block
        .as_ref()
        .filter(|block| ends_in_unit(block))
        .map(|_| syn::parse_quote!(()));
    let timing = model::timing(
        SiteKind::Block,
        written.name.map_or_else(String::new, |name| name.value()),
        &written.options,
        arguments::check_fields(&written.options, &mut errors),
        false,
        model::by_options(&written.options),
        value,
    );
    let here = Span::mixed_site();
    let block = written.block;
    if let Err(messages) = errors.finish() {
        // The block keeps its type, so that nothing else is reported.
        let block = block.iter();
        return quote_spanned!(here=> { #messages #(match () { () => #block })* });
    }
    let statics = plan::static_tokens(&timing, &private);
    let begin = plan::begin_tokens(&timing, false, &private);
    let judge = plan::judge_tokens(&timing.judge, here, &private);
    let unit = timing.judge.value.iter();
    quote_spanned! {here=>
        {
            #statics
            #private::OnExit::of_block(#begin).end(
                match #private::unreturned() {
                    ::core::option::Option::Some(()) => #private::absent #(::<#unit>)* (),
                    ::core::option::Option::None => #block
                },
                #judge
            )
        }
    }
}

/// A block without a value at its end may also never get there. The compiler would then not know in
/// time what to judge.
fn ends_in_unit(block: &Group) -> bool {
    match block.stream().into_iter().last() {
        None => true,
        Some(TokenTree::Punct(last)) => last.as_char() == ';',
        Some(_) => false,
    }
}
