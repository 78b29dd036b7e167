//! The syntax of what stands in the parentheses of `#[state_machine(...)]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Path, Token};

use crate::diag::Errors;
use crate::field::source_like;
use crate::suggest;

const KNOWN: [&str; 3] = ["initial", "name", "crate"];
const KNOWN_LIST: &str = "the options are `initial = State`, `name = \"...\"` and `crate = path`";

/// What was given, each with its place.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) initial: Option<Ident>,
    /// `initial` was written, though it could not be read.
    pub(crate) initial_given: bool,
    pub(crate) name: Option<LitStr>,
    pub(crate) krate: Option<Path>,
}

/// Reads all options; a bad one becomes an error and the next one is still read.
pub(crate) fn parse(arguments: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args::default();
    let mut seen: Vec<String> = Vec::new();
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if let Err(error) = parse_one(input, &mut args, &mut seen, errors) {
                errors.push_error(error);
                skip_option(input);
            }
            if input.is_empty() {
                break;
            }
            if input.parse::<Token![,]>().is_err() {
                let rest = option_tokens(input);
                errors.push_spanned(
                    &rest,
                    format!("a comma is missing in front of `{}`", source_like(&rest)),
                );
                skip_option(input);
                let _: syn::Result<Token![,]> = input.parse();
            }
        }
        Ok(())
    };
    if let Err(error) = read.parse2(arguments) {
        errors.push_error(error);
    }
    args
}

fn parse_one(
    input: ParseStream<'_>,
    args: &mut Args,
    seen: &mut Vec<String>,
    errors: &mut Errors,
) -> syn::Result<()> {
    let Ok(key) = Ident::parse_any(input) else {
        let rest = option_tokens(input);
        let text = source_like(&rest);
        return Err(syn::Error::new_spanned(
            rest,
            format!("`{text}` is no option; {KNOWN_LIST}"),
        ));
    };
    let text = key.unraw().to_string();
    if !KNOWN.contains(&text.as_str()) {
        return Err(syn::Error::new(key.span(), unknown(&text, input)));
    }
    if seen.contains(&text) {
        errors.push(key.span(), twice(&text));
    }
    let first = !seen.contains(&text);
    seen.push(text.clone());
    args.initial_given |= text == "initial";
    let Ok(equals) = input.parse::<Token![=]>() else {
        return Err(syn::Error::new(
            key.span(),
            format!(
                "`{text}` takes a value: write `{text} = {}`",
                example(&text)
            ),
        ));
    };
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new_spanned(
            equals,
            format!(
                "a value is missing behind `{text} =`: write `{text} = {}`",
                example(&text)
            ),
        ));
    }
    match text.as_str() {
        "initial" => {
            let ident = parse_state(input, "initial = ")?;
            if first {
                args.initial = Some(ident);
            }
        }
        "name" => args.name = Some(parse_name(input)?),
        _ => args.krate = Some(input.call(Path::parse_mod_style)?),
    }
    Ok(())
}

/// One variant's name, alone.
pub(crate) fn parse_state(input: ParseStream<'_>, before: &str) -> syn::Result<Ident> {
    let start = input.fork();
    if let Ok(ident) = Ident::parse_any(input)
        && (input.is_empty() || input.peek(Token![,]))
    {
        return Ok(ident);
    }
    let tokens = option_tokens(&start);
    let text = source_like(&tokens);
    let path = start.call(Path::parse_mod_style).ok();
    let meant = path
        .as_ref()
        .and_then(|path| path.segments.last())
        .map_or_else(|| "State".to_owned(), |last| last.ident.to_string());
    Err(syn::Error::new_spanned(
        tokens,
        format!(
            "a state is written as its variant's name alone: `{before}{meant}` instead of `{before}{text}`"
        ),
    ))
}

fn parse_name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let start = input.fork();
    input.parse().map_err(|_| {
        let tokens = option_tokens(&start);
        let text = source_like(&tokens).to_lowercase();
        syn::Error::new_spanned(
            tokens,
            format!(
                "the machine's name is a string: write `name = \"{}\"`",
                text.trim_matches('"')
            ),
        )
    })
}

fn unknown(text: &str, input: ParseStream<'_>) -> String {
    // `#[state_machine(Created)]` is what one writes without having read about `initial`.
    let alone = input.is_empty() || input.peek(Token![,]);
    if alone && text.starts_with(char::is_uppercase) {
        return format!("the state that the machine begins in is written `initial = {text}`");
    }
    format!(
        "`{text}` is not an option{}; {KNOWN_LIST}",
        suggest::hint(text, KNOWN)
    )
}

fn twice(option: &str) -> String {
    match option {
        "initial" => "a machine begins in one state: `initial` is given twice".to_owned(),
        _ => format!("`{option}` is given twice; remove one"),
    }
}

fn example(option: &str) -> &'static str {
    match option {
        "initial" => "Created",
        "name" => "\"order\"",
        _ => "path::to::storyline",
    }
}

/// The tokens up to the next comma.
fn option_tokens(input: ParseStream<'_>) -> TokenStream {
    let fork = input.fork();
    let mut tokens = TokenStream::new();
    while !fork.is_empty() && !fork.peek(Token![,]) {
        match fork.parse::<TokenTree>() {
            Ok(token) => token.to_tokens(&mut tokens),
            Err(_) => break,
        }
    }
    if tokens.is_empty() {
        tokens = Ident::new("_", Span::call_site()).into_token_stream();
    }
    tokens
}

fn skip_option(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}
