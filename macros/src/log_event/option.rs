//! The options of a call: `every(10)`, `at_most(5 per 1s)`, `once`, `sample(0.01)`, `target = "db"`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::gate::{self, GateArg};
use crate::diag::Errors;
use crate::level::Level;
use crate::source::shown;
use crate::{field, list, suggest};

const NAMES: [&str; 5] = ["every", "at_most", "once", "sample", "target"];

/// What was asked for.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// What holds records back, and the name of the option that said so.
    pub(super) gate: Option<(String, GateArg)>,
    pub(super) target: Option<TargetArg>,
}

/// What `target = ...` was given.
#[derive(Debug)]
pub(super) enum TargetArg {
    Text(String),
    /// Only the run of the program knows its text.
    Expression(TokenStream),
}

/// Reads options up to the name of the event.
pub(super) fn parse_all(input: ParseStream<'_>, options: &mut Options, errors: &mut Errors) {
    while let Some(word) = next_option(input) {
        let _: syn::Result<Ident> = Ident::parse_any(input);
        let text = word.to_string();
        if text == "target" {
            parse_target(input, &word, options, errors);
        } else {
            let gate = gate::parse(input, &word).unwrap_or_else(|| Err(unknown(&word, &text)));
            let gate = gate.unwrap_or_else(|error| {
                errors.push_error(error);
                if !input.peek(LitStr) {
                    list::skip_to_comma(input);
                }
                GateArg::Refused
            });
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
        // `every: 10` and `every 10` are meant as options, too, where no name stands before them.
        _ if NAMES.contains(&text.as_str()) => {
            arguments || ends || assigns || fork.peek(Token![:]) || fork.peek(syn::Lit)
        }
        // `evry(10), "name"`, `onec, "name"`; another word alone is a variable in front of the name.
        // So is `targt = "db", "name"`.
        _ => {
            let is_misspelt =
                ends && is_near(&text) || assigns && suggest::nearest(&text, ["target"]).is_some();
            (arguments || is_misspelt) && name_follows(&fork)
        }
    };
    is_option.then_some(word)
}

fn is_near(text: &str) -> bool {
    Level::named(text).is_some() || suggest::nearest(text, NAMES).is_some()
}

/// Whether a string comes after the next comma.
fn name_follows(fork: ParseStream<'_>) -> bool {
    list::skip_to_comma(fork);
    !fork.is_empty() && fork.peek2(LitStr) && !fork.peek3(Token![=])
}

/// Consumes the comma after an option. The event's name is read even where it is missing.
fn end_of_option(input: ParseStream<'_>, errors: &mut Errors) {
    if !list::expect_comma(input, errors) && !input.peek(LitStr) {
        list::skip_past_comma(input, errors);
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
        let given = input.cursor().group(Delimiter::Parenthesis);
        let message = match &given {
            Some((inside, ..)) if !inside.eof() => {
                format!(
                    "an option is written with `=`: `target = {}`",
                    shown(&inside.token_stream(), "\"payments\"")
                )
            }
            _ => known.to_owned(),
        };
        let is_given = given.is_some();
        errors.push(word.span(), message);
        if is_given {
            let _: syn::Result<TokenTree> = input.parse();
        }
        return;
    }
    match field::parse_expr(input) {
        Ok(tokens) => {
            let target = match syn::parse2::<LitStr>(tokens.clone()) {
                Ok(text) => TargetArg::Text(text.value()),
                Err(_) => TargetArg::Expression(tokens.clone()),
            };
            if matches!(&target, TargetArg::Text(text) if text.trim().is_empty()) {
                errors.push_spanned(
                    &tokens,
                    "a target must not be empty: write `target = \"payments\"`, or remove it to take the module's path",
                );
            }
            if options.target.is_some() {
                errors.push(word.span(), "`target` is given twice; remove one");
            }
            options.target = Some(target);
        }
        Err(error) => errors.push_error(error),
    }
}

fn unknown(word: &Ident, text: &str) -> syn::Error {
    if Level::named(text).is_some() {
        return syn::Error::new(
            word.span(),
            format!("the level of this call is given already: remove `{text}`"),
        );
    }
    let hint = suggest::nearest(text, NAMES).map_or_else(
        || "; the options are every(n), at_most(n per 1s), once, sample(0.01) and target = \"...\", and fields come after the event's name".to_owned(),
        suggest::question,
    );
    syn::Error::new(word.span(), format!("`{text}` is not an option{hint}"))
}
