//! The values of a call as the runtime takes them: nested pairs, evaluated from left to right.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;

use crate::hygiene;
use crate::secret::CheckedField;

/// Prints `call` with the values in its middle: `(capture(&a), (capture(&b), ()))`.
///
/// A captured value belongs to the thread that captured it, so it must not be kept over an `.await`.
/// When an argument awaits, all arguments are evaluated first and captured afterwards:
///
/// ```text
/// match (&a, &(b.await)) { (__storyline_0, __storyline_1) => call((capture(__storyline_0), ...)) }
/// ```
pub(crate) fn expand(
    fields: &[CheckedField],
    last: Option<TokenStream>,
    private: &TokenStream,
    call: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let here = Span::mixed_site();
    if !fields.iter().any(|field| awaits(field.value())) {
        let captures = fields.iter().map(|field| field.capture_tokens(private));
        return call(pairs(captures.chain(last)));
    }
    let names: Vec<Ident> = (0..fields.len()).map(hygiene::local).collect();
    let references = fields.iter().map(CheckedField::reference_tokens);
    let captures = fields.iter().zip(&names).map(|(field, name)| {
        let name = quote_spanned!(here=> #name);
        field.capture_of_tokens(private, &name)
    });
    let call = call(pairs(captures.chain(last)));
    quote_spanned! {here=>
        match (#(#references,)*) {
            (#(#names,)*) => #call
        }
    }
}

/// The values of a call whose fields are all variables or literals: `(variable(&a), (variable(&b), ()))`.
pub(crate) fn variables(fields: &[CheckedField], private: &TokenStream) -> Option<TokenStream> {
    let variables: Option<Vec<_>> = fields
        .iter()
        .map(|field| field.variable_tokens(private))
        .collect();
    variables.map(|it| pairs(it.into_iter()))
}

/// `(first, (second, ()))`
pub(crate) fn pairs(values: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    let here = Span::mixed_site();
    values.rfold(
        quote_spanned!(here=> ()),
        |rest, value| quote_spanned!(here=> (#value, #rest)),
    )
}

/// Whether the word `await` stands anywhere; an `async` block inside an argument costs nothing but
/// the other form.
fn awaits(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "await",
        TokenTree::Group(group) => awaits(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
