//! The secret that a value consists of, however it is wrapped: `(self.password)`, `Some(&password)`,
//! `users[0].password.as_str()`, `format!("{}", password)`, `env::var("PASSWORD")`, and what `key.expose()` hands
//! out, whatever its name. `blocks` finds the values of a block and `bound` what its variables are made of, `steps` and
//! `chain` follow names and calls to what they give, `calls`, `getters` and `lookups` know the calls by their names. An
//! expression that does something with a secret, such as `password.len()` or `hash(password)`, is the author's
//! business.

mod blocks;
mod bound;
mod calls;
mod chain;
mod getters;
mod lookups;
mod steps;
#[cfg(test)]
mod tests;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;

use super::words::{self, Extra, Found};
use chain::Chain;

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

/// What an expression gives.
enum Given {
    Leak(Leak),
    /// Names and calls, which may go on.
    Chain(Chain),
    Nothing,
}

fn find(tokens: &[TokenTree], extra: Extra<'_>) -> Option<Leak> {
    match given(tokens, extra) {
        Given::Leak(leak) => Some(leak),
        Given::Chain(chain) => chain.leak(extra),
        Given::Nothing => None,
    }
}

fn given(tokens: &[TokenTree], extra: Extra<'_>) -> Given {
    let leak = if let Some(tails) = blocks::tails(tokens, extra) {
        tails.into_iter().find_map(|it| find(&it, extra))
    } else if let Some(parts) = parts_of_text(tokens) {
        parts.into_iter().find_map(|it| find(it, extra))
    } else if let Some(chain) = chain::follow(strip_cast(strip_head(tokens)), extra) {
        return Given::Chain(chain);
    } else {
        None
    };
    leak.map_or(Given::Nothing, Given::Leak)
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

/// Without `as u32` and what is behind it.
fn strip_cast(tokens: &[TokenTree]) -> &[TokenTree] {
    // `<T as From<_>>::from` is no cast.
    if tokens.first().is_some_and(|it| is_mark(it, '<')) {
        return tokens;
    }
    let cast = tokens
        .iter()
        .position(|it| matches!(it, TokenTree::Ident(word) if word == "as"));
    &tokens[..cast.unwrap_or(tokens.len())]
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

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == mark)
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}
