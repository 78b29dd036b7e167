//! The syntax of fields. Total: a field that cannot be read becomes an error and the next one is
//! still read. Judges no meaning.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitInt, LitStr, Token};

use super::{Field, Mode, Origin, shown, source_like};
use crate::diag::Errors;
use crate::suggest;

const CAPTURES: [&str; 8] = [
    "display", "debug", "serde", "error", "redact", "mask", "hash", "reveal",
];

const CAPTURE_LIST: &str =
    "display, debug, serde, error, redact, mask(last = 4), hash, reveal(\"why\")";

/// Reads fields up to the end of the input.
pub(crate) fn parse_all(input: ParseStream<'_>, errors: &mut Errors) -> Vec<Field> {
    let mut fields = Vec::new();
    while !input.is_empty() {
        if let Ok(comma) = input.parse::<Token![,]>() {
            errors.push_spanned(comma, "a field is missing in front of this comma");
            continue;
        }
        match parse_one(input) {
            Ok(field) => fields.push(field),
            Err(error) => {
                errors.push_error(error);
                skip_field(input);
            }
        }
        end_of_field(input, errors);
    }
    fields
}

/// Consumes the comma behind a field, or says that it is missing.
fn end_of_field(input: ParseStream<'_>, errors: &mut Errors) {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return;
    }
    if refuse_semicolon(input, errors) {
        return;
    }
    let next = next_token(input);
    errors.push_spanned(
        &next,
        format!("a comma is missing in front of `{}`", source_like(&next)),
    );
    // What cannot start a field would only be complained about again.
    if !starts_field(input) {
        skip_field(input);
        let _: syn::Result<Token![,]> = input.parse();
    }
}

/// Consumes a `;` where a comma must be, and says so.
pub(crate) fn refuse_semicolon(input: ParseStream<'_>, errors: &mut Errors) -> bool {
    let Ok(semicolon) = input.parse::<Token![;]>() else {
        return false;
    };
    errors.push_spanned(
        semicolon,
        "fields are separated by commas: write `,` in place of `;`",
    );
    true
}

fn next_token(input: ParseStream<'_>) -> TokenStream {
    input
        .cursor()
        .token_tree()
        .map_or_else(TokenStream::new, |(token, _)| token.into())
}

fn starts_field(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any)
        || input.peek(LitStr)
        || input.peek(Token![%])
        || input.peek(Token![?])
}

/// Consumes everything in front of the next comma.
fn skip_field(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

fn parse_one(input: ParseStream<'_>) -> syn::Result<Field> {
    if input.peek(Token![..]) {
        let dots: Token![..] = input.parse()?;
        return Err(syn::Error::new_spanned(
            dots,
            "`..` does not spread a value into fields; list what is to be recorded, such as `order.id, order.total`",
        ));
    }
    if input.peek(Token![%]) || input.peek(Token![?]) {
        return parse_marked(input);
    }
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        let key = literal.value();
        let tokens = literal.to_token_stream();
        return parse_behind_key(input, key, tokens, None);
    }
    if !input.peek(Ident::peek_any) {
        return Err(expression_as_key(input, ""));
    }
    let fork = input.fork();
    let path = parse_path(&fork)?;
    if continues_expression(&fork) {
        return Err(expression_as_key(input, ""));
    }
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    let shorthand = path.tokens.clone();
    parse_behind_key(input, path.key, path.tokens, Some(shorthand))
}

/// `%var`, `?order.id`
fn parse_marked(input: ParseStream<'_>) -> syn::Result<Field> {
    let mark: TokenTree = input.parse()?;
    let mode = mark_mode(&mark);
    if at_end(input) {
        return Err(syn::Error::new(
            mark.span(),
            format!("a variable is missing behind `{mark}`"),
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
        return Err(syn::Error::new(
            mark.span(),
            format!("the mark stands in front of the value: write `{text} = {mark}...`"),
        ));
    }
    if peek_colon(input) {
        return Err(syn::Error::new(
            mark.span(),
            format!(
                "`{mark}` and a capture behind the colon are two captures of one value; keep one"
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
fn parse_behind_key(
    input: ParseStream<'_>,
    key: String,
    key_tokens: TokenStream,
    shorthand: Option<TokenStream>,
) -> syn::Result<Field> {
    let text = source_like(&key_tokens);
    if input.peek(Token![=>]) {
        let arrow: Token![=>] = input.parse()?;
        return Err(syn::Error::new_spanned(
            arrow,
            format!("a field is written with `=`: `{text} = ...`"),
        ));
    }
    if peek_assign(input) {
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
            let equals = input.span();
            let (mark, value) = parse_assigned(input, &text)?;
            if mark.is_some() {
                return Err(syn::Error::new(
                    equals,
                    "`%` or `?` and a capture behind the colon are two captures of one value; keep one",
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
                    "a text with holes stands right behind the event's name; as a key it needs a value: `{text} = value`"
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

fn peek_assign(input: ParseStream<'_>) -> bool {
    input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>])
}

fn peek_colon(input: ParseStream<'_>) -> bool {
    input.peek(Token![:]) && !input.peek(Token![::])
}

/// `= value`, `= %value`, `= ?value`
fn parse_assigned(input: ParseStream<'_>, key: &str) -> syn::Result<(Option<Mode>, TokenStream)> {
    let equals: Token![=] = input.parse()?;
    let mut last = equals.to_token_stream();
    let mut mode = None;
    if input.peek(Token![%]) || input.peek(Token![?]) {
        let mark: TokenTree = input.parse()?;
        mode = Some(mark_mode(&mark));
        last = mark.into();
    }
    if at_end(input) {
        return Err(syn::Error::new_spanned(
            &last,
            format!("a value is missing behind `{last}`: write `{key} = value`"),
        ));
    }
    Ok((mode, parse_expr(input)?))
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

/// `display`, `mask(last = 4)`, `reveal("why")`
fn parse_capture(input: ParseStream<'_>, colon: Token![:], key: &str) -> syn::Result<Mode> {
    if at_end(input) {
        return Err(syn::Error::new_spanned(
            colon,
            format!("a capture is missing behind the colon: one of {CAPTURE_LIST}"),
        ));
    }
    let start = input.fork();
    let Ok(word) = Ident::parse_any(input) else {
        let tokens = field_tokens(&start);
        return Err(syn::Error::new_spanned(
            &tokens,
            format!(
                "a value stands behind `=`: write `{key} = {}`; behind a colon stands one of {CAPTURE_LIST}",
                shown(&tokens, "value")
            ),
        ));
    };
    let text = word.to_string();
    let mode = match text.as_str() {
        "mask" => return parse_mask(input, &word),
        "reveal" => return parse_reveal(input, &word),
        "display" => Mode::Display,
        "debug" => Mode::Debug,
        "serde" => Mode::Serde,
        "error" => Mode::Error,
        "redact" => Mode::Redact,
        "hash" => Mode::Hash,
        _ => {
            let tokens = field_tokens(&start);
            return Err(match suggest::nearest(&text, CAPTURES) {
                Some(meant) => syn::Error::new(
                    word.span(),
                    format!(
                        "`{text}` is not a capture; did you mean `{meant}`? The captures are {CAPTURE_LIST}"
                    ),
                ),
                None => syn::Error::new_spanned(
                    &tokens,
                    format!(
                        "`{text}` is not a capture ({CAPTURE_LIST}); a value stands behind `=`: `{key} = {}`",
                        shown(&behind_assign(&tokens), "value")
                    ),
                ),
            });
        }
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

fn parse_mask(input: ParseStream<'_>, word: &Ident) -> syn::Result<Mode> {
    let wrong = |span: Span| {
        Err(syn::Error::new(
            span,
            "`mask` says how many characters at the end stay readable: `mask(last = 4)`",
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
            "`reveal` needs its reason: `reveal(\"why this is not a secret\")`",
        ))
    };
    let Some((arguments, span)) = parse_arguments(input)? else {
        return wrong(word.span());
    };
    match syn::parse2::<LitStr>(arguments) {
        Ok(reason) if !reason.value().trim().is_empty() => Ok(Mode::Reveal),
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

/// `user_id`, `order.id`, `self.amount`, `pair.0`
struct Path {
    key: String,
    tokens: TokenStream,
}

fn parse_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let first = Ident::parse_any(input)?;
    let mut key = if first == "self" {
        String::new()
    } else {
        first.unraw().to_string()
    };
    let mut tokens = first.to_token_stream();
    while input.peek(Token![.]) && !input.peek(Token![..]) {
        let dot: Token![.] = input.parse()?;
        let member: TokenTree = input.parse()?;
        let name = match &member {
            TokenTree::Ident(name) => name.unraw().to_string(),
            // `pair.0`, and `pair.0.1`, whose members are one token.
            TokenTree::Literal(index) => index.to_string(),
            TokenTree::Group(_) | TokenTree::Punct(_) => {
                return Err(syn::Error::new(
                    member.span(),
                    "a field's name stands behind a dot",
                ));
            }
        };
        if !key.is_empty() {
            key.push('.');
        }
        key.push_str(&name);
        dot.to_tokens(&mut tokens);
        member.to_tokens(&mut tokens);
    }
    Ok(Path { key, tokens })
}

/// Whether more tokens make a path part of a larger expression: `order.id()`, `a + b`, `a::b`.
fn continues_expression(input: ParseStream<'_>) -> bool {
    if at_end(input) || peek_assign(input) || peek_colon(input) || input.peek(Token![=>]) {
        return false;
    }
    // A literal, a name or a mark starts the next field: a comma is missing.
    let Some((next, _)) = input.cursor().token_tree() else {
        return false;
    };
    match next {
        TokenTree::Ident(word) => word == "as",
        TokenTree::Literal(_) => false,
        TokenTree::Group(_) | TokenTree::Punct(_) => true,
    }
}

/// A key that stands alone is a variable, so it must be able to be one.
fn check_variable(path: &Path) -> syn::Result<()> {
    if path.key.is_empty() {
        return Err(syn::Error::new_spanned(
            &path.tokens,
            "`self` is a whole value: name the field, such as `self.id`",
        ));
    }
    let first = path.tokens.clone().into_iter().next();
    if let Some(TokenTree::Ident(word)) = first
        && word != "self"
        && syn::parse2::<Ident>(word.to_token_stream()).is_err()
    {
        let text = match word.to_string().as_str() {
            "true" | "false" => format!("`{word}` is a value without a key: write `key = {word}`"),
            "Self" | "super" | "crate" => format!("`{word}` is not a value"),
            _ => format!(
                "`{word}` is a keyword: write `r#{word}` for the variable, or `{word} = value`"
            ),
        };
        return Err(syn::Error::new(word.span(), text));
    }
    Ok(())
}

/// `7` of `u64 = 7`; everything where nothing is assigned.
fn behind_assign(tokens: &TokenStream) -> TokenStream {
    let is_assign =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=');
    let behind: TokenStream = tokens
        .clone()
        .into_iter()
        .skip_while(|token| !is_assign(token))
        .skip(1)
        .collect();
    if behind.is_empty() {
        tokens.clone()
    } else {
        behind
    }
}

/// The tokens up to the next comma.
fn field_tokens(input: ParseStream<'_>) -> TokenStream {
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

/// An expression stands where a key must be: proposes a key for it.
fn expression_as_key(input: ParseStream<'_>, mark: &str) -> syn::Error {
    let fork = input.fork();
    let tokens = match parse_expr(&fork) {
        Ok(tokens) => tokens,
        Err(_) => field_tokens(input),
    };
    let key = propose_key(&tokens);
    let text = shown(&tokens, "...");
    let one_reference = text.strip_prefix('&').filter(|rest| {
        mark.is_empty()
            && rest
                .chars()
                .all(|it| it.is_alphanumeric() || it == '_' || it == '.')
    });
    if let Some(variable) = one_reference {
        return syn::Error::new_spanned(
            &tokens,
            format!("values are taken by reference already: write `{variable}`"),
        );
    }
    let what = match syn::parse2::<syn::Lit>(tokens.clone()) {
        Ok(_) => "is a value without a key",
        Err(_) => "is an expression, and a key must name it",
    };
    syn::Error::new_spanned(
        &tokens,
        format!("`{mark}{text}` {what}: write `{key} = {mark}{text}`"),
    )
}

/// The last plain word of an expression, such as `id` of `order.id()`.
fn propose_key(tokens: &TokenStream) -> String {
    let mut key = None;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(word) => {
                let word = word.unraw().to_string();
                let plain = !matches!(
                    word.as_str(),
                    "self"
                        | "as"
                        | "await"
                        | "clone"
                        | "to_string"
                        | "unwrap"
                        | "mut"
                        | "match"
                        | "if"
                        | "true"
                        | "false"
                        | "len"
                        | "as_str"
                        | "as_ref"
                        | "into"
                );
                if plain {
                    key = Some(word.to_lowercase());
                }
            }
            TokenTree::Group(_) if key.is_some() => {}
            _ => {}
        }
    }
    key.unwrap_or_else(|| "key".to_owned())
}
