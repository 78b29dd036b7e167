//! The secret that a value consists of, however it is wrapped: `(self.password)`, `Some(&password)`,
//! `password.as_str()`, `format!("{}", password)`, and what `key.expose()` hands out, whatever its name. An
//! expression that does something with it, such as `password.len()` or `hash(password)`, is the author's business.

mod blocks;
mod calls;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

use super::spelling;
use super::words::{self, Extra, Found};

/// What a value consists of.
#[derive(Debug)]
pub(super) enum Leak {
    /// The name as it was written, and its words that tell of a secret.
    Named(String, Found),
    /// The method that hands out what a type has kept in.
    Exposed(String),
}

/// What a value consists of, if that is a secret.
pub(super) fn secret_value(value: &TokenStream, extra: Extra<'_>) -> Option<Leak> {
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    find(&tokens, extra)
}

fn find(tokens: &[TokenTree], extra: Extra<'_>) -> Option<Leak> {
    if let Some(tails) = blocks::tails(tokens) {
        return tails.into_iter().find_map(|it| find(&it, extra));
    }
    if let Some(parts) = parts_of_text(tokens) {
        return parts.into_iter().find_map(|it| find(it, extra));
    }
    let tokens = strip_head(tokens);
    if let Some(method) = calls::exposing(tokens) {
        return Some(Leak::Exposed(method));
    }
    let rest = calls::strip_tail(tokens);
    if rest.len() < tokens.len() {
        return find(rest, extra);
    }
    match tokens {
        [] => None,
        [TokenTree::Group(group)] => in_values(&group.stream(), extra),
        [.., TokenTree::Punct(mark), TokenTree::Group(group)] if mark.as_char() == '!' => {
            let name = word(tokens.get(tokens.len().checked_sub(3)?))?;
            match calls::macro_kind(&name)? {
                calls::Macro::Text => in_text(group, extra),
                calls::Macro::Values => in_values(&group.stream(), extra),
            }
        }
        [path @ .., TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            let name = word(path.last())?;
            if group.stream().is_empty() {
                // A getter: `user.password()`. `check_password()` does something.
                return in_path(path, extra).filter(|leak| {
                    matches!(leak, Leak::Named(_, found) if found.words == spelling::split(&name).join("_"))
                });
            }
            calls::keeps(path, &name)
                .then(|| in_values(&group.stream(), extra))
                .flatten()
        }
        path => in_path(path, extra),
    }
}

/// Without `&`, `*` and `mut`.
fn strip_head(mut tokens: &[TokenTree]) -> &[TokenTree] {
    while let [first, rest @ ..] = tokens {
        let hands_out = match first {
            TokenTree::Punct(mark) => matches!(mark.as_char(), '&' | '*'),
            TokenTree::Ident(word) => word == "mut",
            _ => false,
        };
        if !hands_out {
            break;
        }
        tokens = rest;
    }
    tokens
}

/// What texts are joined: `user + &password`, `password + "!"`. A sum of numbers is none.
fn parts_of_text(tokens: &[TokenTree]) -> Option<Vec<&[TokenTree]>> {
    let parts: Vec<_> = tokens.split(|it| is_mark(it, '+')).collect();
    let is_text = |part: &&[TokenTree]| match part.first() {
        Some(TokenTree::Punct(mark)) => mark.as_char() == '&',
        Some(TokenTree::Literal(literal)) => literal.to_string().ends_with('"'),
        _ => false,
    };
    (parts.len() > 1 && parts.iter().any(is_text)).then_some(parts)
}

/// Each value of `(..)`, `[..]` and what else has commas between.
fn in_values(values: &TokenStream, extra: Extra<'_>) -> Option<Leak> {
    let tokens: Vec<TokenTree> = values.clone().into_iter().collect();
    tokens
        .split(|it| is_mark(it, ',') || is_mark(it, ';'))
        .find_map(|it| find(it, extra))
}

/// What a macro such as `format!` writes out: its arguments, and the variables in its text's holes.
fn in_text(group: &Group, extra: Extra<'_>) -> Option<Leak> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut given = Vec::new();
    let mut text = None;
    for (index, argument) in tokens.split(|it| is_mark(it, ',')).enumerate() {
        let value = match argument {
            [TokenTree::Ident(name), TokenTree::Punct(mark), value @ ..]
                if mark.as_char() == '=' =>
            {
                given.push(name.to_string());
                value
            }
            [TokenTree::Literal(literal)] if index == 0 => {
                text = syn::parse2::<syn::LitStr>(literal.to_token_stream()).ok();
                continue;
            }
            value => value,
        };
        if let Some(found) = find(value, extra) {
            return Some(found);
        }
    }
    let text = text?.value();
    text.replace("{{", "")
        .split('{')
        .skip(1)
        .filter_map(|hole| hole.split([':', '}']).next())
        .map(str::trim)
        .filter(|name| !given.iter().any(|it| it == name))
        .find_map(|name| {
            let found = words::secret_in(name, extra)?;
            Some(Leak::Named(name.to_owned(), found))
        })
}

/// `password`, `self.password`, `crate::config::PASSWORD`. What stands in front of `::` is a place and
/// no value: `Token::Plus` is none.
fn in_path(path: &[TokenTree], extra: Extra<'_>) -> Option<Leak> {
    let mut shown = String::new();
    for token in path {
        match token {
            TokenTree::Ident(word) => shown.push_str(&word.to_string()),
            TokenTree::Punct(mark) if matches!(mark.as_char(), '.' | ':') => {
                shown.push(mark.as_char());
            }
            TokenTree::Literal(index) if shown.ends_with('.') => {
                shown.push_str(&index.to_string());
            }
            // `(self.login).password`
            TokenTree::Group(group) if shown.is_empty() => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                match in_path(strip_head(&tokens), extra) {
                    Some(Leak::Named(inner, _)) => shown.push_str(&inner),
                    _ => shown.push('_'),
                }
            }
            _ => return None,
        }
    }
    let name = shown.rsplit("::").next()?;
    let word = words::secret_in(name, extra)?;
    Some(Leak::Named(shown, word))
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == mark)
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
