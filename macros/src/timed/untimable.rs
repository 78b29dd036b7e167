//! Which functions cannot be timed, whatever the options say.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Receiver, ReceiverKind, Type};

use super::item::{Body, Container, Function, Member};

/// What is around a function.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Around<'a> {
    /// The attribute stands on the function, and sees nothing else.
    Unseen,
    /// A module, a trait, or an `impl` block without a trait.
    NoTrait,
    /// An `impl` block of this trait.
    Trait(&'a Ident),
}

impl<'a> Around<'a> {
    pub(crate) fn of(container: &'a Container) -> Self {
        container
            .implemented
            .as_ref()
            .map_or(Self::NoTrait, Self::Trait)
    }
}

/// Why a function cannot be timed at all, if it cannot. Inside a block such functions are left out.
pub(crate) fn untimable(function: &Function, around: Around<'_>) -> Option<(Span, String)> {
    let signature = &function.signature;
    let name = &signature.ident;
    if let Some(token) = &signature.constness {
        return Some((
            token.span(),
            format!(
                "`{name}` is a `const fn`: it may run in the compiler, where there is no clock and no log; \
                 time the place that calls it with `timed_block!`"
            ),
        ));
    }
    if let Body::Missing(_) = &function.body {
        return Some((
            name.span(),
            format!(
                "`{name}` has no body to time: put `#[timed]` on the functions that implement it"
            ),
        ));
    }
    if let Some(variadic) = &signature.variadic {
        return Some((
            variadic.span(),
            format!(
                "`{name}` takes a variable number of arguments, which no closure can take over; remove `#[timed]`"
            ),
        ));
    }
    if let Some(naked) = function.attributes.iter().find(|it| is_naked(it)) {
        return Some((
            naked.path().span(),
            format!("`{name}` is naked: there is no place in it for a clock; remove `#[timed]`"),
        ));
    }
    untimable_by_trait(function, around)
}

fn is_naked(attribute: &syn::Attribute) -> bool {
    let text = quote::ToTokens::to_token_stream(&attribute.meta).to_string();
    text.replace(' ', "") == "unsafe(naked)" || text == "naked"
}

/// Whether all that the block is for would run while records are written, or while a thread ends.
pub(crate) fn is_silent(container: &Container) -> bool {
    let around = Around::of(container);
    let mut functions = container.members.iter().filter_map(|it| match it {
        Member::Function(function, _) => Some(function),
        _ => None,
    });
    container.implemented.is_some()
        && functions
            .next()
            .is_some_and(|first| untimable_by_trait(first, around).is_some())
        && functions.all(|it| untimable_by_trait(it, around).is_some())
}

/// `Drop::drop`, and `fmt` of `Display`, `Debug` and their like: seen by name and form, too, since somebody's own
/// trait may be called the same.
fn untimable_by_trait(function: &Function, around: Around<'_>) -> Option<(Span, String)> {
    let signature = &function.signature;
    let receiver = signature.receiver()?;
    let output = quote::ToTokens::to_token_stream(&signature.output).to_string();
    let inputs = quote::ToTokens::to_token_stream(&signature.inputs).to_string();
    let name = &signature.ident;
    let may_be_drop = match around {
        Around::Unseen => true,
        Around::NoTrait => false,
        Around::Trait(of) => of == "Drop",
    };
    if may_be_drop
        && name == "drop"
        && is_mutable(receiver)
        && signature.inputs.len() == 1
        && output.is_empty()
    {
        return Some((
            name.span(),
            "`drop` may run while the thread unwinds or ends; remove `#[timed]`, and time what it calls instead"
                .to_owned(),
        ));
    }
    if name == "fmt" && signature.inputs.len() == 2 && inputs.contains("Formatter") {
        return Some((
            name.span(),
            "`fmt` runs while records are written: timing it would log from inside the log; remove `#[timed]`"
                .to_owned(),
        ));
    }
    None
}

/// `&mut self`, however it is written.
fn is_mutable(receiver: &Receiver) -> bool {
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_some(),
        ReceiverKind::Typed(_, ty) => {
            matches!(&**ty, Type::Reference(it) if it.mutability.is_some())
        }
        _ => false,
    }
}
