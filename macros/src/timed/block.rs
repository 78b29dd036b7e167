//! `timed_block!("name", [option, ...] { ... })`: the block stays where it is, so `?`, `return`,
//! `break` and `.await` mean what they meant; a guard sees how it was left.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::args::{Options, Place};
use super::{arguments, model, no_effect, options, plan};
use crate::diag::Errors;
use crate::field;
use crate::input;
use crate::level::Level;
use crate::list;
use crate::paths::Storyline;
use crate::site::SiteKind;

/// The block as it was written.
struct Written {
    name: Option<LitStr>,
    options: Options,
    block: Option<Group>,
}

/// How a block is written, under the name that it has or may have.
fn form(name: Option<&LitStr>, code: &str) -> String {
    let name = name.map_or_else(|| "name".to_owned(), LitStr::value);
    format!("write `timed_block!({name:?}, {code})`")
}

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
    let written = parse(input, &mut errors);
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
    if let Err(error) = input::read_around_block(input, read) {
        errors.push_error(error);
    }
    written
}

fn parse_into(written: &mut Written, input: ParseStream<'_>, errors: &mut Errors) {
    if input.peek(LitStr)
        && let Ok(name) = input.parse::<LitStr>()
    {
        if name.value().trim().is_empty() {
            errors.push(name.span(), "the name of a block must not be empty: say what it does, such as `\"load_orders\"`");
        }
        written.name = Some(name);
        if let Ok(arrow) = input.parse::<Token![=>]>() {
            let form = form(written.name.as_ref(), "{ ... }");
            errors.push_spanned(arrow, format!("a comma comes after the name: {form}"));
        } else {
            list::expect_comma(input, errors);
        }
    } else {
        refuse_name(input, errors);
        if input.is_empty() {
            return;
        }
    }
    while !input.is_empty() {
        if let Some((TokenTree::Group(group), _)) = input.cursor().token_tree()
            && group.delimiter() == Delimiter::Brace
        {
            let _: syn::Result<TokenTree> = input.parse();
            written.block = Some(group);
            if list::at_end(input) {
                list::expect_comma(input, errors);
            }
            if !input.is_empty() {
                let form = form(written.name.as_ref(), "level = DEBUG, { ... }");
                errors.push(
                    input.span(),
                    format!("options come before the block: {form}"),
                );
                while input.parse::<TokenTree>().is_ok() {}
            }
            return;
        }
        if let Some(message) = no_block(written.name.as_ref(), input) {
            errors.push_spanned(list::until_comma(input), message);
            while input.parse::<TokenTree>().is_ok() {}
            return;
        }
        written.options.parse_next(input, Place::Block, errors);
    }
    let form = form(written.name.as_ref(), "{ ... }");
    errors.push(input.span(), format!("the block is missing: {form}"));
}

/// Consumes whatever stands in the place of the name: `name = "load"`, a constant, an option.
fn refuse_name(input: ParseStream<'_>, errors: &mut Errors) {
    let begin = input.span();
    if input.peek(syn::token::Brace) {
        // `{ ... }, "load"`: the name comes last.
        let behind: Vec<TokenTree> = input.cursor().token_stream().into_iter().skip(2).collect();
        let name = match &behind[..] {
            [name] => syn::parse2::<LitStr>(name.to_token_stream()).ok(),
            _ => None,
        };
        errors.push(
            begin,
            format!(
                "a block needs a name in quotes, in front of it: {}",
                form(name.as_ref(), "{ ... }")
            ),
        );
        if name.is_some() {
            while input.parse::<TokenTree>().is_ok() {}
        }
        return;
    }
    let instead: Vec<TokenTree> = list::until_comma(input).into_iter().collect();
    list::skip_past_comma(input, errors);
    // `INFO, "load"`: the name comes second.
    let mut name = input.parse::<Option<LitStr>>().ok().flatten();
    if name.is_some() && list::at_end(input) {
        list::expect_comma(input, errors);
    }
    let option = instead.first().map(ToString::to_string).unwrap_or_default();
    let message = match (&instead[..], &name) {
        ([word @ TokenTree::Ident(_), TokenTree::Punct(_), text], None) if option == "name" => {
            name = syn::parse2(text.to_token_stream()).ok();
            format!(
                "the name of a block stands without `{word} =`: {}",
                form(name.as_ref(), "{ ... }")
            )
        }
        ([TokenTree::Ident(level)], Some(_)) if Level::named(&option).is_some() => format!(
            "the name of a block comes first, its level after it: {}",
            form(name.as_ref(), &format!("level = {level}, {{ ... }}"))
        ),
        ([TokenTree::Ident(word)], None) if !options::is_known(&option) => format!(
            "the name of a block stands in quotes: {}",
            form(Some(&LitStr::new(&option, word.span())), "{ ... }")
        ),
        _ => format!(
            "a block needs a name in quotes, in front of everything: {}",
            form(name.as_ref(), "{ ... }")
        ),
    };
    errors.push(begin, message);
}

/// What to say of a last item that is code and no block: `load()`, `async { ... }`, `|| { ... }`.
fn no_block(name: Option<&LitStr>, input: ParseStream<'_>) -> Option<String> {
    let fork = input.fork();
    let tokens = list::until_comma(&fork);
    list::skip_to_comma(&fork);
    let _: syn::Result<TokenTree> = fork.parse();
    if tokens.is_empty() {
        return None;
    }
    let word = input.cursor().ident().map(|(word, _)| word.to_string());
    if !fork.is_empty() || word.as_deref().is_some_and(options::is_known) {
        return None;
    }
    let code = match tokens.clone().into_iter().last() {
        Some(TokenTree::Group(block)) if block.delimiter() == Delimiter::Brace => {
            field::shown(&TokenTree::Group(block).into(), "{ ... }")
        }
        _ => format!("{{ {} }}", field::shown(&without_closure(&tokens), "...")),
    };
    let instead = form(name, &code);
    Some(match word.as_deref() {
        Some("async") => format!("a block may wait as it is, without `async`: {instead}"),
        Some("move") => format!("a block is run where it stands, so it is no closure: {instead}"),
        None if input.peek(Token![|]) => {
            format!("a block is run where it stands, so it is no closure: {instead}")
        }
        Some("unsafe" | "if" | "match" | "loop" | "while" | "for" | "let") => {
            let code = format!("{{ {} }}", field::shown(&tokens, "..."));
            format!("what is timed is a block: {}", form(name, &code))
        }
        // One word may be a mistyped option, whose block is missing.
        Some(_) if tokens.clone().into_iter().count() == 1 => return None,
        _ => format!("what is timed is a block: {instead}"),
    })
}

/// `1` of `|| 1` and of `move || 1`.
fn without_closure(tokens: &TokenStream) -> TokenStream {
    let is_bar =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '|');
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_moved = matches!(all.first(), Some(TokenTree::Ident(word)) if word == "move");
    match &all[usize::from(is_moved)..] {
        [first, second, body @ ..] if is_bar(first) && is_bar(second) && !body.is_empty() => {
            body.iter().cloned().collect()
        }
        _ => tokens.clone(),
    }
}
