//! Values that are looked up by a text: `map["password"]`, `headers.get("authorization")`, `env::var("DB_PASSWORD")`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::steps::Call;
use super::{Leak, is_mark, strip_head};
use crate::secret::spelling::split;
use crate::secret::words::{Extra, secret_in, secret_under};

/// How the name of a call begins that gives what lies under a key.
const LOOKUPS: &[&str] = &[
    "get", "getenv", "var", "env", "fetch", "lookup", "look", "load", "read", "take", "remove",
    "pop", "value", "values", "header", "cookie", "param", "query", "pointer", "secret", "extract",
    "require", "required", "opt",
];

/// What collections are called that tell something of a secret and do not hold it.
const TOLD: &[&str] = &[
    "count",
    "counter",
    "description",
    "error",
    "example",
    "flag",
    "help",
    "hint",
    "issue",
    "kind",
    "label",
    "length",
    "limit",
    "message",
    "placeholder",
    "problem",
    "rule",
    "size",
    "title",
    "tooltip",
    "translation",
    "type",
    "validator",
    "violation",
    "warning",
];

/// The key that a call looks up.
pub(super) fn key_of_call(call: &Call<'_>) -> Option<String> {
    let words = split(&call.name);
    let mut words = words.iter().map(String::as_str);
    let first = words.find(|it| !matches!(*it, "try" | "must"))?;
    (LOOKUPS.contains(&first) || words.any(|it| it == "env" || it == "var"))
        .then(|| key(&call.arguments))
        .flatten()
}

/// `headers.get(name)`: all headers of a request are a secret, and most single ones are none.
pub(super) fn picks_header(call: &Call<'_>, holder: &str) -> bool {
    let is_among = split(holder).last().is_some_and(|it| it == "headers");
    is_among && call.name.starts_with("get") && !call.arguments.is_empty()
}

/// The first argument, where it is a text or the name of a constant: `"password"`, `header::AUTHORIZATION`.
pub(super) fn key(arguments: &TokenStream) -> Option<String> {
    text(arguments).or_else(|| {
        let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
        let first = tokens.split(|it| is_mark(it, ',')).next()?;
        let TokenTree::Ident(last) = strip_head(first).last()? else {
            return None;
        };
        let last = last.to_string();
        let is_constant = last.len() > 1 && !last.contains(char::is_lowercase);
        is_constant.then_some(last)
    })
}

/// The text that is the first argument, `"password"` or `"password".to_owned()`, where it may be a key: what has
/// spaces is a sentence.
pub(super) fn text(arguments: &TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let [TokenTree::Literal(literal), rest @ ..] = strip_head(&tokens) else {
        return None;
    };
    let is_whole = rest
        .first()
        .is_none_or(|it| is_mark(it, ',') || is_mark(it, '.'));
    let text = syn::parse2::<syn::LitStr>(literal.to_token_stream()).ok()?;
    let text = text.value();
    (is_whole && !text.contains(char::is_whitespace)).then_some(text)
}

/// The secret that lies under this key in what is called `holder`.
pub(super) fn secret_at(key: &str, holder: &str, extra: Extra<'_>) -> Option<Leak> {
    let words = split(holder);
    if let Some(last) = words.last()
        && TOLD.contains(&last.strip_suffix('s').unwrap_or(last))
    {
        return None;
    }
    let found = secret_in(key, extra).or_else(|| secret_under(holder, key, extra))?;
    Some(Leak::Named(key.to_owned(), found))
}
