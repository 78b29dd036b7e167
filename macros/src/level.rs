//! The level of a call: a name in capitals, or an expression in parentheses.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use crate::diag::Errors;
use crate::suggest;

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

/// Reads a level; notes a mistake and gives `None` when there is none. Stops in front of the comma.
pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Option<LevelArg> {
    let start = input.cursor();
    if let Some((TokenTree::Group(group), _)) = start.token_tree()
        && group.delimiter() == Delimiter::Parenthesis
    {
        skip_one(input);
        if group.stream().is_empty() {
            errors.push_spanned(&group, format!("a level is missing in `()`; {KNOWN}"));
            return None;
        }
        return Some(LevelArg::Dynamic(group.stream()));
    }
    if let Ok(text) = input.parse::<LitStr>() {
        let meant = suggest::nearest(&text.value(), NAMES.map(|(name, _)| name));
        errors.push(
            text.span(),
            match meant {
                Some(meant) => format!("a level is a word without quotes: write `{meant}`"),
                None => format!("a level is a word without quotes; {KNOWN}"),
            },
        );
        return None;
    }
    let Ok(mut word) = Ident::parse_any(input) else {
        errors.push(input.span(), format!("a level comes first; {KNOWN}"));
        return None;
    };
    // `Level::Info` and longer paths: the last segment says what was meant.
    while input.peek(Token![::]) {
        let path: Token![::] = input.parse().ok()?;
        let Ok(next) = Ident::parse_any(input) else {
            errors.push_spanned(path, format!("a level is a single word; {KNOWN}"));
            return None;
        };
        let meant = next.to_string().to_uppercase();
        word = next;
        if !input.peek(Token![::]) && Level::named(&meant).is_some() {
            errors.push(
                word.span(),
                format!(
                    "a level is a single word here: write `{meant}`, or put an expression in parentheses"
                ),
            );
            return None;
        }
    }
    let text = word.to_string();
    if let Some(level) = Level::named(&text) {
        return Some(LevelArg::Named(level));
    }
    let meant = match text.to_ascii_lowercase().as_str() {
        "fatal" | "panic" | "emergency" | "crit" => Some("CRITICAL"),
        "err" | "failure" => Some("ERROR"),
        "notice" | "information" => Some("INFO"),
        "verbose" => Some("TRACE"),
        _ => suggest::nearest(&text, NAMES.map(|(name, _)| name)),
    };
    errors.push(
        word.span(),
        match meant {
            Some(meant) => format!("`{text}` is not a level; did you mean `{meant}`?"),
            None => format!(
                "`{text}` is not a level; {KNOWN}; a level known only at run time goes in parentheses: `({text})`"
            ),
        },
    );
    None
}

/// For messages that name them all.
pub(crate) const KNOWN: &str = "the levels are TRACE, DEBUG, INFO, WARNING, ERROR and CRITICAL";

fn skip_one(input: ParseStream<'_>) {
    // A cursor was seen to stand in front of a token.
    let _: Result<TokenTree, _> = input.parse();
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    fn read(source: &str) -> Result<String, Vec<String>> {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        let mut errors = Errors::new();
        let level = (|input: ParseStream<'_>| Ok(parse(input, &mut errors)))
            .parse2(tokens)
            .expect("levels consume all");
        match level {
            Some(level) => {
                assert_eq!(errors.into_messages(), Vec::<String>::new());
                Ok(level.to_tokens(&quote!(p)).to_string())
            }
            None => Err(errors.into_messages()),
        }
    }

    #[test]
    fn reads_names_and_expressions() {
        assert_eq!(read("INFO"), Ok("p :: Level :: Info".to_owned()));
        assert_eq!(read("WARN"), read("WARNING"));
        assert_eq!(read("(pick(1))"), Ok("pick (1)".to_owned()));
    }

    #[test]
    fn says_what_was_meant() {
        for (source, part) in [
            ("INFOO", "did you mean `INFO`?"),
            ("info", "did you mean `INFO`?"),
            ("FATAL", "did you mean `CRITICAL`?"),
            ("Level::Error", "write `ERROR`"),
            ("\"info\"", "write `INFO`"),
            ("\"loud\"", "without quotes"),
            ("banana", "`(banana)`"),
            ("()", "missing"),
        ] {
            let messages = read(source).expect_err(source);
            assert!(messages[0].contains(part), "{source}: {messages:?}");
        }
    }
}
