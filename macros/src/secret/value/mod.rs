//! The name of a secret that a value consists of, however it is wrapped: `(self.password)`,
//! `Some(&password)`, `password.as_str()`, `format!("{}", password)`. An expression that does something
//! with it, such as `password.len()` or `hash(password)`, is the author's business.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

use super::spelling;
use super::words::{self, Extra, Found};

/// Methods that hand out what they were called on.
const ACCESSORS: &[&str] = &[
    "as_str",
    "as_ref",
    "as_mut",
    "as_bytes",
    "as_slice",
    "as_deref",
    "as_deref_mut",
    "borrow",
    "borrow_mut",
    "clone",
    "cloned",
    "copied",
    "deref",
    "expect",
    "expose",
    "expose_secret",
    "get",
    "get_mut",
    "get_ref",
    "inner",
    "into",
    "into_boxed_str",
    "into_bytes",
    "into_inner",
    "into_owned",
    "into_string",
    "load",
    "lock",
    "ok",
    "read",
    "to_owned",
    "to_str",
    "to_string",
    "to_string_lossy",
    "to_vec",
    "trim",
    "trim_end",
    "trim_start",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
];

/// Calls that keep what they are given as it is.
const WRAPPERS: &[&str] = &["Some", "Ok", "Err", "identity", "Borrowed", "Owned"];

/// Macros that write out what they are given.
const MACROS: &[&str] = &["format", "format_args", "dbg"];

/// The name as it was written, and its words that tell of a secret.
type Named = (String, Found);

/// What a value consists of, if that is a secret.
pub(super) fn secret_value(value: &TokenStream, extra: Extra<'_>) -> Option<Named> {
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    find(&tokens, extra)
}

fn find(tokens: &[TokenTree], extra: Extra<'_>) -> Option<Named> {
    let tokens = strip_tail(strip_head(tokens));
    match tokens {
        [] => None,
        [TokenTree::Group(group)] => in_group(group, extra),
        [.., TokenTree::Punct(mark), TokenTree::Group(group)] if mark.as_char() == '!' => {
            let name = word(tokens.get(tokens.len().checked_sub(3)?))?;
            MACROS
                .contains(&name.as_str())
                .then(|| in_macro(group, extra))
                .flatten()
        }
        [path @ .., TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            let name = word(path.last())?;
            if group.stream().is_empty() {
                // A getter: `user.password()`. `check_password()` does something.
                return in_path(path, extra)
                    .filter(|(_, found)| found.words == spelling::split(&name).join("_"));
            }
            let wraps = WRAPPERS.contains(&name.as_str())
                || (ACCESSORS.contains(&name.as_str()) && is_function(path))
                || (name == "from" && is_type(path, "String"));
            wraps.then(|| in_group(group, extra)).flatten()
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

/// Without `.as_str()`, `[..4]`, `?`, `.await` and `as u32`.
fn strip_tail(mut tokens: &[TokenTree]) -> &[TokenTree] {
    if let Some(cast) = tokens
        .iter()
        .position(|it| matches!(it, TokenTree::Ident(word) if word == "as"))
    {
        tokens = &tokens[..cast];
    }
    loop {
        tokens = match tokens {
            [rest @ .., TokenTree::Punct(mark)] if mark.as_char() == '?' => rest,
            [rest @ .., TokenTree::Group(index)]
                if index.delimiter() == Delimiter::Bracket
                    && !rest.is_empty()
                    && !matches!(rest.last(), Some(TokenTree::Punct(_))) =>
            {
                rest
            }
            [rest @ .., TokenTree::Punct(dot), TokenTree::Ident(word)]
                if dot.as_char() == '.' && word == "await" =>
            {
                rest
            }
            [
                rest @ ..,
                TokenTree::Punct(dot),
                TokenTree::Ident(word),
                TokenTree::Group(group),
            ] if dot.as_char() == '.'
                && group.delimiter() == Delimiter::Parenthesis
                && ACCESSORS.contains(&word.to_string().as_str()) =>
            {
                rest
            }
            _ => return tokens,
        };
    }
}

/// Each value of `(..)`, `[..]` or the last one of `{..}`.
fn in_group(group: &Group, extra: Extra<'_>) -> Option<Named> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let last = match group.delimiter() {
        Delimiter::Brace => tokens.split(|it| is_mark(it, ';')).next_back()?,
        _ => &tokens,
    };
    last.split(|it| is_mark(it, ','))
        .find_map(|it| find(it, extra))
}

/// What a macro such as `format!` writes out: its arguments, and the variables in its text's holes.
fn in_macro(group: &Group, extra: Extra<'_>) -> Option<Named> {
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
        .find_map(|name| Some((name.to_owned(), words::secret_in(name, extra)?)))
}

/// `password`, `self.password`, `crate::config::PASSWORD`. What stands in front of `::` is a place and
/// no value: `Token::Plus` is none.
fn in_path(path: &[TokenTree], extra: Extra<'_>) -> Option<Named> {
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
                    Some((inner, _)) => shown.push_str(&inner),
                    None => shown.push('_'),
                }
            }
            _ => return None,
        }
    }
    let name = shown.rsplit("::").next()?;
    let word = words::secret_in(name, extra)?;
    Some((shown, word))
}

/// `ToString::to_string`, and no method.
fn is_function(path: &[TokenTree]) -> bool {
    matches!(path, [.., mark, _] if is_mark(mark, ':'))
}

/// `String::from`
fn is_type(path: &[TokenTree], name: &str) -> bool {
    is_function(path)
        && word(path.len().checked_sub(4).and_then(|it| path.get(it))).as_deref() == Some(name)
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
