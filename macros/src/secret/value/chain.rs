//! Follows names and calls from the left to the right, to what they give at last: `cfg.get().db.password.clone()`,
//! `users[0].password`, `user.password()?`, `headers.get("cookie").unwrap()`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::calls::{self, Macro};
use super::steps::{self, Call, Kind};
use super::{
    Given, Leak, find, getters, given, in_text, in_values, is_mark, lookups, strip_head, word,
};
use crate::secret::words::{Extra, secret_in, secret_under};
use crate::source::shown;

/// What the steps so far have led to.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// What was found on the way and is still handed on.
    leak: Option<Leak>,
    /// What stands in front of the names: a call of which nobody knows what it gives.
    giver: String,
    /// The names that lead to the value, with dots between.
    names: String,
    /// Behind which of these names one value of several was taken.
    edges: Vec<usize>,
    /// The same names as the user wrote them.
    written: String,
}

/// Where an expression leads; `None` where it consists of something else than names and calls.
pub(super) fn follow(tokens: &[TokenTree], extra: Extra<'_>) -> Option<Chain> {
    let mut chain = Chain::default();
    for step in steps::take_apart(tokens)? {
        let written = &tokens[..step.end];
        match step.kind {
            Kind::Group(group) => chain.enter(group, extra),
            Kind::Name(name) => {
                chain.leak = None;
                chain.push(&name, written);
            }
            Kind::Part(index) => chain.push(&index, written),
            Kind::Call(call) => chain.call(&call, written, extra),
            Kind::CallOfValue => chain.lose(""),
            Kind::Macro(name, group) => chain.expand(&name, group, extra),
            Kind::Index(group) => chain.index(group, extra),
        }
    }
    Some(chain)
}

impl Chain {
    /// What the chain hands out at last, if that is a secret.
    pub(super) fn leak(self, extra: Extra<'_>) -> Option<Leak> {
        if self.leak.is_some() {
            return self.leak;
        }
        let behind_edge = |edge: &usize| {
            let (holder, member) = self.names.split_at_checked(*edge)?;
            secret_under(holder, member.strip_prefix('.')?, extra)
        };
        let found = secret_in(&self.names, extra)
            .or_else(|| self.edges.iter().find_map(behind_edge))
            .or_else(|| secret_under(&self.giver, &self.names, extra))?;
        Some(Leak::Named(self.written, found))
    }

    /// Whether it leads to nothing else than this variable.
    fn is_all(&self, variable: &Ident) -> bool {
        self.giver.is_empty() && *variable == self.names
    }

    /// `(self.login)`, `(user, password)`, `[first, second]`, `{ password }`
    fn enter(&mut self, group: &Group, extra: Extra<'_>) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let is_list = tokens.iter().any(|it| is_mark(it, ','));
        match group.delimiter() {
            Delimiter::Brace => self.leak = find(&[TokenTree::Group(group.clone())], extra),
            Delimiter::Bracket => self.leak = in_values(&group.stream(), extra),
            _ if is_list => self.leak = in_values(&group.stream(), extra),
            _ => match given(&tokens, extra) {
                Given::Chain(inner) => *self = inner,
                Given::Leak(leak) => self.leak = Some(leak),
                Given::Nothing => {}
            },
        }
    }

    fn push(&mut self, name: &str, written: &[TokenTree]) {
        if !self.names.is_empty() {
            self.names.push('.');
        }
        self.names.push_str(name);
        self.written = shown(&written.iter().cloned().collect(), name);
    }

    /// A step of which nobody knows what it gives.
    fn lose(&mut self, giver: &str) {
        *self = Self {
            giver: giver.to_owned(),
            ..Self::default()
        };
    }

    /// A secret that only its accessors hand on.
    fn keep(&mut self, leak: Option<Leak>) {
        self.lose("");
        self.leak = leak;
    }

    /// What is nearest in front: `errors` of `form.errors` and of `form.errors()`.
    fn holder(&self) -> String {
        let names = if self.names.is_empty() {
            &self.giver
        } else {
            &self.names
        };
        names.rsplit('.').next().unwrap_or_default().to_owned()
    }

    /// `format!("{password}")`, `vec![password]`, `env!("PASSWORD")`
    fn expand(&mut self, name: &str, group: &Group, extra: Extra<'_>) {
        let leak = match calls::macro_kind(name) {
            Some(Macro::Text) => in_text(group, extra),
            Some(Macro::Values) => in_values(&group.stream(), extra),
            Some(Macro::Lookup) => {
                lookups::key(&group.stream()).and_then(|key| lookups::secret_at(&key, "", extra))
            }
            None => None,
        };
        self.keep(leak);
    }

    /// `[0]`, `[..4]`, `["password"]`
    fn index(&mut self, group: &Group, extra: Extra<'_>) {
        if let Some(key) = lookups::text(&group.stream()) {
            self.look_up(&key, extra);
        } else {
            self.edges.push(self.names.len());
        }
    }

    fn look_up(&mut self, key: &str, extra: Extra<'_>) {
        match lookups::secret_at(key, &self.holder(), extra) {
            Some(leak) => self.keep(Some(leak)),
            None => self.lose(key),
        }
    }

    fn call(&mut self, call: &Call<'_>, written: &[TokenTree], extra: Extra<'_>) {
        if calls::exposes(call) {
            self.keep(Some(Leak::Exposed(call.name.clone())));
        } else if let Some(key) = lookups::key_of_call(call) {
            self.look_up(&key, extra);
        } else if let Some(leak) = getters::secret_type(call, extra) {
            self.keep(Some(leak));
        } else if lookups::picks_header(call, &self.holder()) {
            self.lose("");
        } else if call.is_method && calls::hands_on(&call.name) {
            match given_instead(call, extra) {
                Some(leak) => self.keep(Some(leak)),
                // The same value, or one of several.
                None => self.edges.push(self.names.len()),
            }
        } else if call.is_method && calls::maps(&call.name) {
            self.map(&call.arguments, extra);
        } else if getters::is_getter(&call.name, call.arguments.is_empty(), &self.holder(), extra) {
            self.push(&call.name, written);
        } else if calls::keeps(call) {
            self.keep(in_values(&call.arguments, extra));
        } else {
            self.lose(&call.name);
        }
    }

    /// `.map(|it| it.as_str())`, `.and_then(Result::ok)`, `.map(|it| it.password.clone())`
    fn map(&mut self, arguments: &TokenStream, extra: Extra<'_>) {
        let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
        // In front of the last argument may stand what is given where there is nothing.
        let behind_comma = tokens
            .windows(2)
            .rposition(|it| is_mark(&it[0], ',') && is_mark(&it[1], '|'));
        let function = &tokens[behind_comma.map_or(0, |it| it + 1)..];
        let Some(bar) = function.iter().position(|it| is_mark(it, '|')) else {
            return self.map_by_name(function, extra);
        };
        let mut parts = function[bar + 1..].splitn(2, |it| is_mark(it, '|'));
        let (Some(parameter), Some(body)) = (parts.next(), parts.next()) else {
            return self.lose("");
        };
        let leak = match given(body, extra) {
            Given::Chain(inner) => {
                let is_the_same = matches!(
                    strip_head(parameter),
                    [TokenTree::Ident(it), ..] if inner.is_all(it)
                );
                match inner.leak(extra) {
                    None if is_the_same => return,
                    leak => leak,
                }
            }
            Given::Leak(leak) => Some(leak),
            Given::Nothing => None,
        };
        self.keep(leak);
    }

    fn map_by_name(&mut self, arguments: &[TokenTree], extra: Extra<'_>) {
        let path = arguments.rsplit(|it| is_mark(it, ',')).next();
        let path = path.unwrap_or_default();
        let Some(name) = word(path.last()) else {
            return self.lose("");
        };
        if calls::hands_on(&name) || calls::wraps(&name) {
            return;
        }
        // `Password` alone makes one.
        let gives_secret = path.len() > 1 && getters::is_getter(&name, true, "", extra);
        self.lose("");
        if gives_secret {
            self.push(&name, path);
        }
    }
}

/// `saved.unwrap_or(password)`, `saved.or_else(|| self.password.clone())`
fn given_instead(call: &Call<'_>, extra: Extra<'_>) -> Option<Leak> {
    if !calls::falls_back(&call.name) {
        return None;
    }
    let arguments: Vec<TokenTree> = call.arguments.clone().into_iter().collect();
    let mut parts = arguments.splitn(3, |it| is_mark(it, '|'));
    match (parts.next(), parts.next(), parts.next()) {
        (_, Some(_), Some(body)) => find(body, extra),
        _ => in_values(&call.arguments, extra),
    }
}
