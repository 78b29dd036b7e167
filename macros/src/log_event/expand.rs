//! Printing. Cannot fail.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::model::{Model, ModelPiece};
use super::option::TargetArg;
use crate::hygiene;
use crate::level::LevelArg;
use crate::secret::CheckedField;
use crate::site::{SiteKind, SiteOptions, SiteText};
use crate::values;

/// Prints one static and one call:
///
/// ```text
/// {
///     static __STORYLINE_SITE: $p::Site = ...;
///     $p::emit_variables(&__STORYLINE_SITE, $p::Level::Info, const { ... }, ($p::variable(&user_id), ()));
/// }
/// ```
///
/// or, where to make a value may run code of the user's, one static, one branch, one call:
///
/// ```text
///     if let Some(__storyline_pass) = (&__STORYLINE_SITE).wants($p::Level::Info, const { ... }) {
///         $p::emit(&__STORYLINE_SITE, __storyline_pass, $p::Level::Info, ($p::capture(&order.id), ()));
///     }
/// ```
///
/// With an option that holds records back, the call stands in
/// `if let Some(__storyline_held) = (&__STORYLINE_GATE).pass()`, and what was held back is its last value.
pub(super) fn expand(model: &Model, private: &TokenStream) -> TokenStream {
    let here = Span::mixed_site();
    let site = hygiene::site();
    let pass = hygiene::pass();
    let site_static = static_tokens(model, private);
    let entry = text(model).entry_tokens(model.fields.len(), private);

    let mut before = TokenStream::new();
    let level = match &model.level {
        LevelArg::Named(_) => model.level.to_tokens(private),
        LevelArg::Dynamic(_) => {
            let name = hygiene::local("level");
            let value = model.level.to_tokens(private);
            before = quote_spanned!(here=> let #name = #private::level(#value););
            quote_spanned!(here=> #name)
        }
    };
    if model.options.gate.is_none()
        && let Some(variables) = values::variables(&model.fields, private)
    {
        return quote_spanned! {here=>
            {
                #site_static
                #before
                #private::emit_variables(&#site, #level, #entry, #variables);
            }
        };
    }
    let held = hygiene::local("held");
    let last = model
        .options
        .gate
        .is_some()
        .then(|| quote_spanned!(here=> #held));
    let mut call = values::expand(
        &model.fields,
        last,
        private,
        |values| quote_spanned!(here=> #private::emit(&#site, #pass, #level, #values)),
    );
    call = quote_spanned!(here=> #call;);
    if model.options.gate.is_some() {
        let gate = hygiene::gate();
        call = quote_spanned! {here=>
            if let ::core::option::Option::Some(#held) = (&#gate).pass() {
                #call
            }
        };
    }
    quote_spanned! {here=>
        {
            #site_static
            #before
            if let ::core::option::Option::Some(#pass) = (&#site).wants(#level, #entry) {
                #call
            }
        }
    }
}

fn text(model: &Model) -> SiteText {
    let level = match &model.level {
        LevelArg::Named(level) => Some(*level),
        LevelArg::Dynamic(_) => None,
    };
    let mut text = SiteText::new(SiteKind::Event, [level], &model.event);
    match &model.options.target {
        Some(TargetArg::Text(target)) => text.target(target),
        Some(TargetArg::Expression(_)) => text.target(""),
        None => {}
    }
    if let Some((_, gate)) = &model.options.gate {
        text.option(&gate.to_text());
    }
    text.fields(&model.fields);
    for piece in &model.template {
        match piece {
            ModelPiece::Text(piece) => text.template_text(piece),
            ModelPiece::Hole(index, spec) => text.template_hole(*index, spec),
        }
    }
    text
}

fn static_tokens(model: &Model, private: &TokenStream) -> TokenStream {
    let options = &model.options;
    let gate = options.gate.as_ref();
    let gate = gate.map(|(_, gate)| gate.to_tokens(private));
    let target = match &options.target {
        Some(TargetArg::Expression(target)) => Some(target),
        Some(TargetArg::Text(_)) | None => None,
    };
    SiteOptions {
        policy: model.fields.first().map(CheckedField::policy),
        gate: gate.as_ref(),
        target,
        samples: false,
    }
    .static_tokens(private)
}
