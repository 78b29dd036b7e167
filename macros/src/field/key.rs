//! The syntax of keys: variables and paths of members, which are their own values. What is a larger
//! expression is told which key to write in front of it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use super::shown;
use super::tokens::{parse_expr, peek_assign, peek_colon};
use crate::list::{at_end, until_comma};

/// `user_id`, `order.id`, `self.amount`, `pair.0`
pub(super) struct Path {
    pub(super) key: String,
    pub(super) tokens: TokenStream,
}

pub(super) fn parse_path(input: ParseStream<'_>) -> syn::Result<Path> {
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
pub(super) fn continues_expression(input: ParseStream<'_>) -> bool {
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
pub(super) fn check_variable(path: &Path) -> syn::Result<()> {
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

/// An expression stands where a key must be: proposes a key for it.
pub(super) fn expression_as_key(input: ParseStream<'_>, mark: &str) -> syn::Error {
    let fork = input.fork();
    let tokens = match parse_expr(&fork) {
        Ok(tokens) => tokens,
        Err(_) => until_comma(input),
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
