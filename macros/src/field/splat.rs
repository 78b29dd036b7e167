//! The syntax of `..order`, the members of a structure as fields.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::parse::ParseStream;

use super::tokens::{parse_expr, peek_colon};
use crate::list::{at_end, until_comma};
use crate::source::shown;
use crate::written::{Field, GROUP_MARK, Mode, Origin};

/// Reads one, from its dots to the end of its expression.
pub(super) fn parse_splat(input: ParseStream<'_>) -> syn::Result<Field> {
    if input.peek(Token![...]) || input.peek(Token![..=]) {
        let dots: TokenStream = if input.peek(Token![...]) {
            input.parse::<Token![...]>()?.into_token_stream()
        } else {
            input.parse::<Token![..=]>()?.into_token_stream()
        };
        return Err(syn::Error::new_spanned(
            dots,
            "the members of a structure are recorded with two dots: `..order`",
        ));
    }
    let dots: Token![..] = input.parse()?;
    if at_end(input) {
        return Err(syn::Error::new_spanned(
            dots,
            "a structure is missing after `..`: write `..order`",
        ));
    }
    if input.peek(Token![%]) || input.peek(Token![?]) {
        let mark: TokenTree = input.parse()?;
        return Err(syn::Error::new(
            mark.span(),
            format!(
                "how each member is taken is said where its structure derives `Fields`: remove the `{mark}`"
            ),
        ));
    }
    let value = parse_expr(input)?;
    let mut key_tokens = dots.to_token_stream();
    key_tokens.extend(value.clone());
    if peek_colon(input) {
        let colon: Token![:] = input.parse()?;
        return Err(syn::Error::new_spanned(
            colon,
            "how each member is taken is said where its structure derives `Fields`: nothing follows `..order`",
        ));
    }
    Ok(Field {
        key: GROUP_MARK.to_owned(),
        key_tokens,
        mode: Mode::Fields,
        value,
        origin: Origin::Splat,
    })
}

/// What is said of `..order` behind a key.
pub(super) fn splat_behind_key(input: ParseStream<'_>, key: &str) -> syn::Result<syn::Error> {
    let dots: Token![..] = input.parse()?;
    let value = shown(&until_comma(input), "value");
    Ok(syn::Error::new_spanned(
        dots,
        format!(
            "the members of a structure are recorded with `..{value}`, or with this key in front of theirs: write \
             `{key}: fields = {value}`"
        ),
    ))
}
