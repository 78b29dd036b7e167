//! The level of a call: a name in capitals, or an expression in parentheses. `parse` reads it.

mod parse;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

pub(crate) use parse::{KNOWN, parse, parse_named};

/// What may be written, and what it stands for.
const NAMES: [(&str, Level); 7] = [
    ("TRACE", Level::Trace),
    ("DEBUG", Level::Debug),
    ("INFO", Level::Info),
    ("WARNING", Level::Warning),
    ("WARN", Level::Warning),
    ("ERROR", Level::Error),
    ("CRITICAL", Level::Critical),
];

/// A level that is known when the program is compiled. In the order of the levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Trace,
    Debug,
    Info,
    Warning,
    Error,
    Critical,
}

impl Level {
    /// The level of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, level)| *level)
    }

    /// How the text of a site names it.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Trace => 'T',
            Self::Debug => 'D',
            Self::Info => 'I',
            Self::Warning => 'W',
            Self::Error => 'E',
            Self::Critical => 'C',
        }
    }

    /// `$p::Level::Info`
    pub(crate) fn to_tokens(self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        let variant = Ident::new(
            match self {
                Self::Trace => "Trace",
                Self::Debug => "Debug",
                Self::Info => "Info",
                Self::Warning => "Warning",
                Self::Error => "Error",
                Self::Critical => "Critical",
            },
            here,
        );
        quote_spanned!(here=> #private::Level::#variant)
    }
}

/// The level of a call.
#[derive(Clone, Debug)]
pub(crate) enum LevelArg {
    Named(Level),
    /// Known at run time only; holds the expression.
    Dynamic(TokenStream),
}

impl LevelArg {
    /// An expression of type `Level`.
    pub(crate) fn to_tokens(&self, private: &TokenStream) -> TokenStream {
        match self {
            Self::Named(level) => level.to_tokens(private),
            Self::Dynamic(expr) => quote!(#expr),
        }
    }
}
