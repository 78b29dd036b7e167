//! Names that generated code uses for itself, and the places that it stands at. The names start with `__storyline`, in
//! the letters of their kind, and carry mixed-site spans: a local cannot clash with the user's, and lints know that
//! nobody wrote it by hand.

use proc_macro2::{Ident, Span, TokenStream};

/// A name of our own.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// A local of our own: `__storyline_` and what it holds.
pub(crate) fn local(name: impl core::fmt::Display) -> Ident {
    own(&format!("__storyline_{name}"))
}

/// The static call site.
pub(crate) fn site() -> Ident {
    own("__STORYLINE_SITE")
}

/// What says that a record is wanted.
pub(crate) fn pass() -> Ident {
    local("pass")
}

/// The static that holds records back.
pub(crate) fn gate() -> Ident {
    own("__STORYLINE_GATE")
}

/// The static that counts calls for percentiles.
pub(crate) fn samples() -> Ident {
    own("__STORYLINE_SAMPLES")
}

/// The place of the first token.
pub(crate) fn first_span(tokens: &TokenStream) -> Span {
    tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span())
}

/// The place of a user's token with our own hygiene: for the call that may fail to compile, so that
/// the compiler points at the user's token without taking the call for hand-written.
pub(crate) fn at(user: Span) -> Span {
    Span::mixed_site().located_at(user)
}

/// A path of ours, at the place of a user's token: what the compiler says of it then stands there alone.
pub(crate) fn path_at(path: &TokenStream, user: Span) -> TokenStream {
    let placed = path.clone().into_iter().map(|mut token| {
        token.set_span(token.span().located_at(user));
        token
    });
    placed.collect()
}
