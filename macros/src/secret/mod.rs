//! The first net against secrets in logs: names. The only way from a field to something that can be
//! captured leads through [`check`]. `table` holds the words, `words` judges a name by
//! them, `spelling` takes it apart.
//!
//! It is a net and not a wall: a secret in a plain `String` under a harmless name passes.

pub(crate) mod spelling;
mod table;
mod value;
pub(crate) mod words;

#[cfg(test)]
mod corpora;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use crate::diag::Errors;
use crate::field::{Field, GROUP_MARK, Mode, Origin, first_span, shown, source_like};
use crate::hygiene;
use crate::policy::{self, Policy};
use words::{Extra, Found};

/// A field that may be captured.
#[derive(Clone, Debug)]
pub(crate) struct CheckedField {
    field: Field,
    policy: Arc<Policy>,
}

impl CheckedField {
    /// What it was judged by.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What the record calls it.
    pub(crate) fn key(&self) -> &str {
        &self.field.key
    }

    /// What stands in front of its members' keys, for a group; the key, for any other; nothing for a splat.
    pub(crate) fn own_key(&self) -> &str {
        if self.field.origin == Origin::Splat {
            ""
        } else {
            &self.field.key
        }
    }

    /// What the runtime calls it: with the mark of a group where it is one.
    pub(crate) fn site_key(&self) -> String {
        match self.field.mode {
            Mode::Fields => format!("{GROUP_MARK}{}", self.own_key()),
            _ => self.field.key.clone(),
        }
    }

    /// How the value is taken.
    pub(crate) fn mode(&self) -> &Mode {
        &self.field.mode
    }

    /// The user's expression.
    pub(crate) fn value(&self) -> &TokenStream {
        &self.field.value
    }

    /// A reference to the user's expression, which keeps its own spans.
    pub(crate) fn reference_tokens(&self) -> TokenStream {
        let value = &self.field.value;
        let user = first_span(value);
        if is_path(value) {
            // The user's own place, so that a value that cannot be captured is shown there.
            quote_spanned!(user=> &#value)
        } else if starts_with_star(value) {
            // As the user's own words, `&(*value)` would be a lint's business.
            quote_spanned!(hygiene::at(user)=> &(#value))
        } else {
            quote_spanned!(user=> &(#value))
        }
    }

    /// The capture of the user's expression: `$p::capture(&user_id)`.
    pub(crate) fn capture_tokens(&self, private: &TokenStream) -> TokenStream {
        self.capture_of_tokens(private, &self.reference_tokens())
    }

    /// The capture of something that stands for the user's expression: an expression whose type is
    /// a reference. A type that cannot be captured is reported at the user's own tokens.
    pub(crate) fn capture_of_tokens(
        &self,
        private: &TokenStream,
        reference: &TokenStream,
    ) -> TokenStream {
        let (door, more) = match &self.field.mode {
            Mode::Typed | Mode::Reveal if self.field.origin == Origin::Member => {
                ("capture_member", None)
            }
            Mode::Typed | Mode::Reveal => ("capture", None),
            Mode::Fields => ("capture_fields", None),
            Mode::Display => ("capture_display", None),
            Mode::Debug => ("capture_debug", None),
            Mode::Serde => match self.policy.words_tokens(private) {
                None => ("capture_serde", None),
                Some(words) => ("capture_serde_by", Some(quote!(, #words))),
            },
            Mode::Error => ("capture_error", None),
            Mode::Redact => ("redact", None),
            Mode::Mask(last) => ("mask", Some(quote!(, #last))),
            Mode::Hash => ("hash", None),
        };
        let user = first_span(&self.field.value);
        let here = hygiene::at(user);
        let door = Ident::new(door, user);
        quote_spanned!(here=> #private::#door(#reference #more))
    }
}

/// `user_id`, `order.id`, a literal: binds tighter than `&`.
fn is_path(value: &TokenStream) -> bool {
    value.clone().into_iter().all(|token| match token {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(dot) => dot.as_char() == '.',
        TokenTree::Group(_) => false,
    })
}

fn starts_with_star(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '*')
}

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
    let forbid: Vec<&str> = policy.forbid.iter().map(String::as_str).collect();
    let allow: Vec<&str> = policy.allow.iter().map(String::as_str).collect();
    let extra = Extra {
        forbid: &forbid,
        allow: &allow,
    };
    if let Some(found) = words::secret_in(&field.key, extra) {
        errors.push_spanned(&field.key_tokens, key_message(field, &found));
        return false;
    }
    if matches!(field.origin, Origin::Named | Origin::Member)
        && !matches!(field.mode, Mode::Fields)
        && let Some((name, found)) = value::secret_value(&field.value, extra)
    {
        errors.push_spanned(
            &field.value,
            format!(
                "{}, whatever the key: {}",
                names_secret(&name, &found),
                advice(field)
            ),
        );
        return false;
    }
    true
}

fn key_message(field: &Field, found: &Found) -> String {
    let key = &field.key;
    match field.origin {
        Origin::Hole => format!(
            "the hole {}: remove it, or say after the template how it is taken: \
             `{key}: redact`, `{key}: mask(last = 4)`, `{key}: hash`, or `{key}: reveal(\"why this is not a secret\")`",
            names_secret(&format!("{{{key}}}"), found)
        ),
        _ if matches!(field.mode, Mode::Fields) => {
            format!("{}: {}", names_secret(key, found), advice_for_group(field))
        }
        Origin::Shorthand | Origin::Named | Origin::Splat | Origin::Member => {
            format!("{}: {}", names_secret(key, found), advice(field))
        }
    }
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

/// Names the words, unless they are the whole name, and who says that they are a secret's.
fn names_secret(name: &str, found: &Found) -> String {
    let words = if name.trim_matches(['{', '}']) == found.words {
        String::new()
    } else {
        format!(" (`{}`)", found.words)
    };
    let by = if found.by_package {
        format!(", says {}", policy::FILE)
    } else {
        String::new()
    };
    format!("`{name}` names a secret{words}{by}")
}

/// A prefix makes a secret's name of each key behind it.
fn advice_for_group(field: &Field) -> String {
    if field.origin == Origin::Member {
        return format!(
            "its members would stand under that name; give them another: `#[field(fields, rename = \"other_{}\")]`",
            field.key
        );
    }
    format!(
        "its members would stand under that name; give them another, such as `other_{}: fields = {}`",
        field.key,
        shown(&field.value, "...")
    )
}

fn advice(field: &Field) -> String {
    if field.origin == Origin::Member {
        return format!(
            "mark it `#[field(redact)]`, `#[field(skip)]`, `#[field(mask(last = 4))]`, `#[field(hash)]`, \
             or `#[field(reveal = \"why this is not a secret\")]`{}",
            advice_for_part(&field.key)
        );
    }
    let key = source_like(&field.key_tokens);
    let value = match field.origin {
        Origin::Named => format!(" = {}", shown(&field.value, "...")),
        _ => String::new(),
    };
    format!(
        "remove it, or write `{key}: redact{value}`, `{key}: mask(last = 4){value}`, `{key}: hash{value}`, \
         or `{key}: reveal(\"why this is not a secret\"){value}`{}",
        advice_for_part(&field.key)
    )
}

/// `card_number_last` is asked for as a part of the whole, so that no more than half of it is shown.
fn advice_for_part(key: &str) -> &'static str {
    let names_part = spelling::split(key)
        .iter()
        .any(|word| matches!(word.as_str(), "last" | "prefix" | "suffix"));
    if names_part {
        "; to show a part, give `mask` the whole value"
    } else {
        ""
    }
}
