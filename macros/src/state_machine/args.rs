//! The syntax of what stands in the parentheses of `#[state_machine(...)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Path, Token};

use crate::diag::Errors;
use crate::field::source_like;
use crate::{list, suggest};

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
                list::skip_to_comma(input);
            }
            list::expect_comma(input, errors);
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
        // `#[state_machine(Created)]` is what one writes without having read about `initial`.
        let alone = list::at_end(input);
        if alone && text.starts_with(char::is_uppercase) && !args.initial_given {
            errors.push(
                key.span(),
                format!("the state that the machine begins in is written `initial = {text}`"),
            );
            args.initial_given = true;
            args.initial = Some(key);
            return Ok(());
        }
        return Err(syn::Error::new(key.span(), unknown(&text)));
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
    if list::at_end(input) {
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
    // After the name stands a comma; a second name misses one, which is the list's business.
    if let Ok(ident) = Ident::parse_any(input)
        && (list::at_end(input) || input.peek(Ident::peek_any))
    {
        return Ok(ident);
    }
    let tokens = option_tokens(&start);
    let text = source_like(&tokens);
    let words: Vec<&str> = text.split('|').map(str::trim).collect();
    let path = start.call(Path::parse_mod_style).ok();
    let last = path.as_ref().and_then(|path| path.segments.last());
    let meant = match last {
        _ if words.len() > 1 => words.join(", "),
        Some(last) => last.ident.to_string(),
        None => "State".to_owned(),
    };
    let message = if before.is_empty() && words.len() > 1 {
        format!("the states are separated by commas: `{meant}` instead of `{text}`")
    } else if words.len() > 1 {
        format!("a machine begins in one state, so `{before}{text}` names too many")
    } else {
        format!(
            "a state is written as its variant's name alone: `{before}{meant}` instead of `{before}{text}`"
        )
    };
    Err(syn::Error::new_spanned(tokens, message))
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

fn unknown(text: &str) -> String {
    match suggest::nearest(text, KNOWN) {
        Some(meant) => format!("`{text}` is not an option; did you mean `{meant}`?"),
        None => format!("`{text}` is not an option; {KNOWN_LIST}"),
    }
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

/// What stands before the next comma, for messages; `_` where nothing does.
fn option_tokens(input: ParseStream<'_>) -> TokenStream {
    let tokens = list::until_comma(input);
    if tokens.is_empty() {
        return Ident::new("_", Span::call_site()).into_token_stream();
    }
    tokens
}
