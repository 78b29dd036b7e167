//! The value of one option: read in its form, or refused with the form it should have, which keeps what was
//! written wherever that has a meaning there.

use core::time::Duration;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, ExprClosure, ExprPath, LitStr, Path, Token};

use super::level;
use super::options::{Form, Known};
use super::words::{ErrorText, Only, parse_error_text, parse_only};
use crate::diag::Errors;
use crate::duration;
use crate::field;
use crate::level::Level;
use crate::list;
use crate::source::{shown, source_like};
use crate::written::Field;

/// What one option was given.
#[derive(Clone)]
pub(super) enum Value {
    Flag,
    Level(Level),
    Text(LitStr),
    Duration(Duration),
    Path(Path),
    /// A path to a function, or a closure.
    Function(Expr),
    Fields(Vec<Field>),
    Outcomes(Only),
    ErrorText(ErrorText, Span),
}

impl Known {
    /// Reads what follows the word of this option; `None` when a mistake in it was noted.
    pub(super) fn parse_value(
        &self,
        word: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<Option<Value>> {
        match self.form {
            Form::Flag if list::at_end(input) => return Ok(Some(Value::Flag)),
            Form::Flag => return Err(self.refuse_value(word, &list::until_comma(input))),
            Form::Fields | Form::Outcomes | Form::ErrorText => {
                return self.parse_parenthesized(word, input, errors);
            }
            _ => {}
        }
        if input.parse::<Token![=]>().is_err() {
            let value = list::until_comma(input);
            let message = if value.is_empty() {
                format!("`{}` needs a value: write `{}`", self.name, self.example)
            } else {
                format!(
                    "the value of `{}` comes after `=`: write `{}`",
                    self.name,
                    self.proposed(&value)
                )
            };
            return Err(syn::Error::new(word.span(), message));
        }
        if list::at_end(input) {
            return Err(syn::Error::new(
                word.span(),
                format!("a value is missing after `=`: write `{}`", self.example),
            ));
        }
        Ok(Some(match self.form {
            Form::Level => match level::parse(input, errors) {
                Some(level) => Value::Level(level),
                None => return Ok(None),
            },
            Form::Text => Value::Text(self.parse_text(input)?),
            Form::Duration => Value::Duration(duration::parse(input)?),
            Form::Function => Value::Function(self.parse_function(input)?),
            _ => Value::Path(self.parse_path(input)?),
        }))
    }

    fn parse_parenthesized(
        &self,
        word: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<Option<Value>> {
        if !input.peek(syn::token::Paren) {
            let value = list::until_comma(input);
            let message = if self.name == "err" && value.is_empty() {
                "an error is recorded by itself: remove `err`, or say how it is shown, such as `err(debug)`"
                    .to_owned()
            } else {
                format!(
                    "`{}` needs its parentheses: write `{}`",
                    self.name,
                    self.proposed(&value)
                )
            };
            return Err(syn::Error::new(word.span(), message));
        }
        let content;
        let here = syn::parenthesized!(content in input).span.join();
        Ok(match self.form {
            Form::Fields => Some(Value::Fields(field::parse_all(&content, errors))),
            Form::Outcomes => Some(Value::Outcomes(parse_only(&content, here, errors))),
            _ => parse_error_text(&content, here, errors)
                .map(|(text, span)| Value::ErrorText(text, span)),
        })
    }

    /// `start = true`, `skip(password)`
    fn refuse_value(&self, word: &Ident, value: &TokenStream) -> syn::Error {
        let name = self.name;
        let is_list = matches!(value.clone().into_iter().next(), Some(TokenTree::Group(_)));
        if name == "skip" && is_list {
            let written = shown(value, "(...)");
            return syn::Error::new(
                word.span(),
                format!(
                    "no argument is recorded unless `fields(...)` lists it, so there is nothing to skip: remove \
                     `skip{written}`"
                ),
            );
        }
        let written = shown(&without_equals(value), "");
        let message = match (name, written.as_str()) {
            (_, "false") => format!("`{name}` takes no value, and is off where it is not written: remove it"),
            ("percentiles", _) if is_list => {
                "`percentiles` takes no value, since p50, p95 and p99 are told of each function: write `percentiles`".to_owned()
            }
            _ => format!("`{name}` takes no value: write `{name}`"),
        };
        syn::Error::new_spanned(value, message)
    }

    fn parse_path(&self, input: ParseStream<'_>) -> syn::Result<Path> {
        let value = list::until_comma(input);
        input.parse::<Path>().map_err(|error| {
            let proposed = self.proposed(&value);
            syn::Error::new(
                error.span(),
                format!("`{}` takes a path: write `{proposed}`", self.name),
            )
        })
    }

    fn parse_function(&self, input: ParseStream<'_>) -> syn::Result<Expr> {
        let takes = |span: Span, example: &str| {
            syn::Error::new(
                span,
                format!(
                    "`{0}` takes a function of the value, or a closure: write `{0} = {example}`",
                    self.name
                ),
            )
        };
        if input.peek(Token![|]) || input.peek(Token![move]) {
            let begin = input.span();
            let closure: ExprClosure = input.parse()?;
            return match closure.inputs.len() {
                1 => Ok(Expr::Closure(closure)),
                0 => Err(takes(begin, "|value| ...")),
                _ => {
                    let why = takes(begin, "|value| ...");
                    Err(syn::Error::new_spanned(&closure.inputs, why))
                }
            };
        }
        let value = list::until_comma(input);
        let path = input.parse::<ExprPath>().map_err(|error| {
            let proposed = self.proposed_value(&value);
            takes(error.span(), proposed.as_deref().unwrap_or("is_success"))
        })?;
        // `ok_if = is_fine()`
        if input.peek(syn::token::Paren) {
            let span = input.span();
            return Err(takes(span, &source_like(&path.to_token_stream())));
        }
        Ok(Expr::Path(path))
    }

    fn parse_text(&self, input: ParseStream<'_>) -> syn::Result<LitStr> {
        if !input.peek(LitStr) {
            let value = list::until_comma(input);
            return Err(syn::Error::new_spanned(
                &value,
                format!(
                    "`{}` takes a text in quotes: write `{}`",
                    self.name,
                    self.proposed(&value)
                ),
            ));
        }
        let text: LitStr = input.parse()?;
        if text.value().trim().is_empty() {
            return Err(syn::Error::new(
                text.span(),
                format!(
                    "`{}` must not be empty: write `{}`, or remove it",
                    self.name, self.example
                ),
            ));
        }
        Ok(text)
    }

    /// The option with what somebody wrote behind its name, or another one's, in the form that it has; with the
    /// value of the example where that cannot be meant.
    pub(super) fn proposed(&self, written: &TokenStream) -> String {
        match (self.proposed_value(written), self.form) {
            (None, _) => self.example.to_owned(),
            (Some(_), Form::Flag) => self.name.to_owned(),
            (Some(value), Form::Fields | Form::Outcomes | Form::ErrorText) => {
                format!("{}({value})", self.name)
            }
            (Some(value), _) => format!("{} = {value}", self.name),
        }
    }

    fn proposed_value(&self, written: &TokenStream) -> Option<String> {
        let value = inside(&without_equals(written));
        let text = shown(&value, "");
        if text.is_empty() {
            return None;
        }
        let quoted = syn::parse2::<LitStr>(value.clone()).ok();
        let bare = quoted.as_ref().map_or_else(|| text.clone(), LitStr::value);
        let is_path = || Path::parse_mod_style.parse_str(&bare).is_ok();
        match self.form {
            Form::Level => {
                let last = bare.rsplit("::").next().unwrap_or(&bare).to_uppercase();
                Level::named(&last).map(|_| last)
            }
            Form::Text if quoted.is_some() => Some(text),
            Form::Text => is_path().then(|| format!("{bare:?}")),
            Form::Duration => duration::from_text(&bare, Span::call_site())
                .ok()
                .map(|_| text),
            Form::Path | Form::Function => is_path().then_some(bare),
            Form::Flag | Form::Fields => Some(text),
            Form::Outcomes | Form::ErrorText => {
                let bare = bare.to_lowercase();
                super::words::is_known(&bare).then_some(bare)
            }
        }
    }
}

/// Without the `=` or `:` in front.
fn without_equals(tokens: &TokenStream) -> TokenStream {
    let mut rest = tokens.clone().into_iter().peekable();
    if let Some(TokenTree::Punct(mark)) = rest.peek()
        && matches!(mark.as_char(), '=' | ':')
    {
        rest.next();
    }
    rest.collect()
}

/// What is between the parentheses or brackets, where there is nothing else.
fn inside(tokens: &TokenStream) -> TokenStream {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) => group.stream(),
        _ => tokens.clone(),
    }
}
