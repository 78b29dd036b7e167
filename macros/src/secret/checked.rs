//! A field whose name was judged, and how its value is captured.

use std::sync::Arc;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::holders;
use crate::hygiene;
use crate::policy::Policy;
use crate::written::{Field, GROUP_MARK, Mode, Origin};

/// A field that may be captured; only [`check`](super::check) makes one.
#[derive(Clone, Debug)]
pub(crate) struct CheckedField {
    pub(super) field: Field,
    pub(super) policy: Arc<Policy>,
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

    /// Where it stands in the source.
    pub(crate) fn origin(&self) -> Origin {
        self.field.origin
    }

    /// The user's expression.
    pub(crate) fn value(&self) -> &TokenStream {
        &self.field.value
    }

    /// A reference to the user's expression, which keeps its own spans.
    pub(crate) fn reference_tokens(&self) -> TokenStream {
        let value = &self.field.value;
        let user = hygiene::first_span(value);
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
        let words = match &self.field.mode {
            Mode::Serde => self.words_tokens(private),
            _ => None,
        };
        let door = self.door_tokens(private, words.is_some());
        let more = match &self.field.mode {
            Mode::Mask(last) => Some(last.clone()),
            _ => words,
        };
        let more = more.map(|it| quote!(, #it));
        let here = hygiene::at(hygiene::first_span(&self.field.value));
        quote_spanned!(here=> #door(#reference #more))
    }

    /// The user's expression where it is a variable or a literal that is taken by its type, so that to read it runs
    /// no code but that of its capture: `$p::variable(&user_id)`.
    pub(crate) fn variable_tokens(&self, private: &TokenStream) -> Option<TokenStream> {
        let is_typed = matches!(self.field.mode, Mode::Typed | Mode::Reveal);
        let is_variable = is_typed && is_variable(&self.field.value);
        is_variable.then(|| {
            let reference = self.reference_tokens();
            let user = hygiene::first_span(&self.field.value);
            let door = Ident::new("variable", user);
            quote_spanned!(hygiene::at(user)=> #private::#door(#reference))
        })
    }

    /// What the runtime judges the members of a structure by, where that is more than the table.
    fn words_tokens(&self, private: &TokenStream) -> Option<TokenStream> {
        let holder = if self.tails().is_empty() {
            ""
        } else {
            &self.field.key
        };
        self.policy.words_tokens(holder, private)
    }

    /// How the names of members begin that would be those of secrets under this key.
    fn tails(&self) -> Vec<String> {
        self.policy
            .with_extra(|extra| holders::tails_under(self.own_key(), extra))
    }

    /// The same for a member of a structure: how its name begins, where some key makes a secret's of it.
    pub(crate) fn tails_as_member(&self) -> Vec<String> {
        if self.field.mode.settles_secrets() {
            return Vec::new();
        }
        self.policy
            .with_extra(|extra| holders::tails_of(&self.field.key, extra))
    }

    /// `{ enum Holder {} ... path::<Holder> }`: the door that refuses a structure with such a member. `None` where
    /// no name would be a secret's. The block gives the door and not what comes through it, so that no value in
    /// the call is dropped at its end.
    fn judging_door(
        &self,
        path: &TokenStream,
        rest: &TokenStream,
        private: &TokenStream,
    ) -> Option<TokenStream> {
        let tails = self.tails();
        if tails.is_empty() {
            return None;
        }
        let key = self.own_key();
        let here = hygiene::at(hygiene::first_span(&self.field.value));
        Some(quote_spanned!(here=> {
            enum __StorylineHolder {}
            impl #private::Holder for __StorylineHolder {
                const KEY: &'static ::core::primitive::str = #key;
                const TAILS: &'static [&'static ::core::primitive::str] = &[#(#tails),*];
            }
            #path::<__StorylineHolder #rest>
        }))
    }

    /// What takes the value: a function for that of a call, a method of a trait for a member.
    fn door_tokens(&self, private: &TokenStream, by_words: bool) -> TokenStream {
        let mode = &self.field.mode;
        let user = hygiene::first_span(&self.field.value);
        let here = hygiene::at(user);
        if self.field.origin == Origin::Member
            && let Some(kind) = mode.member_trait()
        {
            let kind = Ident::new(kind, user);
            let take = if by_words {
                "take_member_by"
            } else {
                "take_member"
            };
            let take = Ident::new(take, user);
            let private = hygiene::path_at(private, user);
            if matches!(mode, Mode::Fields) {
                let under = Ident::new("take_member_under", user);
                let path = quote_spanned!(here=> #private::#kind::#under);
                if let Some(door) = self.judging_door(&path, &TokenStream::new(), &private) {
                    return door;
                }
            }
            return quote_spanned!(here=> #private::#kind::#take);
        }
        if matches!(mode, Mode::Fields) {
            let under = Ident::new("capture_fields_under", user);
            let path = quote_spanned!(here=> #private::#under);
            if let Some(door) = self.judging_door(&path, &quote!(, _, _), private) {
                return door;
            }
        }
        let door = match mode {
            Mode::Typed | Mode::Reveal => "capture",
            Mode::Fields => "capture_fields",
            Mode::Display => "capture_display",
            Mode::Debug => "capture_debug",
            Mode::Serde if by_words => "capture_serde_by",
            Mode::Serde => "capture_serde",
            Mode::Error => "capture_error",
            Mode::Redact => "redact",
            Mode::Mask(_) => "mask",
            Mode::Hash => "hash",
        };
        let door = Ident::new(door, user);
        quote_spanned!(here=> #private::#door)
    }
}

/// `user_id`, a literal. Not `order.id`: what is in front of the point may have a `Deref` of its own. Not `LIMIT` and
/// `Unit` either: a constant is made where it is named, and dropped.
fn is_variable(value: &TokenStream) -> bool {
    let mut tokens = value.clone().into_iter();
    let is_one = match tokens.next() {
        Some(TokenTree::Ident(name)) => !name.to_string().contains(char::is_uppercase),
        Some(TokenTree::Literal(_)) => true,
        _ => false,
    };
    is_one && tokens.next().is_none()
}

/// `user_id`, `order.id`, a literal: binds tighter than `&`, unlike `count as u64` and `first..last`.
fn is_path(value: &TokenStream) -> bool {
    let mut is_word = false;
    let alternates = value.clone().into_iter().all(|token| {
        let follows_word = is_word;
        is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        match token {
            TokenTree::Punct(dot) => follows_word && dot.as_char() == '.',
            _ => is_word && !follows_word,
        }
    });
    alternates && is_word
}

fn starts_with_star(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '*')
}
