//! The options of a call: `every(10)`, `at_most(5 per 1s)`, `once`, `sample(0.01)`, `target = "db"`.

use core::fmt::Display;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitFloat, LitInt, LitStr, Token};

use crate::diag::Errors;
use crate::{duration, field, list, suggest};

const NAMES: [&str; 5] = ["every", "at_most", "once", "sample", "target"];

/// What was asked for.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// What holds records back, and the name of the option that said so.
    pub(super) gate: Option<(String, GateArg)>,
    pub(super) target: Option<TokenStream>,
}

/// A gate as it was written.
#[derive(Debug)]
pub(super) enum GateArg {
    Every(TokenStream),
    AtMost(TokenStream, u64),
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
            Self::AtMost(n, nanos) => quote_spanned!(here=> #private::Gate::at_most(#n, #nanos)),
            Self::Once | Self::Refused => quote_spanned!(here=> #private::Gate::once()),
            Self::Sample(share) => quote_spanned!(here=> #private::Gate::sample(#share)),
        }
    }
}

/// Reads options up to the name of the event.
pub(super) fn parse_all(input: ParseStream<'_>, options: &mut Options, errors: &mut Errors) {
    while let Some(word) = next_option(input) {
        let _: syn::Result<Ident> = Ident::parse_any(input);
        let text = word.to_string();
        if text == "target" {
            parse_target(input, &word, options, errors);
        } else {
            let gate = parse_gate(input, &word, errors).unwrap_or(GateArg::Refused);
            match &options.gate {
                Some((before, _)) if *before == text => {
                    errors.push(word.span(), format!("`{text}` is given twice; remove one"));
                }
                Some((before, _)) => errors.push(
                    word.span(),
                    format!("`{before}` and `{text}` both hold records back; keep one of them"),
                ),
                None => options.gate = Some((text, gate)),
            }
        }
        end_of_option(input, errors);
    }
}

/// The word of an option, when one stands here: a known name, or a word with arguments in front of
/// the event's name.
fn next_option(input: ParseStream<'_>) -> Option<Ident> {
    let fork = input.fork();
    let word = Ident::parse_any(&fork).ok()?;
    let text = word.to_string();
    let arguments = matches!(
        fork.cursor().token_tree(),
        Some((TokenTree::Group(group), _)) if group.delimiter() == Delimiter::Parenthesis
    );
    let ends = list::at_end(&fork);
    let assigns = fork.peek(Token![=]) && !fork.peek(Token![==]) && !fork.peek(Token![=>]);
    // `target = ...` after a missing name would be a field; only in front of a string is it ours.
    let is_option = match text.as_str() {
        "target" => assigns || arguments || (fork.peek(Token![:]) && fork.peek2(LitStr)),
        _ if NAMES.contains(&text.as_str()) => arguments || ends || assigns,
        // `evry(10), "name"`, `onec, "name"`
        _ => (arguments || ends) && name_follows(&fork),
    };
    is_option.then_some(word)
}

/// Whether a string comes after the next comma.
fn name_follows(fork: ParseStream<'_>) -> bool {
    list::skip_to_comma(fork);
    fork.peek(Token![,]) && fork.peek2(LitStr) && !fork.peek3(Token![=])
}

/// Consumes the comma after an option. The event's name is read even where it is missing.
fn end_of_option(input: ParseStream<'_>, errors: &mut Errors) {
    if !list::expect_comma(input, errors) && !input.peek(LitStr) {
        list::skip_past_comma(input);
    }
}

fn parse_target(input: ParseStream<'_>, word: &Ident, options: &mut Options, errors: &mut Errors) {
    let known = "`target` is written `target = \"payments\"`";
    if input.parse::<Token![:]>().is_ok()
        && let Ok(text) = input.parse::<LitStr>()
    {
        let text = text.to_token_stream();
        let message = format!("an option is written with `=`: `target = {text}`");
        errors.push(word.span(), message);
        return;
    }
    if input.parse::<Token![=]>().is_err() || list::at_end(input) {
        errors.push(word.span(), known);
        if input.cursor().group(Delimiter::Parenthesis).is_some() {
            let _: syn::Result<TokenTree> = input.parse();
        }
        return;
    }
    match field::parse_expr(input) {
        Ok(tokens) => {
            let empty = syn::parse2::<LitStr>(tokens.clone())
                .is_ok_and(|text| text.value().trim().is_empty());
            if empty {
                errors.push_spanned(
                    &tokens,
                    "a target is not empty; without one it is the module",
                );
            }
            if options.target.is_some() {
                errors.push(word.span(), "`target` is given twice; remove one");
            }
            options.target = Some(tokens);
        }
        Err(error) => errors.push_error(error),
    }
}

fn parse_gate(input: ParseStream<'_>, word: &Ident, errors: &mut Errors) -> Option<GateArg> {
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
    let result = match text.as_str() {
        "once" if arguments.is_none() => Ok(GateArg::Once),
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
                "`sample` takes a share between 0 and 1: `sample(0.01)` keeps one of a hundred",
            )
        }),
        _ => Err(unknown(word, &text)),
    };
    result.map_err(|error| errors.push_error(error)).ok()
}

fn unknown(word: &Ident, text: &str) -> syn::Error {
    let hint = suggest::nearest(text, NAMES).map_or_else(
        || "; the options are every(n), at_most(n per 1s), once, sample(0.01) and target = \"...\", and fields stand behind the event's name".to_owned(),
        |meant| format!("; did you mean `{meant}`?"),
    );
    syn::Error::new(word.span(), format!("`{text}` is not an option{hint}"))
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
    let per: Ident = input.parse()?;
    if per != "per" {
        return Err(OptionError::ours(
            per,
            "`at_most` takes a number and a time: `at_most(5 per 1s)`",
        ));
    }
    let window = input.cursor().token_stream();
    let time = duration::parse(input).map_err(|error| OptionError::ours(window, error))?;
    if count == 0 {
        return Err(OptionError::ours(
            n,
            "`at_most(0 ...)` would write nothing: remove the call",
        ));
    }
    let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    Ok(GateArg::AtMost(quote!(#count), nanos))
}

fn parse_sample(input: ParseStream<'_>) -> Result<GateArg, OptionError> {
    let (share, tokens) = if input.peek(LitInt) {
        let whole: LitInt = input.parse()?;
        (whole.base10_parse::<f64>()?, whole.to_token_stream())
    } else {
        let part: LitFloat = input.parse()?;
        (part.base10_parse::<f64>()?, part.to_token_stream())
    };
    if !(share > 0.0 && share <= 1.0) {
        return Err(OptionError::ours(
            tokens,
            "`sample` takes a share above 0 and up to 1: `sample(0.01)` keeps one of a hundred",
        ));
    }
    Ok(GateArg::Sample(quote!(#share)))
}
