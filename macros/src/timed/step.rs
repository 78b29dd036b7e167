//! A level as the options of `#[timed]` write it: a name, since the highest of several must be known
//! when the program is compiled.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::LitStr;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::level::{self, LevelArg};
use crate::list;

/// A level, in the order of the levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Trace,
    Debug,
    Info,
    Warning,
    Error,
    Critical,
}

impl Step {
    /// Reads a name; notes a mistake and gives `None` when there is none.
    pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Option<Self> {
        let begin = input.span();
        if input.peek(LitStr)
            && let Ok(text) = input.parse::<LitStr>()
        {
            let name = text.value().to_uppercase();
            let known = LevelArg::named(&name).is_some();
            let meant = if known { name.as_str() } else { "INFO" };
            errors.push(
                text.span(),
                format!("a level has no quotes: write `{meant}`"),
            );
            return None;
        }
        if let Some((TokenTree::Literal(_) | TokenTree::Punct(_), _)) = input.cursor().token_tree()
        {
            list::skip_to_comma(input);
            errors.push(
                begin,
                "a level stands here: TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL",
            );
            return None;
        }
        match level::parse(input, errors)? {
            LevelArg::Named(variant) => Self::of_variant(variant),
            LevelArg::Dynamic(_) => {
                errors.push(
                    begin,
                    "the level of a timed function is a name, such as `INFO`: \
                     what is recorded must be known when the program is compiled",
                );
                None
            }
        }
    }

    fn of_variant(variant: &str) -> Option<Self> {
        [
            Self::Trace,
            Self::Debug,
            Self::Info,
            Self::Warning,
            Self::Error,
            Self::Critical,
        ]
        .into_iter()
        .find(|step| step.variant() == variant)
    }

    fn variant(self) -> &'static str {
        match self {
            Self::Trace => "Trace",
            Self::Debug => "Debug",
            Self::Info => "Info",
            Self::Warning => "Warning",
            Self::Error => "Error",
            Self::Critical => "Critical",
        }
    }

    /// `$p::Level::Info`
    pub(crate) fn to_tokens(self, private: &TokenStream) -> TokenStream {
        let variant = Ident::new(self.variant(), Span::mixed_site());
        quote_spanned!(Span::mixed_site()=> #private::Level::#variant)
    }
}
