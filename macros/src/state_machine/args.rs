//! The syntax of what stands in the parentheses of `#[state_machine(...)]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Path, Token};

use crate::diag::Errors;
use crate::source::{shown, source_like};
use crate::{input, list, suggest};

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
    /// Where the last of them ends.
    pub(crate) end: Option<Span>,
}

/// Reads all options; a bad one becomes an error and the next one is still read.
pub(crate) fn parse(arguments: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args {
        end: input::last_span(&arguments),
        ..Args::default()
    };
    let mut seen: Vec<String> = Vec::new();
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if list::refuse_stray(input, errors) {
                continue;
            }
            if let Err(error) = parse_one(input, &mut args, &mut seen, errors) {
                errors.push_error(error);
                list::skip_to_comma(input);
            }
            list::expect_comma(input, errors);
        }
        Ok(())
    };
    if let Err(error) = input::read(arguments, read) {
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
        let rest = list::until_comma(input);
        let text = source_like(&rest);
        // `#[state_machine("Created")]`
        if let Ok(state) = syn::parse2::<LitStr>(rest.clone()) {
            args.initial_given = true;
            return Err(syn::Error::new_spanned(
                rest,
                format!(
                    "the state that the machine begins in is written `initial = {}`",
                    state.value()
                ),
            ));
        }
        return Err(syn::Error::new_spanned(
            rest,
            format!("`{text}` is not an option; {KNOWN_LIST}"),
        ));
    };
    let text = key.unraw().to_string();
    if !KNOWN.contains(&text.as_str()) {
        if let Some(state) = begins_elsewhere(&text, input) {
            errors.push(
                key.span(),
                format!("the state that the machine begins in is written `initial = {state}`"),
            );
            list::skip_to_comma(input);
            args.initial_given = true;
            return Ok(());
        }
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
        // `initial: Created`, `initial(Created)`
        let given: TokenStream = list::until_comma(input)
            .into_iter()
            .skip_while(|token| matches!(token, TokenTree::Punct(_)))
            .collect();
        let given = shown(&given, "");
        let given = given.trim_start_matches('(').trim_end_matches(')').trim();
        let value = if given.is_empty() {
            example(&text)
        } else {
            given
        };
        return Err(syn::Error::new(
            key.span(),
            format!("`{text}` takes a value after `=`: write `{text} = {value}`"),
        ));
    };
    if list::at_end(input) {
        return Err(syn::Error::new_spanned(
            equals,
            format!(
                "a value is missing after `{text} =`: write `{text} = {}`",
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
    let tokens = list::until_comma(&start);
    let text = source_like(&tokens);
    let words: Vec<&str> = text.split('|').map(str::trim).collect();
    let path = start.call(Path::parse_mod_style).ok();
    let last = path.as_ref().and_then(|path| path.segments.last());
    let meant = match last {
        _ if words.len() > 1 => words.join(", "),
        Some(last) => last.ident.to_string(),
        None => last_word(&tokens).unwrap_or_else(|| "State".to_owned()),
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

/// The last word of something, or the text in its quotes: `Paid` of `=> Paid`, `"Paid"` and `[Paid]`.
fn last_word(tokens: &TokenStream) -> Option<String> {
    let last = tokens.clone().into_iter().last()?;
    match &last {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Group(group) => last_word(&group.stream()),
        TokenTree::Literal(_) => {
            let text = syn::parse2::<LitStr>(last.clone().into()).ok()?.value();
            syn::parse_str::<Ident>(&text).is_ok().then_some(text)
        }
        TokenTree::Punct(_) => None,
    }
}

/// `start = Created`: the state, where other tools call the beginning something else.
fn begins_elsewhere(word: &str, input: ParseStream<'_>) -> Option<String> {
    let word = word.to_lowercase();
    let is_beginning = matches!(
        word.as_str(),
        "init"
            | "initial_state"
            | "start"
            | "start_state"
            | "begin"
            | "first"
            | "default"
            | "entry"
    );
    is_beginning.then(|| {
        last_word(&list::until_comma(input)).unwrap_or_else(|| example("initial").to_owned())
    })
}

fn parse_name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let start = input.fork();
    input.parse().map_err(|_| {
        let tokens = list::until_comma(&start);
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
        Some(meant) => format!("`{text}` is not an option{}", suggest::question(meant)),
        None if matches!(
            text,
            "terminal" | "transitions" | "states" | "edges" | "final" | "to"
        ) =>
        {
            format!(
                "`{text}` is not an option; what may follow a state is written at its variant: `#[to(...)]`, or `#[terminal]`"
            )
        }
        None => format!("`{text}` is not an option; {KNOWN_LIST}"),
    }
}

fn twice(option: &str) -> String {
    match option {
        "initial" => {
            "a machine begins in one state: `initial` is given twice; remove one".to_owned()
        }
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
