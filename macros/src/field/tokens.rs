//! Where a field ends, and the expression that is its value, as the tokens the user wrote.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Expr, Token};

pub(super) fn next_token(input: ParseStream<'_>) -> TokenStream {
    input
        .cursor()
        .token_tree()
        .map_or_else(TokenStream::new, |(token, _)| token.into())
}

pub(super) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

pub(super) fn peek_assign(input: ParseStream<'_>) -> bool {
    input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>])
}

pub(super) fn peek_colon(input: ParseStream<'_>) -> bool {
    input.peek(Token![:]) && !input.peek(Token![::])
}

/// One expression, as the tokens the user wrote.
pub(crate) fn parse_expr(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let begin = input.cursor();
    // Most values are one token; no need to build a tree for them.
    if let Some((token, rest)) = begin.token_tree()
        && !matches!(token, TokenTree::Punct(_))
        && (rest.eof() || rest.punct().is_some_and(|(it, _)| it.as_char() == ','))
    {
        let _: TokenTree = input.parse()?;
        return Ok(token.into());
    }
    let fork = input.fork();
    if let Err(error) = fork.parse::<Expr>() {
        let tokens = field_tokens(input);
        let text = error.to_string();
        // syn places what is missing at the end on the whole macro call.
        return Err(if text.starts_with("unexpected end of input") {
            syn::Error::new_spanned(tokens, "this expression is not complete")
        } else {
            error
        });
    }
    let mut tokens = TokenStream::new();
    let mut next = begin;
    while next != fork.cursor() {
        let Some((token, rest)) = next.token_tree() else {
            break;
        };
        tokens.extend(core::iter::once(token));
        next = rest;
    }
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    Ok(tokens)
}

/// The tokens up to the next comma.
pub(super) fn field_tokens(input: ParseStream<'_>) -> TokenStream {
    let fork = input.fork();
    let mut tokens = TokenStream::new();
    while !at_end(&fork) {
        match fork.parse::<TokenTree>() {
            Ok(token) => tokens.extend(core::iter::once(token)),
            Err(_) => break,
        }
    }
    tokens
}
