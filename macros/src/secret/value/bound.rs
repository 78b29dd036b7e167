//! The variables that a pattern binds to a value or to what it wraps: `let it = &password`, `Some(it) => it`,
//! `if let Login { password: it, .. } = login`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::is_mark;
use crate::secret::words::{Extra, secret_in};

type Tokens = Vec<TokenTree>;

/// Longer expressions are not put in the place of a variable: each could hold the one before twice.
const MOST_TOKENS: usize = 48;

/// An expression that would grow by more stays as it is: blocks in blocks could double it again and again.
const MOST_GROWTH: usize = 1_000;

/// Variables, and what each is made of.
pub(super) struct Bound<'a> {
    known: Vec<(Ident, TokenStream)>,
    extra: Extra<'a>,
}

/// What the conditions of an `if` bind.
pub(super) fn in_condition<'a>(tokens: &[TokenTree], extra: Extra<'a>) -> Bound<'a> {
    let mut bound = Bound::new(extra);
    let is_let = |it: &TokenTree| matches!(it, TokenTree::Ident(word) if word == "let");
    for part in tokens.split(is_let).skip(1) {
        bound.bind_assigned(part);
    }
    bound
}

impl<'a> Bound<'a> {
    pub(super) fn new(extra: Extra<'a>) -> Self {
        Self {
            known: Vec::new(),
            extra,
        }
    }

    /// `let it = value`, without its semicolon.
    pub(super) fn bind_let(&mut self, statement: &[TokenTree]) {
        if let [TokenTree::Ident(word), rest @ ..] = statement
            && word == "let"
        {
            self.bind_assigned(rest);
        }
    }

    /// `it: Type = value else { .. }`, `Some(it) = value && more`
    fn bind_assigned(&mut self, tokens: &[TokenTree]) {
        let Some(equals) = tokens.iter().position(|it| is_mark(it, '=')) else {
            return;
        };
        let (pattern, value) = (&tokens[..equals], &tokens[equals + 1..]);
        let is_path = |at: usize| pattern.get(at + 1).is_some_and(|it| is_mark(it, ':'));
        let colon = pattern.iter().position(|it| is_mark(it, ':'));
        let pattern = &pattern[..colon.filter(|at| !is_path(*at)).unwrap_or(equals)];
        let both = |it: &[TokenTree]| is_mark(&it[0], '&') && is_mark(&it[1], '&');
        let more = value.windows(2).skip(1).position(both).map(|at| at + 1);
        let or_else = value
            .iter()
            .position(|it| matches!(it, TokenTree::Ident(word) if word == "else"));
        let is_block = |it: &TokenTree| matches!(it, TokenTree::Ident(word) if word == "if" || word == "match");
        let end = if value.first().is_some_and(is_block) {
            None
        } else {
            more.or(or_else)
        };
        self.bind(pattern, &value[..end.unwrap_or(value.len())]);
    }

    /// Binds what the pattern takes out of the value.
    pub(super) fn bind(&mut self, pattern: &[TokenTree], value: &[TokenTree]) {
        let value = self.resolve(value).into_iter().collect();
        self.take(pattern, &value);
    }

    fn take(&mut self, pattern: &[TokenTree], value: &TokenStream) {
        match pattern {
            [first, rest @ ..] if is_mark(first, '&') => self.take(rest, value),
            [TokenTree::Ident(word), rest @ ..]
                if !rest.is_empty() && (word == "ref" || word == "mut") =>
            {
                self.take(rest, value);
            }
            [TokenTree::Ident(name)] => self.set(name, value),
            // With a guard, or one of several.
            [TokenTree::Ident(name), TokenTree::Ident(word), ..] if word == "if" => {
                self.set(name, value);
            }
            [TokenTree::Ident(name), TokenTree::Group(inner), ..]
                if name == "Some" || name == "Ok" =>
            {
                self.take(&tokens_of(inner), value);
            }
            [.., TokenTree::Group(inner)] if inner.delimiter() == Delimiter::Brace => {
                for member in tokens_of(inner).split(|it| is_mark(it, ',')) {
                    if let [TokenTree::Ident(name), colon, pattern @ ..] = member
                        && is_mark(colon, ':')
                    {
                        self.take(pattern, &quote!((#value).#name));
                    }
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, name: &Ident, value: &TokenStream) {
        self.known.retain(|(known, _)| known != name);
        // A name that tells of a secret itself does so whatever it was made of.
        let is_told = secret_in(&name.to_string(), self.extra).is_some();
        if !is_told && count(value) <= MOST_TOKENS {
            self.known.push((name.clone(), value.clone()));
        }
    }

    /// The expression with what its variables are made of.
    pub(super) fn resolve(&self, tokens: &[TokenTree]) -> Tokens {
        if self.known.is_empty() {
            return tokens.to_vec();
        }
        let resolved = self.replaced(tokens);
        let size = |it: &[TokenTree]| count(&it.iter().cloned().collect());
        if size(&resolved) > size(tokens) + MOST_GROWTH {
            return tokens.to_vec();
        }
        resolved
    }

    fn replaced(&self, tokens: &[TokenTree]) -> Tokens {
        let mut found = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            let is_beside = |at: Option<usize>, marks: &str| {
                let token = at.and_then(|it| tokens.get(it));
                matches!(token, Some(TokenTree::Punct(it)) if marks.contains(it.as_char()))
            };
            found.push(match token {
                // `row.it`, `|it| ..`, `it::new()`, `Row { it: 3 }`
                TokenTree::Ident(name)
                    if !is_beside(at.checked_sub(1), ".|") && !is_beside(Some(at + 1), ":") =>
                {
                    self.value_of(name).unwrap_or_else(|| token.clone())
                }
                TokenTree::Group(group) => {
                    let inner = self.replaced(&tokens_of(group)).into_iter().collect();
                    let mut resolved = Group::new(group.delimiter(), inner);
                    resolved.set_span(group.span());
                    resolved.into()
                }
                token => token.clone(),
            });
        }
        found
    }

    fn value_of(&self, name: &Ident) -> Option<TokenTree> {
        let (_, value) = self.known.iter().find(|(known, _)| known == name)?;
        Some(Group::new(Delimiter::Parenthesis, value.clone()).into())
    }
}

fn tokens_of(group: &Group) -> Tokens {
    group.stream().into_iter().collect()
}

fn count(tokens: &TokenStream) -> usize {
    let count_one = |token| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    };
    tokens.clone().into_iter().map(count_one).sum()
}
