//! What becomes of an annotated function: where its body runs, and which arguments go there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, ReturnType, Type};

use super::args::Options;
use super::function::{Body, Function};
use super::model::Timing;
use super::returned::{Returned, returned};
use super::signature::{self, Carried};
use super::{lifetimes, mentioned};
use crate::hygiene;

/// What becomes of the body.
pub(crate) enum Shape {
    /// It runs in a closure with this return type.
    Closure(Annotation),
    /// It stays where it is, behind a guard: `#[track_caller]`.
    Guarded,
    /// It stays where it is, behind a guard: what it gives back is called, and no `Result`.
    Callable,
    /// It stays where it is and never returns.
    Never,
    /// It runs in a timed future; the type of an early return.
    Async(Annotation),
    /// The future never becomes ready.
    AsyncNever,
    /// It makes a future, which is timed.
    Future,
    /// It makes a future in a box of this type.
    Boxed(Annotation),
}

/// A type to write down.
pub(crate) enum Annotation {
    Unit,
    Type(Box<Type>),
    Unknown,
}

/// A function that can be timed.
pub(crate) struct Subject {
    pub(crate) shape: Shape,
    /// Where the signature says what comes back: what the compiler says of our return of it, it says there.
    pub(crate) returned: Span,
    pub(crate) carried: Vec<Carried>,
    /// Carried arguments that a field mentions: that is a use.
    pub(crate) recorded: Vec<Ident>,
    /// Carried arguments that a field names or may name: outside of the body they are called as written.
    pub(crate) named: Vec<Ident>,
    /// Carried arguments that the body never names: they are there for what they do when they are dropped.
    pub(crate) unread: Vec<Ident>,
}

/// What becomes of a function's body.
pub(crate) fn subject(function: &Function, timing: &Timing<'_>) -> Subject {
    let signature = &function.signature;
    let carried = signature::carried(signature);
    let mentioned = mentioned::mentioned(timing.options);
    let names = signature::names(signature);
    let is_named = |name: &Ident| {
        let text = name.to_string();
        mentioned.names.contains(name)
            || mentioned.has_text
            // Two of one name come from two macros, and only those know which is which.
            || names.iter().filter(|it| **it == text).count() > 1
    };
    let all = || carried.iter().map(|it| &it.name);
    let body = match &function.body {
        Body::Block { block, .. } => block.stream(),
        Body::Missing(_) => TokenStream::new(),
    };
    Subject {
        shape: shape(function, timing.options),
        returned: match &signature.output {
            ReturnType::Default => signature.ident.span(),
            ReturnType::Type(_, written) => hygiene::first_span(&written.to_token_stream()),
        },
        recorded: all()
            .filter(|name| {
                let mut fields = timing.options.fields().iter();
                fields.any(|field| mentioned::may_name(&field.value, name))
            })
            .cloned()
            .collect(),
        named: all().filter(|name| is_named(name)).cloned().collect(),
        unread: all()
            .filter(|name| !mentioned::may_name(&body, name))
            .cloned()
            .collect(),
        carried,
    }
}

pub(crate) fn shape(function: &Function, options: &Options) -> Shape {
    let signature = &function.signature;
    let returned = returned(signature);
    let whole = match &signature.output {
        ReturnType::Default => Annotation::Unit,
        ReturnType::Type(_, written) => match signature::inner_type(written) {
            Some(written) => {
                let written = lifetimes::inferred(written, signature);
                Annotation::Type(Box::new(written))
            }
            None => Annotation::Unknown,
        },
    };
    match (signature.asyncness, returned) {
        (Some(_), Returned::Never) => Shape::AsyncNever,
        (Some(_), _) => Shape::Async(whole),
        (None, Returned::Never) => Shape::Never,
        (None, Returned::Future { .. }) => Shape::Future,
        (None, Returned::Boxed { .. }) => Shape::Boxed(whole),
        (None, _) if options.span("future").is_some() => Shape::Boxed(whole),
        (None, _) if track_caller(function).is_some() => Shape::Guarded,
        (None, Returned::Callable) => Shape::Callable,
        (None, _) => Shape::Closure(whole),
    }
}

/// The attribute of a function that wants to know its caller, which no closure inside it can.
pub(crate) fn track_caller(function: &Function) -> Option<&Attribute> {
    function.attributes.iter().find(|attribute| {
        attribute.path().is_ident("track_caller")
            || attribute.path().is_ident("cfg_attr")
                && attribute
                    .meta
                    .to_token_stream()
                    .to_string()
                    .contains("track_caller")
    })
}
