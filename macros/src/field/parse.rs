//! The syntax of fields. Total: a field that cannot be read becomes an error and the next one is
//! still read. Judges no meaning.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::capture::{CAPTURES, parse_capture};
use super::key::{
    Path, beside_each_other, check_variable, continues_expression, expression_as_key,
    operator_after_key, parse_path, refuse_binding,
};
use super::splat::{parse_splat, splat_behind_key};
use super::tokens::{parse_expr, peek_assign, peek_colon};
use crate::diag::Errors;
use crate::list::{self, at_end};
use crate::source::{shown, source_like};
use crate::written::{Field, Mode, Origin};

/// Reads fields up to the end of the input.
pub(crate) fn parse_all(input: ParseStream<'_>, errors: &mut Errors) -> Vec<Field> {
    let mut fields = Vec::new();
    while !input.is_empty() {
        if list::refuse_stray(input, errors) {
            continue;
        }
        match parse_one(input) {
            Ok(field) => fields.push(field),
            Err(error) => {
                errors.push_error(error);
                list::skip_to_comma(input);
            }
        }
        end_of_field(input, errors);
    }
    fields
}

/// Consumes the comma after a field, or says that it is missing.
fn end_of_field(input: ParseStream<'_>, errors: &mut Errors) {
    // What cannot start a field would only be complained about again.
    if !list::expect_comma(input, errors) && !starts_field(input) {
        list::skip_past_comma(input, errors);
    }
}

fn starts_field(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any)
        || input.peek(LitStr)
        || input.peek(Token![%])
        || input.peek(Token![?])
        || input.peek(Token![..])
}

fn parse_one(input: ParseStream<'_>) -> syn::Result<Field> {
    if input.peek(Token![..]) {
        return parse_splat(input);
    }
    if input.peek(Token![%]) || input.peek(Token![?]) {
        return parse_marked(input);
    }
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        let key = literal.value();
        let tokens = literal.to_token_stream();
        return parse_after_key(input, key, tokens, None);
    }
    if peek_assign(input) {
        return Err(input.error("a key is missing before `=`: write `key = value`"));
    }
    if !input.peek(Ident::peek_any) {
        return Err(expression_as_key(input, ""));
    }
    if let Some(error) = refuse_binding(input) {
        return Err(error);
    }
    let fork = input.fork();
    let path = parse_path(&fork)?;
    if continues_expression(&fork) {
        return Err(
            operator_after_key(&fork, &path.tokens).unwrap_or_else(|| expression_as_key(input, ""))
        );
    }
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    let shorthand = path.tokens.clone();
    parse_after_key(input, path.key, path.tokens, Some(shorthand))
}

/// `%var`, `?order.id`
fn parse_marked(input: ParseStream<'_>) -> syn::Result<Field> {
    let mark: TokenTree = input.parse()?;
    let mode = mark_mode(&mark);
    if at_end(input) {
        return Err(syn::Error::new(
            mark.span(),
            format!("a variable is missing after `{mark}`"),
        ));
    }
    let fork = input.fork();
    let path = match parse_path(&fork) {
        Ok(path) if !continues_expression(&fork) => path,
        _ => return Err(expression_as_key(input, &mark.to_string())),
    };
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    let text = source_like(&path.tokens);
    if peek_assign(input) {
        let _: Token![=] = input.parse()?;
        return Err(syn::Error::new(
            mark.span(),
            format!(
                "the mark goes before the value: write `{text} = {mark}{}`",
                shown(&list::until_comma(input), "value")
            ),
        ));
    }
    if peek_colon(input) {
        return Err(syn::Error::new(
            mark.span(),
            format!(
                "`{mark}` and a capture after the colon are two captures of one value; keep one"
            ),
        ));
    }
    check_variable(&path)?;
    Ok(Field {
        key: path.key,
        key_tokens: path.tokens.clone(),
        mode,
        value: path.tokens,
        origin: Origin::Shorthand,
    })
}

fn mark_mode(mark: &TokenTree) -> Mode {
    if mark.to_string() == "%" {
        Mode::Display
    } else {
        Mode::Debug
    }
}

/// What may follow a key: `= value`, `: capture`, `: capture = value`, or nothing where the key is
/// the value, too.
fn parse_after_key(
    input: ParseStream<'_>,
    key: String,
    key_tokens: TokenStream,
    shorthand: Option<TokenStream>,
) -> syn::Result<Field> {
    let text = source_like(&key_tokens);
    if input.peek(Token![=>]) {
        let arrow: Token![=>] = input.parse()?;
        let value = shown(&list::until_comma(input), "value");
        return Err(syn::Error::new_spanned(
            arrow,
            format!("a field is written with `=`: `{text} = {value}`"),
        ));
    }
    if peek_assign(input) {
        refuse_assigned_splat(input, &text)?;
        let (mode, value) = parse_assigned(input, &text)?;
        return Ok(Field {
            key,
            key_tokens,
            mode: mode.unwrap_or(Mode::Typed),
            value,
            origin: Origin::Named,
        });
    }
    let mode = if peek_colon(input) {
        let colon: Token![:] = input.parse()?;
        let mode = parse_capture(input, colon, &text)?;
        if peek_assign(input) {
            if let Mode::Fields = mode {
                refuse_assigned_splat(input, &text)?;
            }
            let equals = input.span();
            let (mark, value) = parse_assigned(input, &text)?;
            if mark.is_some() {
                return Err(syn::Error::new(
                    equals,
                    "`%` or `?` and a capture after the colon are two captures of one value; keep one",
                ));
            }
            return Ok(Field {
                key,
                key_tokens,
                mode,
                value,
                origin: Origin::Named,
            });
        }
        mode
    } else {
        Mode::Typed
    };
    let Some(value) = shorthand else {
        return Err(syn::Error::new_spanned(
            key_tokens,
            if key.contains([' ', '{']) {
                format!(
                    "a text belongs to an event, right after its name; as a key it needs a value: `{text} = value`"
                )
            } else if syn::parse_str::<Ident>(&key).is_ok() {
                format!(
                    "{text} is a key without a value: write `{key}` for the variable, or `{text} = value`"
                )
            } else {
                format!("{text} is a key without a value: write `{text} = value`")
            },
        ));
    };
    check_variable(&Path {
        key: key.clone(),
        tokens: value.clone(),
    })?;
    Ok(Field {
        key,
        key_tokens,
        mode,
        value,
        origin: Origin::Shorthand,
    })
}

/// `= ..order`, which is no range that anybody could log without a capture, or with `fields`.
fn refuse_assigned_splat(input: ParseStream<'_>, key: &str) -> syn::Result<()> {
    let fork = input.fork();
    let _: Token![=] = fork.parse()?;
    if !fork.peek(Token![..]) {
        return Ok(());
    }
    Err(splat_behind_key(&fork, key)?)
}

/// `= value`, `= %value`, `= ?value`
fn parse_assigned(input: ParseStream<'_>, key: &str) -> syn::Result<(Option<Mode>, TokenStream)> {
    let equals: Token![=] = input.parse()?;
    let mut last = equals.to_token_stream();
    let mut mode = None;
    let mut written = String::new();
    if input.peek(Token![%]) || input.peek(Token![?]) {
        let mark: TokenTree = input.parse()?;
        mode = Some(mark_mode(&mark));
        written = mark.to_string();
        last = mark.into();
    }
    if at_end(input) {
        return Err(syn::Error::new_spanned(
            &last,
            format!("a value is missing after `{last}`: write `{key} = {written}value`"),
        ));
    }
    refuse_brackets(input, key)?;
    let value = parse_expr(input).map_err(|error| not_a_value(error, key, &written))?;
    if mode.is_none() && peek_colon(input) {
        refuse_late_capture(input, key, &value)?;
    }
    Ok((mode, value))
}

/// `= {"user_id": 7}`: what other tools take as a map of fields.
fn refuse_brackets(input: ParseStream<'_>, key: &str) -> syn::Result<()> {
    let Some((inside, span, _)) = input.cursor().group(Delimiter::Brace) else {
        return Ok(());
    };
    let is_map = inside.token_tree().is_some_and(|(key, rest)| {
        let mut behind = rest.token_stream().into_iter();
        matches!(key, TokenTree::Literal(_) | TokenTree::Ident(_))
            && matches!(
                (behind.next(), behind.next()),
                (Some(TokenTree::Punct(first)), next) if match first.as_char() {
                    ':' => first.spacing() == Spacing::Alone,
                    '=' => matches!(&next, Some(TokenTree::Punct(it)) if it.as_char() == '>'),
                    _ => false,
                }
            )
    });
    if !is_map {
        return Ok(());
    }
    Err(syn::Error::new(
        span.join(),
        format!(
            "{} in place of `{key} = ...`",
            beside_each_other(&inside.token_stream())
        ),
    ))
}

/// `= value:?`, `= value: debug`
fn refuse_late_capture(input: ParseStream<'_>, key: &str, value: &TokenStream) -> syn::Result<()> {
    let fork = input.fork();
    let _: Token![:] = fork.parse()?;
    let (behind, value) = (list::until_comma(&fork), shown(value, "value"));
    let mark = behind.to_string();
    let message = if mark == "?" || mark == "%" {
        format!("the mark goes before the value: write `{key} = {mark}{value}`")
    } else if CAPTURES.iter().any(|it| mark.starts_with(it)) {
        let capture = source_like(&behind);
        format!("a capture stands behind the key: write `{key}: {capture} = {value}`")
    } else {
        return Ok(());
    };
    Err(syn::Error::new_spanned(behind, message))
}

/// The syntax layer says what Rust expects; this says of what, and what a field looks like.
fn not_a_value(error: syn::Error, key: &str, mark: &str) -> syn::Error {
    let text = error.to_string();
    if !text.starts_with("expected") {
        return error;
    }
    syn::Error::new(
        error.span(),
        format!("this is no value ({text}): write `{key} = {mark}value`"),
    )
}
