//! Which names the fields mention, and the body, read from their tokens.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::args::Options;

/// What the fields say about arguments.
#[derive(Default)]
pub(super) struct Mentioned {
    /// Plain names in the values of fields. The function of `ok_if` sees no argument.
    pub(super) names: Vec<Ident>,
    /// A text in a value may name any, as in `format!("{user_id}")`.
    pub(super) has_text: bool,
}

pub(super) fn mentioned(options: &Options) -> Mentioned {
    let mut mentioned = Mentioned::default();
    for field in options.fields() {
        collect_names(field.value.clone(), &mut mentioned);
    }
    mentioned
}

fn collect_names(tokens: TokenStream, mentioned: &mut Mentioned) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => mentioned.names.push(name),
            TokenTree::Group(group) => collect_names(group.stream(), mentioned),
            TokenTree::Literal(_) => mentioned.has_text = true,
            TokenTree::Punct(_) => {}
        }
    }
}

/// Whether a name stands somewhere in these tokens, also in a text, as in `format!("{user_id}")`.
pub(super) fn may_name(tokens: &TokenStream, name: &Ident) -> bool {
    fn is_in(tokens: TokenStream, name: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => word.unraw() == name,
            TokenTree::Group(group) => is_in(group.stream(), name),
            TokenTree::Literal(text) => text.to_string().contains(name),
            TokenTree::Punct(_) => false,
        })
    }
    is_in(tokens.clone(), &name.unraw().to_string())
}
