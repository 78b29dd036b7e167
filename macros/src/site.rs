//! What is printed of a call site: its static, and the entry that describes it in the binary. The one place that
//! knows the grammar of the entry's text, which the runtime's `site/outline` reads.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;

use crate::hygiene;
use crate::level::Level;
use crate::policy::Policy;
use crate::secret::CheckedField;
use crate::template::Spec;
use crate::written::Mode;

/// What a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteKind {
    Event,
    Timed,
    Block,
    Transition,
    Fields,
}

impl SiteKind {
    fn letter(self) -> char {
        match self {
            Self::Event => 'e',
            Self::Timed => 't',
            Self::Block => 'b',
            Self::Transition => 's',
            Self::Fields => 'f',
        }
    }
}

/// The text of a site up to its module.
#[derive(Debug)]
pub(crate) struct SiteText {
    text: String,
    /// How many structures are among the fields.
    structures: usize,
}

impl SiteText {
    /// Begins with what a call is, the levels of its outcomes, `None` for one that only the run of the program
    /// knows or that is not recorded, and its name.
    pub(crate) fn new(
        kind: SiteKind,
        levels: impl IntoIterator<Item = Option<Level>>,
        name: &str,
    ) -> Self {
        let mut text = Self {
            text: kind.letter().into(),
            structures: 0,
        };
        text.text
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

    /// The fields of the call, in the order of its values; a splat has no key.
    pub(crate) fn fields(&mut self, fields: &[CheckedField]) {
        for field in fields {
            self.field(field);
        }
    }

    /// The next of them.
    pub(crate) fn field(&mut self, field: &CheckedField) {
        self.structures += usize::from(matches!(field.mode(), Mode::Fields));
        self.line(letter_of(field.mode()), field.own_key());
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
        self.text.push(first);
        for letter in rest.chars() {
            match letter {
                '\n' => self.text.push_str("\\n"),
                '\\' => self.text.push_str("\\\\"),
                other => self.text.push(other),
            }
        }
        self.text.push('\n');
    }

    /// An expression of type `&'static Entry<K, N>`; what the call does with its pass says what `K` is, `values` is
    /// how many values of it are shown.
    ///
    /// ```text
    /// const {
    ///     &$p::Entry::<_, 1>::new(::core::concat!("eI order_created\nvorder_id\n@", ::core::module_path!(),
    ///         "\n", ::core::line!(), "\n", ::core::file!()))
    /// }
    /// ```
    pub(crate) fn entry_tokens(&self, values: usize, private: &TokenStream) -> TokenStream {
        self.entry_with_tokens(values, &self.text_tokens(), private)
    }

    /// The same for a step, which is of some machine: `&'static StepEntry<S, K, N>`.
    pub(crate) fn step_entry_tokens(&self, values: usize, private: &TokenStream) -> TokenStream {
        let types = quote_spanned!(Span::mixed_site()=> #private::StepEntry::<_, _,);
        self.const_tokens(&types, values, &self.text_tokens())
    }

    /// The same where the text stands elsewhere.
    pub(crate) fn entry_with_tokens(
        &self,
        values: usize,
        text: &TokenStream,
        private: &TokenStream,
    ) -> TokenStream {
        let types = quote_spanned!(Span::mixed_site()=> #private::Entry::<_,);
        self.const_tokens(&types, values, text)
    }

    /// The whole text: `::core::concat!("eI order_created\n@", ::core::module_path!(), ...)`.
    pub(crate) fn text_tokens(&self) -> TokenStream {
        let here = Span::mixed_site();
        let mut known = Literal::string(&format!("{}@", self.text));
        known.set_span(here);
        quote_spanned! {here=>
            ::core::concat!(
                #known, ::core::module_path!(), "\n", ::core::line!(), "\n", ::core::file!()
            )
        }
    }

    /// `const { &$p::Entry::<_, 1>::new(text) }`, and with a structure
    /// `const { &$p::Entry::<_, 1, 1>::with_structures(text) }`.
    fn const_tokens(&self, types: &TokenStream, values: usize, text: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let values = Literal::usize_unsuffixed(values);
        let of = if self.structures == 0 {
            quote_spanned!(here=> #values>::new)
        } else {
            let structures = Literal::usize_unsuffixed(self.structures);
            quote_spanned!(here=> #values, #structures>::with_structures)
        };
        quote_spanned!(here=> const { &#types #of(#text) })
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
        Mode::Fields => 'g',
    }
}

/// What a site has that a text cannot hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SiteOptions<'a> {
    /// What the names of its fields were judged by, where it has any.
    pub(crate) policy: Option<&'a Policy>,
    /// An expression of type `Gate`.
    pub(crate) gate: Option<&'a TokenStream>,
    /// What directives compare with, where an expression says it.
    pub(crate) target: Option<&'a TokenStream>,
    /// Its calls are counted for percentiles.
    pub(crate) samples: bool,
}

impl SiteOptions<'_> {
    /// Prints `static __STORYLINE_SITE: $p::Site = $p::Site::new();`, or, where there are options,
    ///
    /// ```text
    /// static __STORYLINE_GATE: $p::Gate = $p::Gate::once();
    /// static __STORYLINE_SITE: $p::Site = $p::Site::with(&$p::SiteOptions {
    ///     gate: ::core::option::Option::Some(&__STORYLINE_GATE),
    ///     ..$p::SiteOptions::NONE
    /// });
    /// ```
    pub(crate) fn static_tokens(self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let site = hygiene::site();
        let (statics, options) = self.tokens(private);
        let new = options.map_or_else(
            || quote_spanned!(here=> #private::Site::new()),
            |options| quote_spanned!(here=> #private::Site::with(#options)),
        );
        let new = self.watching_tokens(new);
        quote_spanned! {here=>
            #statics
            static #site: #private::Site = #new;
        }
    }

    /// The initialiser of a site's static. Where there is a policy, the compiler watches its file from there:
    /// `{ let _ = ::core::include_bytes!("/shop/storyline.toml"); $p::Site::new() }`.
    pub(crate) fn watching_tokens(self, new: TokenStream) -> TokenStream {
        match self.policy.and_then(Policy::watch_tokens) {
            Some(watch) => quote_spanned!(Span::mixed_site()=> { #watch #new }),
            None => new,
        }
    }

    /// Their statics, and a reference to all of them: `&$p::SiteOptions { ... }`; `None` where there is none.
    pub(crate) fn tokens(self, private: &TokenStream) -> (TokenStream, Option<TokenStream>) {
        let here = Span::mixed_site();
        let mut statics = TokenStream::new();
        let mut options = TokenStream::new();
        if let Some(gate) = self.gate {
            let name = hygiene::gate();
            statics.extend(quote_spanned!(here=> static #name: #private::Gate = #gate;));
            options.extend(quote_spanned!(here=> gate: ::core::option::Option::Some(&#name),));
        }
        if let Some(target) = self.target {
            options.extend(quote_spanned!(here=> target: ::core::option::Option::Some(#target),));
        }
        if self.samples {
            let name = hygiene::samples();
            statics.extend(
                quote_spanned!(here=> static #name: #private::Samples = #private::Samples::new();),
            );
            options.extend(quote_spanned!(here=> samples: ::core::option::Option::Some(&#name),));
        }
        let options = (!options.is_empty())
            .then(|| quote_spanned!(here=> &#private::SiteOptions { #options ..#private::SiteOptions::NONE }));
        (statics, options)
    }
}
