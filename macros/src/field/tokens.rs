//! What follows a key, and the expression that is a field's value, as the tokens the user wrote.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Expr, Token};

use crate::list::until_comma;
use crate::source::shown;

pub(super) fn peek_assign(input: ParseStream<'_>) -> bool {
    input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>])
}

pub(super) fn peek_colon(input: ParseStream<'_>) -> bool {
    input.peek(Token![:]) && !input.peek(Token![::])
}

const UNFINISHED: &str = "a part of the value is missing";

/// Whether `parse_expr` says so of a value that ends too early.
pub(super) fn is_unfinished(error: &syn::Error) -> bool {
    error.to_string().starts_with(UNFINISHED)
}

/// One expression, as the tokens the user wrote.
pub(crate) fn parse_expr(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let begin = input.cursor();
    // Most values are one word or one literal; no need to build a tree for them.
    if (input.peek(syn::Ident) || input.peek(syn::Lit))
        && let Some((token @ (TokenTree::Ident(_) | TokenTree::Literal(_)), rest)) =
            begin.token_tree()
        && (rest.eof()
            || rest
                .punct()
                .is_some_and(|(it, _)| matches!(it.as_char(), ',' | ';')))
    {
        let _: TokenTree = input.parse()?;
        return Ok(token.into());
    }
    let fork = input.fork();
    if let Err(error) = fork.parse::<Expr>() {
        let tokens = until_comma(input);
        let text = error.to_string();
        // syn places what is missing at the end on the whole macro call.
        return Err(if text.starts_with("unexpected end of input") {
            let text = shown(&tokens, "...");
            syn::Error::new_spanned(
                tokens,
                format!("{UNFINISHED} after `{text}`: write it to its end"),
            )
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
    // What another macro has put into a group is one thing, of which an expression cannot take a part.
    if next != fork.cursor() {
        let error = input.error(
            "this expression ends in the middle of what another macro has put together: put parentheses around it",
        );
        return Err(error);
    }
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    Ok(tokens)
}
