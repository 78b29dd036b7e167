//! The syntax of `place => next, fields...` and `place: State => Enum::Variant, fields...`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token};

use crate::diag::Errors;
use crate::field::{self, Field, source_like};
use crate::list;

/// A call as it was written.
pub(crate) struct Args {
    /// The place, and the tokens that the user wrote for it.
    pub(crate) place: Expr,
    pub(crate) place_tokens: TokenStream,
    /// The state that the step must begin in.
    pub(crate) from: Option<Ident>,
    pub(crate) next: TokenStream,
    pub(crate) fields: Vec<Field>,
}

const SHAPE: &str = "write `transition!(place => Enum::Variant, fields...)`";

/// Reads a call. Without a place and an arrow there is nothing to judge.
pub(crate) fn parse(input: TokenStream, errors: &mut Errors) -> Option<Args> {
    let mut args = None;
    let read = |input: ParseStream<'_>| {
        args = parse_call(input, errors)?;
        // What a mistake has left over is no second one.
        while !input.is_empty() {
            input.parse::<TokenTree>()?;
        }
        Ok(())
    };
    if let Err(error) = read.parse2(input) {
        errors.push_error(error);
    }
    args
}

fn parse_call(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Args>> {
    if input.is_empty() {
        return Err(syn::Error::new(
            Span::call_site(),
            format!("no place and no next state: {SHAPE}"),
        ));
    }
    let (place, place_tokens) = parse_place(input)?;
    let from = parse_from(input, &place_tokens)?;
    parse_arrow(input, &place_tokens)?;
    let next = parse_next(input)?;
    let fields = field::parse_all(input, errors);
    Ok(Some(Args {
        place,
        place_tokens,
        from,
        next,
        fields,
    }))
}

fn parse_place(input: ParseStream<'_>) -> syn::Result<(Expr, TokenStream)> {
    let fork = input.fork();
    if input.peek(Token![=>]) {
        let arrow: Token![=>] = input.parse()?;
        return Err(syn::Error::new_spanned(
            arrow,
            format!("the place is missing in front of the arrow: {SHAPE}"),
        ));
    }
    let place: Expr = input.parse()?;
    if let Expr::Assign(assign) = &place {
        return Err(syn::Error::new_spanned(
            assign.eq_token,
            format!(
                "the arrow is `=>`: write `{} => {}`",
                source_like(&assign.left.to_token_stream()),
                source_like(&assign.right.to_token_stream())
            ),
        ));
    }
    let mut tokens = TokenStream::new();
    while fork.cursor() != input.cursor() {
        fork.parse::<TokenTree>()?.to_tokens(&mut tokens);
    }
    Ok((place, tokens))
}

/// `: PaymentPending`
fn parse_from(input: ParseStream<'_>, place: &TokenStream) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![:]) || input.peek(Token![::]) {
        return Ok(None);
    }
    let colon: Token![:] = input.parse()?;
    let start = input.fork();
    if let Ok(from) = Ident::parse_any(input)
        && !input.peek(Token![::])
        && (input.is_empty() || input.peek(Token![=>]))
    {
        return Ok(Some(from));
    }
    let tokens = until_arrow(&start);
    if tokens.is_empty() {
        return Err(syn::Error::new_spanned(
            colon,
            "behind the colon stands the state that the step begins in",
        ));
    }
    let place = source_like(place);
    let meant = last_ident(&tokens).map_or_else(|| "State".to_owned(), |it| it.to_string());
    Err(syn::Error::new_spanned(
        &tokens,
        format!(
            "the state that the step begins in is one variant's name alone: `{place}: {meant} => ...`"
        ),
    ))
}

fn parse_arrow(input: ParseStream<'_>, place: &TokenStream) -> syn::Result<()> {
    if input.parse::<Token![=>]>().is_ok() {
        if list::at_end(input) {
            return Err(syn::Error::new_spanned(
                place,
                format!("the next state is missing behind the arrow: {SHAPE}"),
            ));
        }
        return Ok(());
    }
    let place_text = source_like(place);
    let Some((token, _)) = input.cursor().token_tree() else {
        return Err(syn::Error::new_spanned(
            place,
            format!(
                "the next state is missing: write `transition!({place_text} => Enum::Variant)`"
            ),
        ));
    };
    let wrong: TokenStream = if input.peek(Token![->]) {
        input.parse::<Token![->]>()?.into_token_stream()
    } else {
        token.into()
    };
    Err(syn::Error::new_spanned(
        wrong,
        format!("an arrow stands behind the place: `transition!({place_text} => Enum::Variant)`"),
    ))
}

/// The next state, as the tokens the user wrote.
fn parse_next(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let next = field::parse_expr(input)?;
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return Ok(next);
    }
    let Some((token, _)) = input.cursor().token_tree() else {
        return Ok(next);
    };
    Err(list::comma_missing(
        &token,
        ": fields come after the next state",
    ))
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
