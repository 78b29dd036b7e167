//! How generated code reaches the runtime: through `$crate` for function-like macros, through
//! `::storyline` or `crate = path` for attributes. Nothing else may name the crate.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The path of the runtime crate.
#[derive(Clone, Debug)]
pub(crate) struct Storyline {
    path: TokenStream,
}

impl Storyline {
    /// The crate under its own name, for attributes without `crate = ...`.
    pub(crate) fn named() -> Self {
        Self {
            path: quote_spanned!(Span::mixed_site()=> ::storyline),
        }
    }

    /// The crate under the path an attribute was given.
    pub(crate) fn at(path: &syn::Path) -> Self {
        Self {
            path: quote!(#path),
        }
    }

    /// The doors of function-like macros pass `($crate)` in front of the user's tokens.
    pub(crate) fn split(input: TokenStream) -> (Self, TokenStream) {
        let mut tokens = input.into_iter();
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => (
                Self {
                    path: group.stream(),
                },
                tokens.collect(),
            ),
            first => (Self::named(), first.into_iter().chain(tokens).collect()),
        }
    }

    /// The module that generated code may use.
    pub(crate) fn private(&self) -> TokenStream {
        let path = &self.path;
        quote_spanned!(Span::mixed_site()=> #path::__private)
    }
}
