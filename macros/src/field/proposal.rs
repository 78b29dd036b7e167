//! The key that is proposed for an expression: what a person would call its value.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;

use super::reserved::reserved_for;

/// What is said when an expression holds no word of its own.
pub(super) const NO_WORD: &str = "key";

/// Words that say how a value is reached, not what it is.
const PASSED_OVER: [&str; 28] = [
    "as_deref",
    "as_micros",
    "as_millis",
    "as_nanos",
    "as_ref",
    "as_secs",
    "as_secs_f64",
    "as_str",
    "borrow",
    "clone",
    "cloned",
    "collect",
    "copied",
    "display",
    "expect",
    "get",
    "into",
    "iter",
    "lock",
    "ok",
    "read",
    "to_owned",
    "to_string",
    "to_vec",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "write",
];

/// Words that say something of what stands in front of them.
const OF_ANOTHER: [&str; 8] = [
    "capacity", "count", "is_empty", "is_err", "is_none", "is_ok", "is_some", "len",
];

/// The last word that says what the value is: `id` of `order.id()`, `items_len` of `order.items.len()`.
pub(crate) fn propose_key(tokens: &TokenStream) -> String {
    let mut key: Option<String> = None;
    for token in tokens.clone() {
        // What stands in parentheses is an argument.
        let TokenTree::Ident(word) = token else {
            continue;
        };
        // A type follows.
        if word == "as" {
            break;
        }
        let is_keyword = syn::parse2::<Ident>(word.to_token_stream()).is_err();
        let word = word.unraw().to_string();
        if is_keyword || PASSED_OVER.contains(&word.as_str()) {
            continue;
        }
        key = Some(match key {
            Some(before) if OF_ANOTHER.contains(&word.as_str()) => format!("{before}_{word}"),
            _ => word.to_lowercase(),
        });
    }
    let key = key.unwrap_or_else(|| NO_WORD.to_owned());
    reserved_for(&key).map_or(key, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_says_what_the_value_is() {
        for (source, key) in [
            ("order.id()", "id"),
            ("order.len()", "order_len"),
            ("order.items.len()", "items_len"),
            ("self.items.is_empty()", "items_is_empty"),
            ("order.items.iter().count()", "items_count"),
            ("len()", "len"),
            ("start.elapsed().as_millis()", "elapsed"),
            ("path.display()", "path"),
            ("name.clone()", "name"),
            ("rows as u64", "rows"),
            ("config.level()", "severity"),
            ("format!(\"{a}\")", "format"),
            ("1.5", "key"),
            ("if rows > 1 { 2 } else { 3 }", "rows"),
            ("self.amount + 1", "amount"),
            ("Uuid::new_v4()", "new_v4"),
        ] {
            let tokens = source.parse().expect("the test's own tokens");
            assert_eq!(propose_key(&tokens), key, "{source}");
        }
    }
}
