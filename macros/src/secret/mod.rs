//! The first net against secrets in logs: names. The only way from a field to something that can be
//! captured leads through [`check`]. `table` holds the words, `words` judges a name by them, `spelling`
//! takes it apart, `holders` judges what a structure's members are called under its key, `value` what a value
//! consists of, `advice` says what to write instead; `checked` is what remains.
//!
//! It is a net and not a wall: a secret in a plain `String` under a harmless name passes.

mod advice;
mod checked;
mod holders;
pub(crate) mod spelling;
mod table;
mod value;
pub(crate) mod words;

#[cfg(test)]
mod corpora;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::diag::Errors;
use crate::policy::{self, Policy};
use crate::written::{Field, Mode, Origin};
pub(crate) use checked::CheckedField;
use value::Leak;
use words::Extra;

/// Judges the name of a field. A secret needs a capture that keeps it out of the record, or a reason.
pub(crate) fn check(
    field: Field,
    policy: &Arc<Policy>,
    errors: &mut Errors,
) -> Option<CheckedField> {
    // The members of a splat are judged one by one, where its type derives them.
    let is_settled = field.mode.settles_secrets() || field.origin == Origin::Splat;
    if is_settled || policy.is_unread || names_no_secret(&field, policy, errors) {
        return Some(CheckedField {
            field,
            policy: Arc::clone(policy),
        });
    }
    None
}

fn names_no_secret(field: &Field, policy: &Policy, errors: &mut Errors) -> bool {
    policy.with_extra(|extra| names_none(field, extra, errors))
}

fn names_none(field: &Field, extra: Extra<'_>, errors: &mut Errors) -> bool {
    if let Some(found) = words::secret_in(&field.key, extra) {
        let message = advice::for_key(field, &found) + &advice::for_package(&found, errors);
        errors.push_spanned(&field.key_tokens, message);
        return false;
    }
    if matches!(field.origin, Origin::Named | Origin::Member)
        && !matches!(field.mode, Mode::Fields)
        && let Some(leak) = value::secret_value(&field.value, extra)
    {
        // Of a member the user has written the name alone.
        let member = match field.value.clone().into_iter().last() {
            Some(member) if field.origin == Origin::Member => Some(member),
            _ => None,
        };
        let message = match leak {
            Leak::Named(name, found) => {
                let name = member.as_ref().map_or(name, TokenTree::to_string);
                advice::for_value(field, &name, &found) + &advice::for_package(&found, errors)
            }
            Leak::Exposed(method) => advice::for_exposed(field, &method),
        };
        match member {
            Some(member) => errors.push_spanned(member, message),
            None => errors.push_spanned(&field.value, message),
        }
        return false;
    }
    true
}

/// What is said where this expression stands without a key and consists of a secret; `key` is what would be proposed.
pub(crate) fn objection(value: &TokenStream, key: &str) -> Option<String> {
    policy::current().with_extra(|extra| {
        let leak = value::secret_value(value, extra)?;
        let key = match &leak {
            _ if is_secret(key, extra) => key.to_owned(),
            // `var` of `env::var("DB_PASSWORD")` says nothing.
            Leak::Named(name, _) if is_word(name) => spelling::split(name).join("_"),
            Leak::Named(_, found) => found.words.clone(),
            Leak::Exposed(_) => key.to_owned(),
        };
        let field = Field {
            // `2fa_code` is no identifier.
            key_tokens: match syn::parse_str::<Ident>(&key) {
                Ok(key) => key.to_token_stream(),
                Err(_) => Literal::string(&key).to_token_stream(),
            },
            key,
            mode: Mode::Typed,
            value: value.clone(),
            origin: Origin::Named,
        };
        Some(match leak {
            Leak::Named(name, found) => advice::for_value(&field, &name, &found),
            Leak::Exposed(method) => advice::for_exposed(&field, &method),
        })
    })
}

/// Whether a key would be refused whatever stands behind it.
pub(crate) fn refuses(key: &str) -> bool {
    policy::current().with_extra(|extra| is_secret(key, extra))
}

fn is_secret(key: &str, extra: Extra<'_>) -> bool {
    words::secret_in(key, extra).is_some()
}

fn is_word(name: &str) -> bool {
    name.chars()
        .all(|it| it.is_alphanumeric() || matches!(it, '_' | '-'))
}

/// The files that judge a name, for a crate that meets names at run time. A copy there could
/// differ from the one here.
pub(crate) fn rules() -> TokenStream {
    let table = source(include_str!("table.rs"));
    let spelling = source(include_str!("spelling.rs"));
    let words = source(include_str!("words.rs"));
    quote!(mod table { #table } mod spelling { #spelling } mod words { #words })
}

fn source(text: &str) -> TokenStream {
    // This file was compiled from the same text.
    text.parse().unwrap_or_default()
}
