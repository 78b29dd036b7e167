//! A field as it was written: its key, its value, and how that is taken.

use proc_macro2::TokenStream;

use crate::source::shown;

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

impl Field {
    /// How the user would write the field under another key.
    pub(crate) fn under(&self, key: &str) -> String {
        if self.origin == Origin::Member {
            format!("#[field(rename = \"{key}\")]")
        } else {
            format!("{key} = {}", shown(&self.value, &self.key))
        }
    }
}
