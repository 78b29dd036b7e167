//! What stands between the parentheses of `only(...)` and `err(...)`. Reading goes on after a mistake.

use proc_macro2::{Ident, Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::diag::Errors;
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

pub(super) fn parse_only(input: ParseStream<'_>, here: Span, errors: &mut Errors) -> Only {
    let mut only = Only::default();
    if input.is_empty() {
        errors.push(
            here,
            "`only()` would record nothing: name what is recorded, such as `only(err, slow)`",
        );
    }
    while !input.is_empty() {
        let word = match Ident::parse_any(input) {
            Ok(word) => word,
            Err(error) => {
                errors.push(
                    error.span(),
                    "this is not an outcome; the outcomes are err, slow, panic, cancelled",
                );
                list::skip_past_comma(input);
                continue;
            }
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
        skip_all(input);
        return None;
    };
    let text = word.to_string();
    let value = match text.to_ascii_lowercase().as_str() {
        "debug" => Some(ErrorText::Debug),
        "display" => Some(ErrorText::Display),
        "none" => Some(ErrorText::None),
        "level" => {
            errors.push(
                word.span(),
                "the level of errors is an option of its own: write `err_level = WARNING`",
            );
            skip_all(input);
            None
        }
        _ => {
            errors.push(
                word.span(),
                format!("`{text}` is not a way to show an error; write debug, display or none"),
            );
            skip_all(input);
            None
        }
    };
    end_of_word(input, errors);
    if !input.is_empty() {
        errors.push(
            input.span(),
            "`err` takes one way to show an error: remove this",
        );
        skip_all(input);
    }
    value.map(|value| (value, word.span()))
}

/// What was probably meant, or all there are.
fn outcome_hint(text: &str) -> String {
    let meant = match text.to_ascii_lowercase().as_str() {
        "error" | "errors" | "errs" | "failure" | "failed" => Some("err"),
        "panicked" => Some("panic"),
        "cancel" | "canceled" | "dropped" => Some("cancelled"),
        other => suggest::nearest(other, OUTCOMES),
    };
    match meant {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => "; the outcomes are err, slow, panic, cancelled".to_owned(),
    }
}

fn end_of_word(input: ParseStream<'_>, errors: &mut Errors) {
    if !list::expect_comma(input, errors) {
        list::skip_past_comma(input);
    }
}

fn skip_all(input: ParseStream<'_>) {
    while input.parse::<TokenTree>().is_ok() {}
}
