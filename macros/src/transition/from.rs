//! The state that a step must begin in, behind the colon of its place.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::parse::ParseStream;

use crate::source::{shown, source_like};

/// `: PaymentPending`
pub(super) fn parse(input: ParseStream<'_>, place: &TokenStream) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![:]) || input.peek(Token![::]) {
        return Ok(None);
    }
    let colon: Token![:] = input.parse()?;
    let start = input.fork();
    if let Ok(from) = input.parse::<Ident>()
        && !input.peek(Token![::])
        && (input.is_empty() || input.peek(Token![=>]))
    {
        return Ok(Some(from));
    }
    let tokens = until_arrow(&start);
    if tokens.is_empty() {
        return Err(syn::Error::new_spanned(
            colon,
            format!(
                "the state that the step begins in is missing after the colon: write `{}: State => ...`",
                source_like(place)
            ),
        ));
    }
    let place = source_like(place);
    if let Some((mark, from, next)) = split_at_mark(&tokens) {
        return Err(syn::Error::new_spanned(
            mark,
            format!("the arrow is `=>`: write `{place}: {from} => {next}`"),
        ));
    }
    let text = source_like(&tokens);
    if text.contains('|') {
        return Err(syn::Error::new_spanned(
            &tokens,
            format!(
                "a step begins in one state: write a step for each of them, or leave the colon out: `{place} => ...`"
            ),
        ));
    }
    if text == "_" {
        return Err(syn::Error::new_spanned(
            &tokens,
            format!(
                "for a step that begins anywhere the colon is left out: write `{place} => ...`"
            ),
        ));
    }
    let quoted = text.trim_matches('"');
    let meant = last_ident(&tokens).map_or_else(
        || {
            if quoted == text {
                "State".to_owned()
            } else {
                quoted.to_owned()
            }
        },
        |it| it.to_string(),
    );
    Err(syn::Error::new_spanned(
        &tokens,
        format!(
            "the state that the step begins in is one variant's name alone: `{place}: {meant} => ...`"
        ),
    ))
}

/// `Created -> Order::Paid`, `Created, Order::Paid`, `Created: Order::Paid`: the mark, and what stands
/// around it.
fn split_at_mark(tokens: &TokenStream) -> Option<(TokenStream, String, String)> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let [TokenTree::Ident(from), TokenTree::Punct(mark), rest @ ..] = all.as_slice() else {
        return None;
    };
    let arrow = matches!(rest.first(), Some(TokenTree::Punct(it)) if mark.as_char() == '-' && it.as_char() == '>');
    let next = if arrow { &rest[1..] } else { rest };
    let is_mark = arrow
        || matches!(mark.as_char(), ',' | ';' | '=')
        || mark.as_char() == ':' && mark.spacing() == Spacing::Alone;
    if !is_mark || next.is_empty() {
        return None;
    }
    let wrong: TokenStream = all[1..all.len() - next.len()].iter().cloned().collect();
    let next: TokenStream = next.iter().cloned().collect();
    Some((wrong, from.to_string(), shown(&next, "Enum::Variant")))
}

fn until_arrow(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![=>]) {
        match input.parse::<TokenTree>() {
            Ok(token) => token.to_tokens(&mut tokens),
            Err(_) => break,
        }
    }
    tokens
}

fn last_ident(tokens: &TokenStream) -> Option<Ident> {
    tokens
        .clone()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Ident(ident) => Some(ident),
            _ => None,
        })
        .last()
}
