//! The fields of a call: what every macro accepts between its commas. `parse` reads them, with `key`, `capture`,
//! `splat` and `tokens` for their parts; `check` judges them across each other, with `letters` and `reserved` for their
//! keys; only `secret::check` turns one into something to capture. `proposal` and `source` are for messages: a key for
//! what has none, and tokens as people write them.

mod capture;
mod key;
mod letters;
mod parse;
mod proposal;
mod reserved;
mod source;
mod splat;
mod tokens;

use proc_macro2::{Span, TokenStream};

use crate::diag::Errors;
use crate::policy;
use crate::secret::{self, CheckedField};

pub(crate) use capture::{CAPTURES, check_reason, parse_mask, plain_mode, wrong_reason};
pub(crate) use parse::parse_all;
pub(crate) use proposal::propose_key;
pub(crate) use reserved::{Reserved, TEMPLATE, reserved_for};
pub(crate) use source::{shown, source_like};
pub(crate) use tokens::parse_expr;

/// How a value is taken.
#[derive(Clone, Debug)]
pub(crate) enum Mode {
    /// By its type.
    Typed,
    /// `%value` or `key: display`
    Display,
    /// `?value` or `key: debug`
    Debug,
    /// `key: serde`
    Serde,
    /// `key: error`
    Error,
    /// `key: redact`
    Redact,
    /// `key: mask(last = 4)`; holds the number.
    Mask(TokenStream),
    /// `key: hash`
    Hash,
    /// `key: reveal("why")`
    Reveal,
    /// `key: fields` and `..value`: the members of a structure.
    Fields,
}

impl Mode {
    /// Whether the value itself stays out of the record, or a person said that it may be in it.
    pub(crate) fn settles_secrets(&self) -> bool {
        matches!(
            self,
            Self::Redact | Self::Mask(_) | Self::Hash | Self::Reveal
        )
    }

    /// The trait of the runtime by which a member of a structure is taken so; none for what looks at no value.
    pub(crate) fn member_trait(&self) -> Option<&'static str> {
        Some(match self {
            Self::Typed | Self::Reveal => "Member",
            Self::Display => "DisplayMember",
            Self::Debug => "DebugMember",
            Self::Serde => "SerdeMember",
            Self::Error => "ErrorMember",
            Self::Fields => "FieldsMember",
            Self::Mask(_) => "MaskMember",
            Self::Hash => "HashMember",
            Self::Redact => return None,
        })
    }
}

/// Where a field stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// `user_id`, `%user_id`, `order.id`, `key: debug`: the name is the key.
    Shorthand,
    /// `key = value`
    Named,
    /// `{user_id}` in a template.
    Hole,
    /// `..order`: the keys are those of its type.
    Splat,
    /// A member of a structure that derives `Fields`.
    Member,
}

/// A field as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// What the record calls it.
    pub(crate) key: String,
    /// The user's tokens of the key, for errors.
    pub(crate) key_tokens: TokenStream,
    pub(crate) mode: Mode,
    /// The user's expression.
    pub(crate) value: TokenStream,
    pub(crate) origin: Origin,
}

/// What stands in front of a site's key whose value is a group of fields; alone where their keys have no
/// prefix. No other key begins so.
pub(crate) const GROUP_MARK: &str = "..";

/// The place of the first token.
pub(crate) fn first_span(tokens: &TokenStream) -> Span {
    tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span())
}

/// Keys longer than this do not fit the wire, where a context writes the length of each into one byte.
const MAX_KEY_BYTES: usize = 255;

/// The same for a key in front of those of a structure, and for these: with the dot between them they are one.
const MAX_HALF_BYTES: usize = (MAX_KEY_BYTES - 1) / 2;

impl Field {
    /// How the user would write the field under another key.
    fn under(&self, key: &str) -> String {
        if self.origin == Origin::Member {
            format!("#[field(rename = \"{key}\")]")
        } else {
            format!("{key} = {}", shown(&self.value, &self.key))
        }
    }
}

/// Judges the fields of one call: reserved keys, keys given twice, names of secrets. What remains is
/// in source order. A field that was refused leaves a hole, so that the next one is judged, too.
pub(crate) fn check(
    fields: Vec<Field>,
    reserved: &[&Reserved],
    errors: &mut Errors,
) -> Vec<CheckedField> {
    let mut seen: Vec<String> = Vec::with_capacity(fields.len());
    let mut checked = Vec::with_capacity(fields.len());
    // Asked once for a call, and only where there is a name to judge.
    if fields.is_empty() {
        return checked;
    }
    let policy = policy::current();
    policy.report(errors);
    for field in fields {
        // The keys of a splat are judged where its type derives them.
        if field.origin == Origin::Splat {
            checked.extend(secret::check(field, &policy, errors));
            continue;
        }
        let fine = [
            check_key(&field, errors),
            check_reserved(&field, reserved, errors),
            check_duplicate(&field, &seen, errors),
        ];
        seen.push(field.key.clone());
        if let Some(field) = secret::check(field, &policy, errors)
            && fine == [true; 3]
        {
            checked.push(field);
        }
    }
    checked
}

fn check_key(field: &Field, errors: &mut Errors) -> bool {
    if field.key.is_empty() {
        errors.push_spanned(
            &field.key_tokens,
            "a key must not be empty: name what the value is",
        );
    } else if field.key.len() > most_bytes(field) {
        errors.push_spanned(
            &field.key_tokens,
            format!(
                "a key has at most {MAX_KEY_BYTES} bytes, and {MAX_HALF_BYTES} in front of those of a structure or as \
                 one of these: choose a shorter name"
            ),
        );
    } else if field.key.starts_with(GROUP_MARK) {
        errors.push_spanned(
            &field.key_tokens,
            "a key does not begin with two dots: to record the members of a structure, write `..order` or `order: fields`",
        );
    } else if let Some(message) = letters::unreadable(&field.key) {
        errors.push_spanned(&field.key_tokens, message);
    } else {
        return true;
    }
    false
}

fn most_bytes(field: &Field) -> usize {
    let is_half = field.origin == Origin::Member || matches!(field.mode, Mode::Fields);
    if is_half {
        MAX_HALF_BYTES
    } else {
        MAX_KEY_BYTES
    }
}

fn check_reserved(field: &Field, reserved: &[&Reserved], errors: &mut Errors) -> bool {
    let Some((writer, proposal)) = reserved::find(&field.key, reserved) else {
        return true;
    };
    let instead = field.under(proposal);
    errors.push_spanned(
        &field.key_tokens,
        format!(
            "the key `{}` is written by {writer}; take another one, such as `{instead}`",
            field.key
        ),
    );
    false
}

fn check_duplicate(field: &Field, seen: &[String], errors: &mut Errors) -> bool {
    if !seen.contains(&field.key) {
        return true;
    }
    // A third one needs a name that the second has not been given.
    let count = seen.iter().filter(|it| **it == field.key).count();
    let number = if count > 1 {
        format!("_{count}")
    } else {
        String::new()
    };
    errors.push_spanned(
        &field.key_tokens,
        format!(
            "the key `{0}` is given twice; remove one, or give it another name, such as `{1}`",
            field.key,
            field.under(&format!("other_{}{number}", field.key))
        ),
    );
    false
}

#[cfg(test)]
mod tests;
