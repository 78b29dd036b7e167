//! What is printed of a call site: its static, and the entry that describes it in the binary. The one place that
//! knows the grammar of the entry's text, which the runtime's `site/outline` reads.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::LitStr;

use crate::field::Mode;
use crate::hygiene;
use crate::level::Level;
use crate::policy;
use crate::secret::CheckedField;
use crate::template::Spec;

/// What a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Event,
    Timed,
    Block,
    Transition,
}

impl What {
    fn letter(self) -> char {
        match self {
            Self::Event => 'e',
            Self::Timed => 't',
            Self::Block => 'b',
            Self::Transition => 's',
        }
    }
}

/// The text of a site up to its module.
#[derive(Debug)]
pub(crate) struct SiteText(String);

impl SiteText {
    /// Begins with what a call is, the levels of its outcomes, `None` for one that only the run of the program
    /// knows or that is not recorded, and its name.
    pub(crate) fn new(
        what: What,
        levels: impl IntoIterator<Item = Option<Level>>,
        name: &str,
    ) -> Self {
        let mut text = Self(what.letter().into());
        text.0
            .extend(levels.into_iter().map(|it| it.map_or('-', Level::letter)));
        text.line(' ', name);
        text
    }

    /// What directives compare with, when it is not the module; an empty one is an expression.
    pub(crate) fn target(&mut self, target: &str) {
        self.line('>', target);
    }

    /// An option, as a person would write it.
    pub(crate) fn option(&mut self, option: &str) {
        self.line('!', option);
    }

    /// A field that is the same in every record.
    pub(crate) fn constant(&mut self, key: &'static str, value: &str) {
        self.line(':', &format!("{key}={value}"));
    }

    /// The fields of the call, in the order of its values.
    pub(crate) fn fields(&mut self, fields: &[CheckedField]) {
        for field in fields {
            self.line(letter_of(field.mode()), field.key());
        }
    }

    /// A piece of the template.
    pub(crate) fn template_text(&mut self, text: &str) {
        self.line('"', text);
    }

    /// A piece of the template: the field with this index.
    pub(crate) fn template_hole(&mut self, index: usize, spec: &Spec) {
        let spec = spec.to_text();
        let colon = if spec.is_empty() { "" } else { ":" };
        self.line('{', &format!("{index}{colon}{spec}"));
    }

    fn line(&mut self, first: char, rest: &str) {
        self.0.push(first);
        for letter in rest.chars() {
            match letter {
                '\n' => self.0.push_str("\\n"),
                '\\' => self.0.push_str("\\\\"),
                other => self.0.push(other),
            }
        }
        self.0.push('\n');
    }

    /// An expression of type `&'static Entry<K>`; what the call does with its pass says what `K` is.
    ///
    /// ```text
    /// const {
    ///     &$p::Entry::new(::core::concat!("eI order_created\nvorder_id\n@", ::core::module_path!(),
    ///         "\n", ::core::line!(), "\n", ::core::file!()))
    /// }
    /// ```
    pub(crate) fn entry_tokens(&self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let mut known = Literal::string(&format!("{}@", self.0));
        known.set_span(here);
        quote_spanned! {here=>
            const {
                &#private::Entry::new(::core::concat!(
                    #known, ::core::module_path!(), "\n", ::core::line!(), "\n", ::core::file!()
                ))
            }
        }
    }
}

fn letter_of(mode: &Mode) -> char {
    match mode {
        Mode::Typed => 'v',
        Mode::Display => '%',
        Mode::Debug => '?',
        Mode::Serde => 'j',
        Mode::Error => 'e',
        Mode::Redact => 'x',
        Mode::Mask(_) => 'm',
        Mode::Hash => 'h',
        Mode::Reveal => 'r',
    }
}

/// The text of a target that is a literal.
pub(crate) fn literal_target(target: &TokenStream) -> Option<String> {
    syn::parse2::<LitStr>(target.clone())
        .ok()
        .map(|it| it.value())
}

/// What a site has that a text cannot hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Given<'a> {
    /// An expression of type `Gate`.
    pub(crate) gate: Option<&'a TokenStream>,
    /// What directives compare with, where an expression says it.
    pub(crate) target: Option<&'a TokenStream>,
    /// Its calls are counted for percentiles.
    pub(crate) samples: bool,
}

impl Given<'_> {
    /// Prints `static __STORYLINE_SITE: $p::Site = $p::Site::new();`, or, where something is given,
    ///
    /// ```text
    /// static __STORYLINE_GATE: $p::Gate = $p::Gate::once();
    /// static __STORYLINE_SITE: $p::Site = $p::Site::with(&$p::Given {
    ///     gate: ::core::option::Option::Some(&__STORYLINE_GATE),
    ///     ..$p::Given::NOTHING
    /// });
    /// ```
    pub(crate) fn static_tokens(self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let site = hygiene::site();
        let watch = policy::current().watch_tokens();
        let mut statics = TokenStream::new();
        let mut given = TokenStream::new();
        if let Some(gate) = self.gate {
            let name = hygiene::gate();
            statics.extend(quote_spanned!(here=> static #name: #private::Gate = #gate;));
            given.extend(quote_spanned!(here=> gate: ::core::option::Option::Some(&#name),));
        }
        if let Some(target) = self.target {
            given.extend(quote_spanned!(here=> target: ::core::option::Option::Some(#target),));
        }
        if self.samples {
            let name = hygiene::own("__STORYLINE_SAMPLES");
            statics.extend(
                quote_spanned!(here=> static #name: #private::Samples = #private::Samples::new();),
            );
            given.extend(quote_spanned!(here=> samples: ::core::option::Option::Some(&#name),));
        }
        let new = if given.is_empty() {
            quote_spanned!(here=> new())
        } else {
            quote_spanned!(here=> with(&#private::Given { #given ..#private::Given::NOTHING }))
        };
        quote_spanned! {here=>
            #watch
            #statics
            static #site: #private::Site = #private::Site::#new;
        }
    }
}
