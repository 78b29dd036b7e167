//! Printing. Cannot fail.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::model::{Model, ModelPiece};
use crate::hygiene;
use crate::level::LevelArg;
use crate::secret::CheckedField;
use crate::site::SiteTokens;
use crate::values;

/// Prints one static, one branch, one call:
///
/// ```text
/// {
///     static __STORYLINE_SITE: $p::Site = ...;
///     if $p::Level::Info.is_compiled() && __STORYLINE_SITE.wants($p::Level::Info) {
///         $p::emit(&__STORYLINE_SITE, $p::Level::Info, 0u8, ($p::capture(&user_id), ()));
///     }
/// }
/// ```
///
/// With an option that holds records back, the call stands in
/// `if let Some(__storyline_held) = __STORYLINE_GATE.pass()`, and what was held back is its last value.
pub(super) fn expand(model: &Model, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let site = hygiene::site();
    let site_static = site_tokens(model, private);

    let mut before = TokenStream::new();
    let level = match &model.level {
        LevelArg::Named(_) => model.level.to_tokens(private),
        LevelArg::Dynamic(_) => {
            let name = hygiene::own("__storyline_level");
            let value = model.level.to_tokens(private);
            before = quote_spanned!(here=> let #name: #private::Level = #value;);
            quote_spanned!(here=> #name)
        }
    };
    let held = hygiene::own("__storyline_held");
    let last = model
        .options
        .gate
        .is_some()
        .then(|| quote_spanned!(here=> #held));
    let mut call = values::expand(
        &model.fields,
        last,
        private,
        |values| quote_spanned!(here=> #private::emit(&#site, #level, 0u8, #values)),
    );
    call = quote_spanned!(here=> #call;);
    if model.options.gate.is_some() {
        let gate = hygiene::gate();
        call = quote_spanned! {here=>
            if let ::core::option::Option::Some(#held) = #gate.pass() {
                #call
            }
        };
    }
    quote_spanned! {here=>
        {
            #site_static
            #before
            if #level.is_compiled() && #site.wants(#level) {
                #call
            }
        }
    }
}

fn site_tokens(model: &Model, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let keys: Vec<String> = model.fields.iter().map(CheckedField::site_key).collect();
    let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    if model.options.gate.is_some() {
        keys.push("suppressed");
    }
    let template: Vec<TokenStream> = model
        .template
        .iter()
        .map(|piece| match piece {
            ModelPiece::Text(text) => quote_spanned!(here=> #private::Piece::Text(#text)),
            ModelPiece::Hole(index, spec) => {
                let index = u16::try_from(*index).unwrap_or(u16::MAX);
                let spec = spec.to_tokens(private);
                quote_spanned!(here=> #private::Piece::Hole(#index, #spec))
            }
        })
        .collect();
    SiteTokens {
        events: &[&model.event],
        keys: &keys,
        constants: &[],
        template: &template,
        target: model.options.target.clone(),
        gate: model
            .options
            .gate
            .as_ref()
            .map(|(_, gate)| gate.to_tokens(private)),
    }
    .to_tokens(private)
}
