//! The syntax of captures: the word after a key's colon, and its argument.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitInt, LitStr, Token};

use super::splat::splat_behind_key;
use crate::list::{at_end, until_comma};
use crate::reason::check_reason;
use crate::source::shown;
use crate::suggest;
use crate::types;
use crate::written::Mode;

/// The words of captures, here and in the marks of members.
pub(crate) const CAPTURES: [&str; 9] = [
    "display", "debug", "serde", "error", "fields", "redact", "mask", "hash", "reveal",
];

/// What a word means that takes no argument.
pub(crate) fn plain_mode(word: &str) -> Option<Mode> {
    Some(match word {
        "display" => Mode::Display,
        "debug" => Mode::Debug,
        "serde" => Mode::Serde,
        "error" => Mode::Error,
        "fields" => Mode::Fields,
        "redact" => Mode::Redact,
        "hash" => Mode::Hash,
        _ => return None,
    })
}

const CAPTURE_LIST: &str =
    "display, debug, serde, error, fields, redact, mask(last = 4), hash, reveal(\"<reason>\")";

/// `display`, `mask(last = 4)`, `reveal("why")`
pub(super) fn parse_capture(
    input: ParseStream<'_>,
    colon: Token![:],
    key: &str,
) -> syn::Result<Mode> {
    if at_end(input) {
        return Err(syn::Error::new_spanned(
            colon,
            format!("a capture is missing after the colon: one of {CAPTURE_LIST}"),
        ));
    }
    if input.peek(Token![..]) {
        return Err(splat_behind_key(input, key)?);
    }
    let start = input.fork();
    let Ok(word) = Ident::parse_any(input) else {
        let tokens = until_comma(&start);
        // `key:?`, `key: %value`
        if let Some((mark, _)) = start.cursor().punct()
            && matches!(mark.as_char(), '?' | '%')
        {
            let mark = mark.as_char();
            let mut behind = tokens.clone().into_iter().skip(1).peekable();
            let message = if behind.peek().is_none() {
                format!("the mark goes before the value: write `{mark}{key}`")
            } else if behind.next_if(is_assign).is_some() {
                // `key:? = value`
                format!(
                    "the mark goes before the value: write `{key} = {mark}{}`",
                    shown(&behind.collect(), "value")
                )
            } else {
                format!(
                    "a value comes after `=`: write `{key} = {}`",
                    shown(&tokens, "value")
                )
            };
            return Err(syn::Error::new_spanned(&tokens, message));
        }
        // `key := value`
        let value: TokenStream = tokens.clone().into_iter().skip_while(is_assign).collect();
        return Err(syn::Error::new_spanned(
            &tokens,
            format!(
                "a value comes after `=`: write `{key} = {}`; after a colon comes one of {CAPTURE_LIST}",
                shown(&value, "value")
            ),
        ));
    };
    let text = word.to_string();
    match text.as_str() {
        "mask" => return parse_mask(input, &word),
        "reveal" => return parse_reveal(input, &word),
        _ => {}
    }
    let Some(mode) = plain_mode(&text) else {
        let tokens = until_comma(&start);
        if types::is_plain(&text) || text == "Box" {
            let value = after_assign(&tokens);
            let field = if value.to_string() == tokens.to_string() {
                key.to_owned()
            } else {
                format!("{key} = {}", shown(&value, "value"))
            };
            return Err(syn::Error::new_spanned(
                &tokens,
                format!("a field has the type of its value: write `{field}`"),
            ));
        }
        // `err: e`: the variable that errors are called by.
        if text == "e" && tokens.clone().into_iter().nth(1).is_none() {
            return Err(syn::Error::new(
                word.span(),
                format!(
                    "`e` is not a capture{} The captures are {CAPTURE_LIST}",
                    suggest::question(&format!("{key}: error = e"))
                ),
            ));
        }
        return Err(match meant_by(&text) {
            Some(meant) => syn::Error::new(
                word.span(),
                format!(
                    "`{text}` is not a capture{} The captures are {CAPTURE_LIST}",
                    suggest::question(meant)
                ),
            ),
            None => syn::Error::new_spanned(
                &tokens,
                format!(
                    "`{text}` is not a capture ({CAPTURE_LIST}); a value comes after `=`: `{key} = {}`",
                    shown(&after_assign(&tokens), "value")
                ),
            ),
        });
    };
    if let Some((TokenTree::Group(group), _)) = input.cursor().token_tree()
        && group.delimiter() == Delimiter::Parenthesis
    {
        return Err(syn::Error::new(
            group.span(),
            format!("`{text}` takes no argument: write `{key}: {text}`"),
        ));
    }
    Ok(mode)
}

/// The capture that other tools call so, or that is mistyped.
fn meant_by(word: &str) -> Option<&'static str> {
    match word {
        "json" | "serde_json" | "structure" | "Serialize" | "sval" => Some("serde"),
        "dbg" | "fmt" | "Debug" => Some("debug"),
        "text" | "string" | "to_string" => Some("display"),
        "err" | "e" | "Error" => Some("error"),
        "hidden" | "hide" | "omit" | "skip" | "secret" => Some("redact"),
        _ => suggest::nearest(word, CAPTURES),
    }
}

pub(crate) fn parse_mask(input: ParseStream<'_>, word: &Ident) -> syn::Result<Mode> {
    let wrong = |span: Span| {
        Err(syn::Error::new(
            span,
            "`mask` needs the number of characters at the end that stay readable: write `mask(last = 4)`",
        ))
    };
    let Some((arguments, span)) = parse_arguments(input)? else {
        return wrong(word.span());
    };
    let number = syn::parse::Parser::parse2(
        |inner: ParseStream<'_>| {
            let name: Ident = inner.parse()?;
            inner.parse::<Token![=]>()?;
            let number: LitInt = inner.parse()?;
            Ok((name == "last").then_some(number))
        },
        arguments,
    );
    let Ok(Some(number)) = number else {
        return wrong(span);
    };
    match number.base10_parse::<usize>() {
        Ok(1..=64) if number.suffix().is_empty() => Ok(Mode::Mask(quote!(#number))),
        Ok(0) => Err(syn::Error::new(
            number.span(),
            "`mask(last = 0)` shows nothing: write `redact`",
        )),
        _ => Err(syn::Error::new(
            number.span(),
            "`mask` shows 1 to 64 characters, and never more than half of the value",
        )),
    }
}

fn parse_reveal(input: ParseStream<'_>, word: &Ident) -> syn::Result<Mode> {
    let wrong = |span: Span| {
        Err(syn::Error::new(
            span,
            "`reveal` needs a reason: write `reveal(\"<reason>\")`, which says why this is not a secret",
        ))
    };
    let Some((arguments, span)) = parse_arguments(input)? else {
        return wrong(word.span());
    };
    match syn::parse2::<LitStr>(arguments) {
        Ok(reason) if !reason.value().trim().is_empty() => {
            check_reason(&reason)?;
            Ok(Mode::Reveal)
        }
        _ => wrong(span),
    }
}

fn parse_arguments(input: ParseStream<'_>) -> syn::Result<Option<(TokenStream, Span)>> {
    if let Some((TokenTree::Group(group), _)) = input.cursor().token_tree()
        && group.delimiter() == Delimiter::Parenthesis
    {
        let _: TokenTree = input.parse()?;
        return Ok(Some((group.stream(), group.span())));
    }
    Ok(None)
}

fn is_assign(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=')
}

/// `7` of `u64 = 7`; everything where nothing is assigned.
fn after_assign(tokens: &TokenStream) -> TokenStream {
    let value: TokenStream = tokens
        .clone()
        .into_iter()
        .skip_while(|token| !is_assign(token))
        .skip(1)
        .collect();
    if value.is_empty() {
        tokens.clone()
    } else {
        value
    }
}
