//! Which functions cannot be timed, whatever the options say.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::item::{Body, Function};

/// Why a function cannot be timed at all, if it cannot. Inside a block such functions are left out.
pub(crate) fn untimable(function: &Function) -> Option<(Span, String)> {
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
    untimable_by_trait(function)
}

fn is_naked(attribute: &syn::Attribute) -> bool {
    let text = quote::ToTokens::to_token_stream(&attribute.meta).to_string();
    text.replace(' ', "") == "unsafe(naked)" || text == "naked"
}

/// `Drop::drop`, `Display::fmt`, `Debug::fmt`: seen by name and form, since the attribute on a
/// function does not see the `impl` around it.
fn untimable_by_trait(function: &Function) -> Option<(Span, String)> {
    let signature = &function.signature;
    signature.receiver()?;
    let output = quote::ToTokens::to_token_stream(&signature.output).to_string();
    let inputs = quote::ToTokens::to_token_stream(&signature.inputs).to_string();
    let name = &signature.ident;
    if name == "drop" && signature.inputs.len() == 1 && output.is_empty() {
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
