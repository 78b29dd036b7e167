//! What is said where the event's name must be and is not: it may stand later, as a text behind the
//! fields does elsewhere, or be no literal at all.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Lit, LitStr, Token};

use super::args::Args;
use super::event_name;
use super::sentence::{self, Place};
use crate::diag::Errors;
use crate::field;
use crate::source::{shown, source_like};
use crate::written::Field;
use crate::{input, list};

const WRITE: &str = "write a string in snake_case, such as \"order_created\"";

/// The words in front of a name, where other tools have one: `name: "order_created"`.
const LABELS: [&str; 5] = ["name", "event", "message", "msg", "text"];

/// Finds a name or a text that stands alone behind some fields, says where it goes, and reads what is around it.
pub(super) fn late(
    input: ParseStream<'_>,
    args: &mut Args,
    errors: &mut Errors,
) -> Option<Vec<Field>> {
    let tokens: Vec<TokenTree> = input.cursor().token_stream().into_iter().collect();
    let (at, literal) = tokens
        .split(list::is_separator)
        .enumerate()
        .find_map(|(at, item)| Some((at, name_in(item, at == 0)?)))?;
    list::skip_all(input);
    let items: Vec<&[TokenTree]> = tokens.split_inclusive(list::is_separator).collect();
    let (before, behind) = (items[..at].concat(), items[at + 1..].concat());
    let text = literal.value();
    if at > 0 && event_name::is_sentence(&text) {
        let (text, fields) = sentence::refuse(&literal, &before, &behind, Place::Late, errors);
        args.template = Some(text);
        return Some(fields);
    }
    let shown = literal.to_token_stream();
    let message = if at == 0 {
        format!("an event's name stands by itself: write {shown} without what is in front of it")
    } else {
        format!("an event's name comes before the fields: move {shown} in front of them")
    };
    errors.push(literal.span(), message);
    if !event_name::is_sentence(&text) {
        args.event = Some(literal);
    }
    // Without the name and the comma behind it.
    let rest: TokenStream = before.into_iter().chain(behind).collect();
    match input::read(rest, |input| Ok(field::parse_all(input, errors))) {
        Ok(fields) => Some(fields),
        Err(error) => {
            errors.push_error(error);
            Some(Vec::new())
        }
    }
}

/// `"order_created"`, and `name: "order_created"` in the first place.
fn name_in(item: &[TokenTree], is_first: bool) -> Option<LitStr> {
    let literal = match item {
        [literal @ TokenTree::Literal(_)] if !is_first => literal,
        [
            TokenTree::Ident(label),
            TokenTree::Punct(mark),
            literal @ TokenTree::Literal(_),
        ] if is_first
            && matches!(mark.as_char(), ':' | '=')
            && LABELS.contains(&label.to_string().as_str()) =>
        {
            literal
        }
        _ => return None,
    };
    syn::parse2(literal.clone().into()).ok()
}

/// Says that a name is missing, or that what stands there is none.
pub(super) fn missing(input: ParseStream<'_>, errors: &mut Errors) {
    let Some((next, _)) = input.cursor().token_tree() else {
        errors.push(input.span(), format!("an event's name is missing: {WRITE}"));
        return;
    };
    let fork = input.fork();
    let is_key = Ident::parse_any(&fork).is_ok()
        && (fork.peek(Token![=]) || fork.peek(Token![:]) && !fork.peek(Token![::]));
    if is_key || matches!(next, TokenTree::Punct(_)) {
        errors.push(
            next.span(),
            format!("an event's name is missing before the fields: {WRITE}"),
        );
        return;
    }
    // A constant, a macro or a variable where the name must be.
    let Ok(tokens) = field::parse_expr(input) else {
        errors.push(next.span(), format!("an event's name is missing: {WRITE}"));
        return;
    };
    let text = shown(&tokens, "this");
    let message = if syn::parse2::<Lit>(tokens.clone()).is_ok() {
        format!("`{text}` is no plain string, so it cannot be an event's name: {WRITE}")
    } else if let Ok(word) = syn::parse2::<Ident>(tokens.clone())
        && word.to_string().chars().any(char::is_lowercase)
    {
        let words = source_like(&list::until_comma(input));
        let name = event_name::name_of(&format!("{word} {words}"));
        let name = name.as_deref().unwrap_or(event_name::EXAMPLE);
        format!("an event's name stands in quotes: write `\"{name}\"`; a variable cannot be one")
    } else {
        format!(
            "`{text}` is not known when the program is compiled, so it cannot be an event's name: {WRITE}"
        )
    };
    errors.push_spanned(&tokens, message);
    list::skip_past_comma(input, errors);
}

/// A `format!` where the name or the text must be: its literal, and what is behind that.
pub(super) fn formatted(input: ParseStream<'_>) -> Option<(LitStr, Vec<TokenTree>)> {
    let fork = input.fork();
    let word: Ident = fork.parse().ok()?;
    if word != "format" && word != "format_args" || fork.parse::<Token![!]>().is_err() {
        return None;
    }
    let (inside, ..) = fork.cursor().group(Delimiter::Parenthesis)?;
    let mut inside = inside.token_stream().into_iter();
    let literal: LitStr = syn::parse2(inside.next()?.into()).ok()?;
    Some((literal, inside.collect()))
}
