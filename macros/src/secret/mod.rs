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

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::diag::Errors;
use crate::field::{Field, Mode, Origin};
use crate::policy::Policy;
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
    if is_settled || names_no_secret(&field, policy, errors) {
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
