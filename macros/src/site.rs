//! The static of a call site. The one place that knows the fields of `Meta`.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::hygiene;
use crate::policy;

/// What a call knows about itself.
#[derive(Debug, Default)]
pub(crate) struct SiteTokens<'a> {
    /// The names its records may carry.
    pub(crate) events: &'a [&'a str],
    /// The keys of the wire values, in their order.
    pub(crate) keys: &'a [&'a str],
    /// Fields that are the same in every record.
    pub(crate) constants: &'a [(&'a str, &'a str)],
    /// The pieces of the template, each an expression of type `Piece`.
    pub(crate) template: &'a [TokenStream],
    /// What directives compare with, when it is not the module.
    pub(crate) target: Option<TokenStream>,
    /// An expression of type `Gate`.
    pub(crate) gate: Option<TokenStream>,
    /// Its calls are counted for percentiles.
    pub(crate) samples: bool,
}

impl SiteTokens<'_> {
    /// Prints
    ///
    /// ```text
    /// static __STORYLINE_GATE: $p::Gate = $p::Gate::once();
    /// static __STORYLINE_SITE: $p::Site = $p::Site::new(&$p::Meta {
    ///     events: &["order_created"], keys: &["order_id"], constants: &[], template: &[],
    ///     target: ::core::module_path!(), module: ::core::module_path!(),
    ///     file: ::core::file!(), line: ::core::line!(),
    ///     gate: ::core::option::Option::Some(&__STORYLINE_GATE),
    ///     samples: ::core::option::Option::None,
    /// });
    /// ```
    pub(crate) fn to_tokens(&self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let site = hygiene::site();
        let Self {
            events,
            keys,
            template,
            ..
        } = self;
        let constants = self
            .constants
            .iter()
            .map(|(key, text)| quote_spanned!(here=> (#key, #text)));
        let module = quote_spanned!(here=> ::core::module_path!());
        let target = self.target.as_ref().unwrap_or(&module);
        let mut before = if keys.is_empty() {
            TokenStream::new()
        } else {
            policy::current().watch_tokens()
        };
        let mut gate_field = quote_spanned!(here=> ::core::option::Option::None);
        if let Some(expr) = &self.gate {
            let gate = hygiene::gate();
            before.extend(quote_spanned!(here=> static #gate: #private::Gate = #expr;));
            gate_field = quote_spanned!(here=> ::core::option::Option::Some(&#gate));
        }
        let mut samples_field = quote_spanned!(here=> ::core::option::Option::None);
        if self.samples {
            let samples = hygiene::own("__STORYLINE_SAMPLES");
            before.extend(
                quote_spanned!(here=> static #samples: #private::Samples = #private::Samples::new();),
            );
            samples_field = quote_spanned!(here=> ::core::option::Option::Some(&#samples));
        }
        quote_spanned! {here=>
            #before
            static #site: #private::Site = #private::Site::new(&#private::Meta {
                events: &[#(#events),*],
                keys: &[#(#keys),*],
                constants: &[#(#constants),*],
                template: &[#(#template),*],
                target: #target,
                module: #module,
                file: ::core::file!(),
                line: ::core::line!(),
                gate: #gate_field,
                samples: #samples_field,
            });
        }
    }
}
