//! `context_of!(tenant = t, user_id)`: the current context with more fields. Same fields, same nets
//! as `log_event!`.

#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::field::{self, Reserved};
use crate::input;
use crate::judge;
use crate::paths::Storyline;
use crate::secret::CheckedField;
use crate::values;

/// What has a door of its own.
const CONTEXT: Reserved = Reserved {
    writer: "`request_scope(id)` and `.in_request(id)`",
    keys: &[("request_id", "upstream_request_id")],
};

/// The door: `($crate) field, ...`. Prints `$p::bind(&["tenant"], ($p::capture(&t), ()))`, an
/// expression of type `Context`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (storyline, input) = Storyline::split(input);
    let private = storyline.private();
    let here = Span::mixed_site();
    let mut errors = Errors::new();
    if input.is_empty() {
        errors.push(
            Span::call_site(),
            "a context binds fields: write `tenant = id`; to take the current context, write `Context::current()`",
        );
    }
    let parser = |input: ParseStream<'_>| Ok(field::parse_all(input, &mut errors));
    let fields = match input::read(input, parser) {
        Ok(fields) => fields,
        Err(error) => {
            errors.push_error(error);
            Vec::new()
        }
    };
    let fields = judge::check(fields, &[&CONTEXT], &mut errors);
    if let Err(errors) = errors.finish() {
        // The same type, so that the mistake is not followed by a second one.
        return quote_spanned!(here=> { #errors #private::bind(&[], ()) });
    }
    let keys = fields.iter().map(CheckedField::site_key);
    let keys = quote_spanned!(here=> &[#(#keys),*]);
    // A context has no static, in which a site's policy is watched.
    let keys = match fields.first().and_then(|it| it.policy().watch_tokens()) {
        Some(watch) => quote_spanned!(here=> const { #watch #keys }),
        None => keys,
    };
    values::expand(
        &fields,
        None,
        &private,
        |values| quote_spanned!(here=> #private::bind(#keys, #values)),
    )
}
