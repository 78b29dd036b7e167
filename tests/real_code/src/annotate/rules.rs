//! What is left out, and why. The same rules as those of `#[timed]`, which refuses such a function when the
//! attribute stands on it alone.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use serde::{Deserialize, Serialize};
use syn::{ReturnType, Signature, Type, TypeParamBound};

/// Why a function is not timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub(crate) enum Reason {
    Const,
    NoBody,
    Shown,
    Variadic,
    Naked,
    MoreThanFuture,
    TrackedFuture,
    MacroInput,
    ByHand,
}

impl Reason {
    /// All, in the order of the report.
    pub(crate) const ALL: [Self; 9] = [
        Self::Const,
        Self::NoBody,
        Self::Shown,
        Self::Variadic,
        Self::Naked,
        Self::MoreThanFuture,
        Self::TrackedFuture,
        Self::MacroInput,
        Self::ByHand,
    ];

    /// As the report says it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Const => "`const fn`",
            Self::NoBody => "no body",
            Self::Shown => "`drop`, or `fmt` of `Display`, `Debug` and their like",
            Self::Variadic => "variable number of arguments",
            Self::Naked => "naked",
            Self::MoreThanFuture => "returns a future that is more than a future",
            Self::TrackedFuture => "`#[track_caller]`, and returns a future",
            Self::MacroInput => "text that a macro takes apart",
            Self::ByHand => "by hand, named below",
        }
    }
}

/// Why this function is left out, if it is.
pub(crate) fn judge(
    attributes: &[syn::Attribute],
    signature: &Signature,
    has_body: bool,
    may_be_drop: bool,
) -> Option<Reason> {
    if signature.constness.is_some() {
        return Some(Reason::Const);
    }
    if !has_body {
        return Some(Reason::NoBody);
    }
    if signature.variadic.is_some() {
        return Some(Reason::Variadic);
    }
    let attributes = attributes
        .iter()
        .map(|it| it.meta.to_token_stream().to_string());
    let attributes: Vec<_> = attributes.collect();
    if attributes.iter().any(|it| it.contains("naked")) {
        return Some(Reason::Naked);
    }
    let name = signature.ident.to_string();
    let inputs = signature.inputs.to_token_stream();
    if signature.receiver().is_some() && is_shown(&name, &inputs, may_be_drop) {
        return Some(Reason::Shown);
    }
    if let Some(others) = bounds_beside_future(signature) {
        if others.iter().any(|it| !is_kept(it)) {
            return Some(Reason::MoreThanFuture);
        }
        if attributes.iter().any(|it| it.contains("track_caller")) {
            return Some(Reason::TrackedFuture);
        }
    }
    None
}

/// `drop(&mut self)`, where it may be that of the trait `Drop`, or `fmt(&self, f: &mut Formatter)`.
pub(super) fn is_shown(name: &str, inputs: &TokenStream, may_be_drop: bool) -> bool {
    match name {
        "drop" => may_be_drop && inputs.to_string().contains("mut self"),
        "fmt" => inputs.to_string().contains("Formatter"),
        _ => false,
    }
}

/// Whether all functions of an `impl` of this trait are left out for what they are, so that the block is refused.
pub(super) fn is_silent(block: &syn::ItemImpl, implemented: &str) -> bool {
    let mut functions = block.items.iter().filter_map(|it| match it {
        syn::ImplItem::Fn(it) => Some(&it.sig),
        _ => None,
    });
    let is_shown = |it: &Signature| {
        it.receiver().is_some()
            && is_shown(
                &it.ident.to_string(),
                &it.inputs.to_token_stream(),
                implemented == "Drop",
            )
    };
    functions.next().is_some_and(is_shown) && functions.all(is_shown)
}

/// What `impl Future + ...` promises beside the future.
fn bounds_beside_future(signature: &Signature) -> Option<Vec<&TypeParamBound>> {
    let ReturnType::Type(_, returned) = &signature.output else {
        return None;
    };
    let Type::ImplTrait(it) = &**returned else {
        return None;
    };
    let is_future = |bound: &&TypeParamBound| name_of(bound).is_some_and(|it| it == "Future");
    it.bounds.iter().find(is_future)?;
    Some(it.bounds.iter().filter(|it| !is_future(it)).collect())
}

fn is_kept(bound: &TypeParamBound) -> bool {
    name_of(bound).is_none_or(|it| matches!(it.as_str(), "Send" | "Sync" | "Unpin" | "Sized"))
}

fn name_of(bound: &TypeParamBound) -> Option<String> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    Some(bound.path.segments.last()?.ident.to_string())
}

/// Whether the call gives a future that may be dropped unpolled. An `async fn` does nothing before its first poll.
pub(super) fn gives_future(signature: &Signature) -> bool {
    let output = signature.output.to_token_stream();
    signature.asyncness.is_none() && output.into_iter().any(|it| mentions_future(&it))
}

fn mentions_future(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(it) => it == "Future",
        TokenTree::Group(it) => it.stream().into_iter().any(|it| mentions_future(&it)),
        _ => false,
    }
}
