//! `timed_block!("name", [option, ...] { ... })`: the block stays where it is, so `?`, `return`,
//! `break` and `.await` mean what they meant; a guard sees how it was left.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token};

use super::args::{Options, Place};
use super::{check, model, plan};
use crate::diag::Errors;
use crate::hygiene;
use crate::list;
use crate::paths::Storyline;
use crate::site::What;

/// The block as it was written.
struct Written {
    name: Option<LitStr>,
    options: Options,
    block: Option<Group>,
}

const FORM: &str = "write `timed_block!(\"name\", { ... })`";

/// The door of `timed_block!`. Prints
///
/// ```text
/// {
///     static __STORYLINE_PLAN: $p::Plan = ...;
///     $p::OnExit::of_block(if ... { $p::Call::begin(&__STORYLINE_PLAN, ...) } else { $p::Call::off() })
///         .end(
///             match $p::unreturned() {
///                 ::core::option::Option::Some(__storyline_early) => __storyline_early,
///                 ::core::option::Option::None => { block }
///             },
///             |__storyline_value| $p::judge(__storyline_value).way(),
///         )
/// }
/// ```
///
/// The `match` has a way to the end even when the block is always left early: without it the compiler
/// would call what follows unreachable.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (storyline, input) = Storyline::split(input);
    let private = storyline.private();
    let mut errors = Errors::new();
    let written = parse(input, &mut errors);
    check::check_slow(&written.options, &mut errors);
    let value = written
        .block
        .as_ref()
        .filter(|block| ends_in_unit(block))
        .map(|_| syn::parse_quote!(()));
    let timing = model::timing(
        What::Block,
        written.name.map_or_else(String::new, |name| name.value()),
        &written.options,
        false,
        model::by_options(&written.options),
        value,
        &mut errors,
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
    let judge = plan::judge_tokens(&timing.judge, &private);
    let early = hygiene::own("__storyline_early");
    let unit = timing.judge.value.iter();
    quote_spanned! {here=>
        {
            #statics
            #private::OnExit::of_block(#begin).end(
                match #private::unreturned #(::<#unit>)* () {
                    ::core::option::Option::Some(#early) => #early,
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

fn parse(input: TokenStream, errors: &mut Errors) -> Written {
    let mut written = Written {
        name: None,
        options: Options::default(),
        block: None,
    };
    let read = |input: ParseStream<'_>| {
        parse_into(&mut written, input, errors);
        Ok(())
    };
    if let Err(error) = read.parse2(input) {
        errors.push_error(error);
    }
    written
}

fn parse_into(written: &mut Written, input: ParseStream<'_>, errors: &mut Errors) {
    match input.peek(LitStr).then(|| input.parse::<LitStr>()) {
        Some(Ok(name)) => {
            if name.value().trim().is_empty() {
                errors.push(name.span(), "the name of a block must not be empty: say what it does, such as `\"load_orders\"`");
            }
            written.name = Some(name);
            list::expect_comma(input, errors);
        }
        _ => errors.push(
            input.span(),
            format!("a block needs a name in quotes: {FORM}"),
        ),
    }
    while !input.is_empty() {
        if let Some((TokenTree::Group(group), _)) = input.cursor().token_tree()
            && group.delimiter() == Delimiter::Brace
        {
            let _: syn::Result<TokenTree> = input.parse();
            written.block = Some(group);
            let _: syn::Result<Token![,]> = input.parse();
            if !input.is_empty() {
                errors.push(input.span(), "options come before the block: write `timed_block!(\"name\", level = DEBUG, { ... })`");
                while input.parse::<TokenTree>().is_ok() {}
            }
            return;
        }
        if written.name.is_none() && !input.peek(syn::Ident) {
            let _: syn::Result<TokenTree> = input.parse();
            continue;
        }
        written.options.parse_next(input, Place::Block, errors);
    }
    errors.push(Span::call_site(), format!("the block is missing: {FORM}"));
}
