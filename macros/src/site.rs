//! What is printed of a call site: its static, and the entry that describes it in the binary. The one place that
//! knows the grammar of the entry's text, which the runtime's `site/outline` reads.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::LitStr;

use crate::field::Mode;
use crate::hygiene;
use crate::level::Level;
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
        let values = Literal::usize_unsuffixed(values);
        let here = Span::mixed_site();
        self.const_tokens(&quote_spanned!(here=> #private::Entry::<_, #values>))
    }

    /// The same for a step, which is of some machine: `&'static StepEntry<S, K, N>`.
    pub(crate) fn step_entry_tokens(&self, values: usize, private: &TokenStream) -> TokenStream {
        let values = Literal::usize_unsuffixed(values);
        let here = Span::mixed_site();
        self.const_tokens(&quote_spanned!(here=> #private::StepEntry::<_, _, #values>))
    }

    fn const_tokens(&self, entry: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let mut known = Literal::string(&format!("{}@", self.0));
        known.set_span(here);
        quote_spanned! {here=>
            const {
                &#entry::new(::core::concat!(
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

/// Prints `static __STORYLINE_SITE: $p::Site = $p::Site::new();`
pub(crate) fn static_tokens(private: &TokenStream) -> TokenStream {
    let site = hygiene::site();
    quote_spanned!(Span::mixed_site()=> static #site: #private::Site = #private::Site::new();)
}

/// The same for a site that has what a text cannot hold: a gate, and a target that is an expression. Prints
///
/// ```text
/// static __STORYLINE_GATE: $p::Gate = $p::Gate::once();
/// static __STORYLINE_SITE: $p::Site = $p::Site::with(&$p::Given {
///     gate: ::core::option::Option::Some(&__STORYLINE_GATE),
///     target: ::core::option::Option::None,
///     meta: ::core::option::Option::None,
/// });
/// ```
pub(crate) fn given_tokens(
    gate: Option<&TokenStream>,
    target: Option<&TokenStream>,
    private: &TokenStream,
) -> TokenStream {
    if gate.is_none() && target.is_none() {
        return static_tokens(private);
    }
    let here = Span::mixed_site();
    let (site, name) = (hygiene::site(), hygiene::gate());
    let none = quote_spanned!(here=> ::core::option::Option::None);
    let some = |it: TokenStream| quote_spanned!(here=> ::core::option::Option::Some(#it));
    let gate_static = gate.map(|gate| quote_spanned!(here=> static #name: #private::Gate = #gate;));
    let gate = gate.map_or_else(|| none.clone(), |_| some(quote_spanned!(here=> &#name)));
    let target = target.map_or_else(|| none.clone(), |it| some(it.clone()));
    quote_spanned! {here=>
        #gate_static
        static #site: #private::Site = #private::Site::with(&#private::Given {
            gate: #gate,
            target: #target,
            meta: #none,
        });
    }
}
