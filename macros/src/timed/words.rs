//! What stands between the parentheses of `only(...)` and `err(...)`. Reading goes on after a mistake.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::diag::Errors;
use crate::level::Level;
use crate::source::shown;
use crate::{list, suggest};

/// Which part of an error is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorText {
    Debug,
    Display,
    None,
}

impl ErrorText {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Display => "display",
            Self::None => "none",
        }
    }
}

/// What stands in `only(...)`: each name, where it was written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Only {
    pub(crate) err: Option<Span>,
    pub(crate) slow: Option<Span>,
    pub(crate) panic: Option<Span>,
    pub(crate) cancelled: Option<Span>,
}

const OUTCOMES: [&str; 4] = ["err", "slow", "panic", "cancelled"];

/// What else people call them.
const ALSO: [(&str, &str); 11] = [
    ("error", "err"),
    ("errors", "err"),
    ("errs", "err"),
    ("failure", "err"),
    ("failed", "err"),
    ("panics", "panic"),
    ("panicked", "panic"),
    ("cancel", "cancelled"),
    ("canceled", "cancelled"),
    ("dropped", "cancelled"),
    ("timeout", "slow"),
];

/// Whether `only(...)` or `err(...)` takes this word.
pub(super) fn is_known(word: &str) -> bool {
    OUTCOMES.contains(&word) || matches!(word, "debug" | "display" | "none")
}

pub(super) fn parse_only(input: ParseStream<'_>, here: Span, errors: &mut Errors) -> Only {
    let mut only = Only::default();
    if input.is_empty() {
        errors.push(
            here,
            "`only()` would record nothing: name what is recorded, such as `only(err, slow)`",
        );
    }
    while !input.is_empty() {
        let Ok(word) = Ident::parse_any(input) else {
            let tokens = list::until_comma(input);
            let quoted = syn::parse2::<LitStr>(tokens.clone()).map(|it| it.value());
            let message = match quoted {
                Ok(word) if OUTCOMES.contains(&word.as_str()) => {
                    format!("an outcome is a word without quotes: write `{word}`")
                }
                _ => "this is not an outcome; the outcomes are err, slow, panic, cancelled"
                    .to_owned(),
            };
            push_at(tokens, input, message, errors);
            list::skip_past_comma(input, errors);
            continue;
        };
        let text = word.to_string();
        let place = match text.as_str() {
            "err" => Some(&mut only.err),
            "slow" => Some(&mut only.slow),
            "panic" => Some(&mut only.panic),
            "cancelled" => Some(&mut only.cancelled),
            _ => None,
        };
        match place {
            Some(place) if place.is_some() => {
                errors.push(word.span(), format!("`{text}` is given twice; remove one"));
            }
            Some(place) => *place = Some(word.span()),
            None if text == "ok" => errors.push(
                word.span(),
                "`only` leaves successes out: remove `ok`, or remove `only` to record every call",
            ),
            None if text == "left" => errors.push(
                word.span(),
                "`left` is how a block ends that is left early, which is recorded together with errors: write `err`",
            ),
            None => errors.push(
                word.span(),
                format!("`{text}` is not an outcome{}", outcome_hint(&text)),
            ),
        }
        end_of_word(input, errors);
    }
    only
}

pub(super) fn parse_error_text(
    input: ParseStream<'_>,
    here: Span,
    errors: &mut Errors,
) -> Option<(ErrorText, Span)> {
    let Ok(word) = Ident::parse_any(input) else {
        errors.push(
            here,
            "`err` needs to know what is shown of the error: write `err(debug)`, `err(display)` or `err(none)`",
        );
        list::skip_all(input);
        return None;
    };
    let text = word.to_string();
    let value = match text.to_ascii_lowercase().as_str() {
        "debug" => Some(ErrorText::Debug),
        "display" => Some(ErrorText::Display),
        "none" => Some(ErrorText::None),
        "level" => {
            refuse_level(&word, input, errors);
            None
        }
        _ => {
            errors.push(
                word.span(),
                format!("`{text}` is not a way to show an error; write debug, display or none"),
            );
            list::skip_all(input);
            None
        }
    };
    end_of_word(input, errors);
    if input.is_empty() {
    } else if let Ok(level) = input.fork().call(Ident::parse_any)
        && level == "level"
    {
        let _ = Ident::parse_any(input);
        refuse_level(&level, input, errors);
    } else {
        push_at(
            list::until_comma(input),
            input,
            "`err` takes one way to show an error: remove this",
            errors,
        );
        list::skip_all(input);
    }
    value.map(|value| (value, word.span()))
}

/// `err(level = "info")`
fn refuse_level(word: &Ident, input: ParseStream<'_>, errors: &mut Errors) {
    let value: TokenStream = list::until_comma(input).into_iter().skip(1).collect();
    let text = shown(&value, "");
    let text = text.rsplit("::").next().unwrap_or(&text);
    let level = text.trim_matches('"').to_uppercase();
    let level = match level.as_str() {
        "WARN" => "WARNING",
        other => Level::named(other).map_or("WARNING", |_| other),
    };
    errors.push(
        word.span(),
        format!(
            "the level of errors is an option of its own: write `err_level = {level}` beside `err(...)`"
        ),
    );
    list::skip_all(input);
}

/// What was probably meant, or all there are.
fn outcome_hint(text: &str) -> String {
    let words = OUTCOMES.into_iter().map(|it| (it, it)).chain(ALSO);
    let near = suggest::nearest(text, words.clone().map(|(word, _)| word));
    match words.into_iter().find(|(word, _)| Some(*word) == near) {
        Some((_, meant)) => suggest::question(meant),
        None => "; the outcomes are err, slow, panic, cancelled".to_owned(),
    }
}

fn end_of_word(input: ParseStream<'_>, errors: &mut Errors) {
    if let Some((mark, _)) = input.cursor().punct()
        && matches!(mark.as_char(), '|' | '+')
    {
        errors.push(
            mark.span(),
            format!(
                "words are separated by commas: write `,` in place of `{}`",
                mark.as_char()
            ),
        );
        let _: syn::Result<TokenTree> = input.parse();
        return;
    }
    if !list::expect_comma(input, errors) {
        list::skip_past_comma(input, errors);
    }
}

/// Notes a mistake at these tokens, or where there are none, at the comma in their place.
fn push_at(
    tokens: TokenStream,
    input: ParseStream<'_>,
    message: impl core::fmt::Display,
    errors: &mut Errors,
) {
    if tokens.is_empty() {
        errors.push(input.span(), message);
    } else {
        errors.push_spanned(tokens, message);
    }
}
