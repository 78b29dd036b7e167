//! The syntax of `place => next, fields...` and `place: State => Enum::Variant, fields...`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Token};

use super::from;
use crate::diag::Errors;
use crate::field;
use crate::input;
use crate::level::Level;
use crate::list;
use crate::source::{shown, source_like};
use crate::written::Field;

/// A call as it was written.
pub(crate) struct Args {
    /// The place, and the tokens that the user wrote for it.
    pub(crate) place: Expr,
    pub(crate) place_tokens: TokenStream,
    /// The state that the step must begin in.
    pub(crate) from: Option<Ident>,
    pub(crate) next: TokenStream,
    /// The same, taken apart to find its variant, where the step says what it begins in.
    pub(crate) target: Option<Expr>,
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
    if let Err(error) = input::read(input, read) {
        errors.push_error(error);
    }
    args
}

fn parse_call(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Args>> {
    if input.is_empty() {
        return Err(syn::Error::new(
            Span::call_site(),
            format!("a place and the next state are missing: {SHAPE}"),
        ));
    }
    let (place, place_tokens) = parse_place(input)?;
    let from = from::parse(input, &place_tokens)?;
    parse_arrow(input, &place_tokens, from.as_ref())?;
    let next = parse_next(input, errors)?;
    let target = match &from {
        Some(_) => Some(input::read(next.clone(), Expr::parse)?),
        None => None,
    };
    let fields = field::parse_all(input, errors);
    Ok(Some(Args {
        place,
        place_tokens,
        from,
        next,
        target,
        fields,
    }))
}

fn parse_place(input: ParseStream<'_>) -> syn::Result<(Expr, TokenStream)> {
    let fork = input.fork();
    if input.peek(Token![=>]) {
        let arrow: Token![=>] = input.parse()?;
        return Err(syn::Error::new_spanned(
            arrow,
            format!("the place is missing before the arrow: {SHAPE}"),
        ));
    }
    let place: Expr = input.parse().map_err(|error| {
        let begins = input.cursor() == fork.cursor();
        let why = "a step begins with the place that keeps the state";
        if begins {
            syn::Error::new(error.span(), format!("{why}: {SHAPE}"))
        } else {
            error
        }
    })?;
    if let Expr::Binary(binary) = &place
        && matches!(
            binary.op,
            syn::BinOp::Eq(_) | syn::BinOp::Ge(_) | syn::BinOp::Gt(_)
        )
    {
        return Err(syn::Error::new_spanned(
            binary.op,
            format!(
                "the arrow is `=>`: write `{} => {}`",
                source_like(&binary.left.to_token_stream()),
                source_like(&binary.right.to_token_stream())
            ),
        ));
    }
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

fn parse_arrow(
    input: ParseStream<'_>,
    place: &TokenStream,
    from: Option<&Ident>,
) -> syn::Result<()> {
    if let Ok(arrow) = input.parse::<Token![=>]>() {
        if list::at_end(input) {
            return Err(syn::Error::new_spanned(
                arrow,
                format!("the next state is missing after the arrow: {SHAPE}"),
            ));
        }
        return Ok(());
    }
    let place_text = match from {
        Some(from) => format!("{}: {from}", source_like(place)),
        None => source_like(place),
    };
    let Some((token, rest)) = input.cursor().token_tree() else {
        // `Order::Paid` is no place.
        let is_state = from.is_none()
            && syn::parse2::<syn::Path>(place.clone()).is_ok_and(|it| it.segments.len() > 1);
        let message = if is_state {
            format!(
                "the place that keeps the state is missing: write `transition!(place => {place_text})`"
            )
        } else {
            format!("the next state is missing: write `transition!({place_text} => Enum::Variant)`")
        };
        return Err(syn::Error::new_spanned(place, message));
    };
    if let Some(first) = stands_before(place) {
        return Err(syn::Error::new_spanned(
            place,
            format!("{first}; a step begins with its place: {SHAPE}"),
        ));
    }
    // `order.state Created => Order::Paid`
    if let TokenTree::Ident(word) = &token
        && rest.punct().is_some_and(|(mark, _)| mark.as_char() == '=')
    {
        return Err(syn::Error::new(
            word.span(),
            format!(
                "a colon stands before the state that the step begins in: write `{place_text}: {word} => ...`"
            ),
        ));
    }
    let wrong: TokenStream = if input.peek(Token![->]) {
        input.parse::<Token![->]>()?.into_token_stream()
    } else {
        if matches!(token, TokenTree::Punct(_)) {
            input.parse::<TokenTree>()?;
        }
        token.into()
    };
    let next = shown(&list::until_comma(input), "Enum::Variant");
    let next = if next.is_empty() {
        "Enum::Variant"
    } else {
        &next
    };
    Err(syn::Error::new_spanned(
        wrong,
        format!("an arrow comes after the place: write `transition!({place_text} => {next})`"),
    ))
}

/// What a record begins with elsewhere, and a step does not: a level, a name.
fn stands_before(place: &TokenStream) -> Option<String> {
    let text = source_like(place);
    if Level::named(&text).is_some() {
        return Some(format!("a step has its own level, so remove `{text}`"));
    }
    text.starts_with('"')
        .then(|| format!("the event of a step is always `state_transition`, so remove `{text}`"))
}

/// The next state, as the tokens the user wrote.
fn parse_next(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<TokenStream> {
    let begin = input.cursor();
    let next = field::parse_expr(input).map_err(|error| {
        // What is no expression at all, such as a second arrow.
        if begin.punct().is_some() && syn::parse2::<Expr>(list::until_comma(input)).is_err() {
            syn::Error::new(
                error.span(),
                format!("the next state comes after the arrow: {SHAPE}"),
            )
        } else {
            error
        }
    })?;
    if input.peek(Token![=>]) {
        let arrow: Token![=>] = input.parse()?;
        return Err(syn::Error::new_spanned(
            arrow,
            "a step has one arrow: write a step for each of them",
        ));
    }
    if list::refuse_semicolon(input, errors) {
        return Ok(next);
    }
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
