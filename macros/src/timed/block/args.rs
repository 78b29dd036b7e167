//! The syntax of a block: its name, its options, its code. What is written in another way is told how a block is
//! written, with what it holds.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::super::args::{Options, Place};
use super::super::options;
use crate::diag::Errors;
use crate::input;
use crate::level::Level;
use crate::list;
use crate::source::shown;

/// The block as it was written.
pub(super) struct Written {
    pub(super) name: Option<LitStr>,
    pub(super) options: Options,
    pub(super) block: Option<Group>,
}

/// How a block is written, under the name that it has or may have.
fn form(name: Option<&LitStr>, code: &str) -> String {
    let name = name.map_or_else(|| "name".to_owned(), LitStr::value);
    format!("write `timed_block!({name:?}, {code})`")
}

pub(super) fn parse(input: TokenStream, errors: &mut Errors) -> Written {
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
    let rest = input.parse::<TokenStream>().unwrap_or_default();
    let end = input.span();
    let parts = Parts::of(rest);
    let (mut is_fine, mut is_code) = (true, false);
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if let Some((tokens, message)) = no_block(written.name.as_ref(), input, &parts) {
                errors.push_spanned(tokens, message);
                is_code = true;
                return input.parse::<TokenStream>().map(drop);
            }
            let before = errors.count();
            written.options.parse_next(input, Place::Block, errors);
            is_fine = errors.count() == before;
        }
        Ok(())
    };
    if let Err(error) = input::read_unchecked(parts.options.clone(), read) {
        errors.push_error(error);
        return;
    }
    if is_code {
        return;
    }
    let Some(block) = parts.block else {
        let form = form(written.name.as_ref(), "{ ... }");
        errors.push(end, format!("the block is missing: {form}"));
        return;
    };
    let before = errors.count();
    let form = form(written.name.as_ref(), "level = DEBUG, { ... }");
    let read = |input: ParseStream<'_>| {
        if list::at_end(input) {
            list::expect_comma(input, errors);
        }
        while list::refuse_stray(input, errors) {}
        if !input.is_empty() {
            let message = format!("options come before the block: {form}");
            errors.push(input.span(), message);
        }
        input.parse::<TokenStream>().map(drop)
    };
    if let Err(error) = input::read_unchecked(parts.behind, read) {
        errors.push_error(error);
    }
    if parts.is_attached && is_fine && errors.count() == before {
        errors.push_error(list::comma_missing(&block.clone().into(), ""));
    }
    written.block = Some(block);
}

/// What follows the name, taken apart: no option reads on into the block, whatever is wrong with it.
struct Parts {
    options: TokenStream,
    /// The last pair of braces.
    block: Option<Group>,
    /// No comma stands in front of the block.
    is_attached: bool,
    /// What follows the block, with its comma.
    behind: TokenStream,
}

impl Parts {
    fn of(tokens: TokenStream) -> Self {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_bar = |it: &TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == '|');
        let is_block = |it: &TokenTree| matches!(it, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace);
        let found = tokens.iter().rposition(is_block).filter(|&at| {
            let mut item = tokens[..at]
                .iter()
                .rev()
                .take_while(|it| !list::is_separator(it));
            // The braces of a closure are its own.
            !item.any(is_bar)
        });
        let (Some(at), Some(TokenTree::Group(block))) = (found, found.map(|at| &tokens[at])) else {
            return Self {
                options: tokens.into_iter().collect(),
                block: None,
                is_attached: false,
                behind: TokenStream::new(),
            };
        };
        let last = tokens[..at].last();
        let behind = tokens[at + 1..].iter();
        Self {
            options: tokens[..at].iter().cloned().collect(),
            block: Some(block.clone()),
            is_attached: last.is_some_and(|it| !list::is_separator(it)),
            behind: behind.cloned().collect(),
        }
    }
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
            list::skip_all(input);
        }
        return;
    }
    let instead: Vec<TokenTree> = list::until_comma(input).into_iter().collect();
    list::skip_past_comma(input, errors);
    // `INFO, "load"`: the name comes second.
    let mut name = input.parse::<Option<LitStr>>().ok().flatten();
    if name.is_some() {
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
fn no_block(
    name: Option<&LitStr>,
    input: ParseStream<'_>,
    parts: &Parts,
) -> Option<(TokenStream, String)> {
    let fork = input.fork();
    let mut tokens = list::until_comma(&fork);
    list::skip_to_comma(&fork);
    let _: syn::Result<TokenTree> = fork.parse();
    let word = input.cursor().ident().map(|(word, _)| word.to_string());
    if tokens.is_empty()
        || !fork.is_empty()
        || parts.block.is_some() && !parts.is_attached
        || word.as_deref().is_some_and(options::is_known)
    {
        return None;
    }
    if let Some(block) = parts.block.as_ref() {
        let is_assigned = matches!(tokens.clone().into_iter().nth(1), Some(TokenTree::Punct(it)) if it.as_char() == '=');
        if is_assigned || word.as_deref().is_some_and(options::is_mistyped) {
            return None;
        }
        tokens.extend(block.to_token_stream());
        tokens.extend(
            parts
                .behind
                .clone()
                .into_iter()
                .skip_while(list::is_separator),
        );
    }
    let code = match tokens.clone().into_iter().last() {
        Some(TokenTree::Group(block)) if block.delimiter() == Delimiter::Brace => {
            shown(&TokenTree::Group(block).into(), "{ ... }")
        }
        _ => format!("{{ {} }}", shown(&without_closure(&tokens), "...")),
    };
    let instead = form(name, &code);
    let message = match word.as_deref() {
        Some("async") => format!("a block may wait as it is, without `async`: {instead}"),
        Some("move") => format!("a block is run where it stands, so it is no closure: {instead}"),
        None if input.peek(Token![|]) => {
            format!("a block is run where it stands, so it is no closure: {instead}")
        }
        Some("unsafe" | "if" | "match" | "loop" | "while" | "for" | "let") => {
            let code = format!("{{ {} }}", shown(&tokens, "..."));
            format!("what is timed is a block: {}", form(name, &code))
        }
        // One word may be a mistyped option, whose block is missing.
        Some(_) if tokens.clone().into_iter().count() == 1 => return None,
        _ => format!("what is timed is a block: {instead}"),
    };
    Some((tokens, message))
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
