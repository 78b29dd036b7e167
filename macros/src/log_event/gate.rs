//! What holds records of a call back: `every(10)`, `at_most(5 per 1s)`, `once`, `sample(0.01)`.

use core::fmt::Display;
use core::time::Duration;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::{LitFloat, LitInt, LitStr};

use crate::{duration, list, types};

/// A gate as it was written.
#[derive(Debug)]
pub(super) enum GateArg {
    Every(TokenStream),
    AtMost(TokenStream, Duration),
    Once,
    Sample(TokenStream),
    /// It was refused; noted so that a second one is still found.
    Refused,
}

impl GateArg {
    /// An expression of type `Gate`.
    pub(super) fn to_tokens(&self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        match self {
            Self::Every(n) => quote_spanned!(here=> #private::Gate::every(#n)),
            Self::AtMost(n, window) => {
                let nanos = u64::try_from(window.as_nanos()).unwrap_or(u64::MAX);
                quote_spanned!(here=> #private::Gate::at_most(#n, #nanos))
            }
            Self::Once | Self::Refused => quote_spanned!(here=> #private::Gate::once()),
            Self::Sample(share) => quote_spanned!(here=> #private::Gate::sample(#share)),
        }
    }

    /// As it may be written.
    pub(super) fn to_text(&self) -> String {
        let number =
            |tokens: &TokenStream| tokens.to_string().replace("u64", "").replace("f64", "");
        match self {
            Self::Every(n) => format!("every({})", number(n)),
            Self::AtMost(n, window) => format!("at_most({} per {window:?})", number(n)),
            Self::Once | Self::Refused => "once".to_owned(),
            Self::Sample(share) => format!("sample({})", number(share)),
        }
    }
}

/// Reads the arguments of `word`; `None` when no gate has that name.
pub(super) fn parse(input: ParseStream<'_>, word: &Ident) -> Option<syn::Result<GateArg>> {
    let text = word.to_string();
    let mut arguments = None;
    if let Some((TokenTree::Group(group), _)) = input.cursor().token_tree()
        && group.delimiter() == Delimiter::Parenthesis
    {
        let _: syn::Result<TokenTree> = input.parse();
        arguments = Some(group);
    }
    let stream = arguments
        .as_ref()
        .map_or_else(TokenStream::new, proc_macro2::Group::stream);
    let at = arguments
        .as_ref()
        .map_or(word.span(), proc_macro2::Group::span);
    Some(match text.as_str() {
        "once" if arguments.is_none() && (list::at_end(input) || input.peek(LitStr)) => {
            Ok(GateArg::Once)
        }
        "once" => Err(syn::Error::new(
            at,
            "`once` takes no argument: write `once`",
        )),
        "every" => read(parse_every, stream)
            .map_err(|error| error.or(at, "`every` takes a whole number of calls: `every(10)`")),
        "at_most" => read(parse_at_most, stream).map_err(|error| {
            error.or(
                at,
                "`at_most` takes a number and a time: `at_most(5 per 1s)`",
            )
        }),
        "sample" => read(parse_sample, stream).map_err(|error| {
            error.or(
                at,
                "`sample` takes a share above 0 and up to 1: `sample(0.01)` keeps one of a hundred",
            )
        }),
        _ => return None,
    })
}

/// Why the argument of an option cannot be used.
enum OptionError {
    /// The option's own words, at the place they are about.
    Ours(syn::Error),
    /// The syntax layer's, which say what Rust expects and not what the option takes.
    Syntax,
}

impl From<syn::Error> for OptionError {
    fn from(_: syn::Error) -> Self {
        Self::Syntax
    }
}

impl OptionError {
    fn ours(tokens: impl ToTokens, message: impl Display) -> Self {
        Self::Ours(syn::Error::new_spanned(tokens, message))
    }

    /// What is said: `form` at `place` where the option has no words of its own.
    fn or(self, place: Span, form: &str) -> syn::Error {
        match self {
            Self::Ours(error) => error,
            Self::Syntax => syn::Error::new(place, form),
        }
    }
}

/// Reads all of `arguments`.
fn read(
    parse: fn(ParseStream<'_>) -> Result<GateArg, OptionError>,
    arguments: TokenStream,
) -> Result<GateArg, OptionError> {
    let mut gate = Err(OptionError::Syntax);
    let parser = |input: ParseStream<'_>| {
        gate = parse(input);
        Ok(())
    };
    // It fails when something is left over, which after a mistake is no second one.
    match parser.parse2(arguments) {
        Err(_) if gate.is_ok() => Err(OptionError::Syntax),
        _ => gate,
    }
}

fn parse_every(input: ParseStream<'_>) -> Result<GateArg, OptionError> {
    let n: LitInt = input.parse()?;
    let count: u64 = n.base10_parse()?;
    // A unit of time, which Rust reads as a suffix.
    if !is_plain(n.suffix()) {
        return Err(OptionError::ours(
            &n,
            format!("`every` counts calls: for one record in a time write `at_most(1 per {n})`"),
        ));
    }
    if count == 0 {
        return Err(OptionError::ours(
            n,
            "`every(0)` would write nothing: remove the call, or write `every(1)`",
        ));
    }
    Ok(GateArg::Every(quote!(#count)))
}

fn parse_at_most(input: ParseStream<'_>) -> Result<GateArg, OptionError> {
    let n: LitInt = input.parse()?;
    let count: u64 = n.base10_parse()?;
    if !is_plain(n.suffix()) {
        return Err(OptionError::Syntax);
    }
    let per: Ident = input.parse()?;
    if per != "per" {
        return Err(OptionError::ours(
            per,
            "`at_most` takes a number and a time: `at_most(5 per 1s)`",
        ));
    }
    let window = input.cursor().token_stream();
    if window.is_empty() {
        return Err(OptionError::ours(
            per,
            format!("a time is missing after `per`: `at_most({count} per 1s)`"),
        ));
    }
    let time = duration::parse(input).map_err(|error| OptionError::ours(window, error))?;
    if count == 0 {
        return Err(OptionError::ours(
            n,
            "`at_most(0 ...)` would write nothing: remove the call",
        ));
    }
    Ok(GateArg::AtMost(quote!(#count), time))
}

fn parse_sample(input: ParseStream<'_>) -> Result<GateArg, OptionError> {
    let (share, suffix, tokens) = if input.peek(LitInt) {
        let whole: LitInt = input.parse()?;
        (
            whole.base10_parse::<f64>()?,
            whole.suffix().to_owned(),
            whole.to_token_stream(),
        )
    } else {
        let part: LitFloat = input.parse()?;
        (
            part.base10_parse::<f64>()?,
            part.suffix().to_owned(),
            part.to_token_stream(),
        )
    };
    if !(is_plain(&suffix) && share > 0.0 && share <= 1.0) {
        return Err(OptionError::ours(
            tokens,
            "`sample` takes a share above 0 and up to 1: `sample(0.01)` keeps one of a hundred",
        ));
    }
    Ok(GateArg::Sample(quote!(#share)))
}

/// Whether a number's suffix is none, or that of a type.
fn is_plain(suffix: &str) -> bool {
    suffix.is_empty() || types::is_number(suffix)
}
