//! The options of `#[timed(...)]` and `timed_block!`. One table says what there is; reading goes on
//! after a mistake, so that all of them are reported. Judges no meaning.

use core::time::Duration;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Path, Token};

use super::level;
pub(crate) use super::options::Place;
use super::options::{Form, Known, TABLE, not_in_blocks, unknown};
pub(crate) use super::words::{ErrorText, Only};
use super::words::{parse_error_text, parse_only};
use crate::diag::Errors;
use crate::duration;
use crate::field::{self, Field};
use crate::input;
use crate::level::Level;
use crate::list;

#[derive(Clone)]
enum Value {
    Flag,
    Level(Level),
    Text(LitStr),
    Duration(Duration),
    Path(Path),
    Fields(Vec<Field>),
    Outcomes(Only),
    ErrorText(ErrorText, Span),
}

#[derive(Clone)]
struct Given {
    name: &'static str,
    span: Span,
    value: Value,
}

/// The options that were given and could be read.
#[derive(Clone, Default)]
pub(crate) struct Options {
    given: Vec<Given>,
}

impl Options {
    /// Reads the tokens between the parentheses of the attribute.
    pub(crate) fn parse(tokens: proc_macro2::TokenStream, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        let read = |input: ParseStream<'_>| {
            while !input.is_empty() {
                options.parse_next(input, Place::Attribute, errors);
            }
            Ok(())
        };
        if let Err(error) = input::read(tokens, read) {
            errors.push_error(error);
        }
        options
    }

    /// Reads one option and the comma after it. Consumes at least one token.
    pub(crate) fn parse_next(&mut self, input: ParseStream<'_>, place: Place, errors: &mut Errors) {
        if let Err(error) = self.parse_one(input, place, errors) {
            errors.push_error(error);
            list::skip_to_comma(input);
        }
        if field::refuse_semicolon(input, errors) || list::expect_comma(input, errors) {
            return;
        }
        // A block is still a block behind an option whose comma is missing.
        if !(place == Place::Block && input.peek(syn::token::Brace)) {
            list::skip_past_comma(input);
        }
    }

    fn parse_one(
        &mut self,
        input: ParseStream<'_>,
        place: Place,
        errors: &mut Errors,
    ) -> syn::Result<()> {
        if let Some(text) = input.parse::<Option<LitStr>>()? {
            return Err(syn::Error::new(
                text.span(),
                match place {
                    Place::Attribute => format!("a name is written `name = {:?}`", text.value()),
                    Place::Block => {
                        "a block has one name, before its options: remove this one".to_owned()
                    }
                },
            ));
        }
        if input.peek(Token![,]) {
            return Err(input.error("an option is missing before this comma"));
        }
        let Ok(word) = Ident::parse_any(input) else {
            let tokens = list::until_comma(input);
            let text = field::shown(&tokens, "this");
            return Err(syn::Error::new_spanned(
                tokens,
                format!(
                    "`{text}` is not an option: each begins with its name, such as `level = DEBUG`"
                ),
            ));
        };
        let text = word.to_string();
        let Some(known) = TABLE.iter().find(|known| text == known.name) else {
            return Err(syn::Error::new(word.span(), unknown(&text, place)));
        };
        if place == Place::Block && !known.in_blocks {
            return Err(syn::Error::new(word.span(), not_in_blocks(known.name)));
        }
        if self.span(known.name).is_some() {
            errors.push(word.span(), format!("`{text}` is given twice; remove one"));
        }
        if let Some(value) = known.parse_value(&word, input, errors)? {
            self.given.push(Given {
                name: known.name,
                span: word.span(),
                value,
            });
        }
        Ok(())
    }

    /// Options of the function itself come before those of the block around it.
    pub(crate) fn or(mut self, outer: &Self) -> Self {
        for given in &outer.given {
            if self.span(given.name).is_none() {
                self.given.push(given.clone());
            }
        }
        self
    }

    /// Where an option stands, if it does.
    pub(crate) fn span(&self, name: &str) -> Option<Span> {
        self.find(name).map(|given| given.span)
    }

    fn find(&self, name: &str) -> Option<&Given> {
        self.given.iter().find(|given| given.name == name)
    }

    pub(crate) fn level(&self, name: &str) -> Option<Level> {
        match self.find(name)?.value {
            Value::Level(level) => Some(level),
            _ => None,
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&LitStr> {
        match &self.find(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn path(&self, name: &str) -> Option<&Path> {
        match &self.find(name)?.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    pub(crate) fn slow(&self) -> Option<Duration> {
        match self.find("slow")?.value {
            Value::Duration(duration) => Some(duration),
            _ => None,
        }
    }

    pub(crate) fn fields(&self) -> &[Field] {
        match self.find("fields").map(|given| &given.value) {
            Some(Value::Fields(fields)) => fields,
            _ => &[],
        }
    }

    pub(crate) fn only(&self) -> Option<Only> {
        match self.find("only")?.value {
            Value::Outcomes(only) => Some(only),
            _ => None,
        }
    }

    /// What a reader of the catalogue is to know of, as it may be written.
    pub(crate) fn shown(&self) -> Vec<String> {
        let shown = |given: &Given| match &given.value {
            Value::Flag if given.name == "start" => Some(given.name.to_owned()),
            Value::Duration(duration) => Some(format!("{} = {duration:?}", given.name)),
            Value::Path(path) if given.name == "ok_if" => {
                let path = field::source_like(&path.to_token_stream());
                Some(format!("ok_if = {path}"))
            }
            Value::ErrorText(text, _) => Some(format!("err({})", text.word())),
            _ => None,
        };
        self.given.iter().filter_map(shown).collect()
    }

    pub(crate) fn error_text(&self) -> Option<(ErrorText, Span)> {
        match self.find("err")?.value {
            Value::ErrorText(text, span) => Some((text, span)),
            _ => None,
        }
    }
}

impl Known {
    fn parse_value(
        &self,
        word: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<Option<Value>> {
        let example = self.example;
        if let Form::Flag = self.form {
            if list::at_end(input) {
                return Ok(Some(Value::Flag));
            }
            return Err(syn::Error::new(input.span(), self.no_value()));
        }
        if let Form::Fields | Form::Outcomes | Form::ErrorText = self.form {
            if !input.peek(syn::token::Paren) {
                return Err(syn::Error::new(word.span(), self.no_parentheses(input)));
            }
            let content;
            let parentheses = syn::parenthesized!(content in input);
            let here = parentheses.span.join();
            return Ok(match self.form {
                Form::Fields => Some(Value::Fields(field::parse_all(&content, errors))),
                Form::Outcomes => Some(Value::Outcomes(parse_only(&content, here, errors))),
                _ => parse_error_text(&content, here, errors)
                    .map(|(text, span)| Value::ErrorText(text, span)),
            });
        }
        if input.parse::<Token![=]>().is_err() {
            return Err(syn::Error::new(word.span(), self.no_equals(input)));
        }
        if list::at_end(input) {
            return Err(syn::Error::new(
                word.span(),
                format!("a value is missing after `=`: write `{example}`"),
            ));
        }
        Ok(Some(match self.form {
            Form::Level => match level::parse(input, errors) {
                Some(level) => Value::Level(level),
                None => return Ok(None),
            },
            Form::Text => Value::Text(self.parse_text(input)?),
            Form::Duration => Value::Duration(duration::parse(input)?),
            _ => Value::Path(self.parse_path(input)?),
        }))
    }

    fn parse_path(&self, input: ParseStream<'_>) -> syn::Result<Path> {
        let takes = |span: Span, example: &str| {
            syn::Error::new(
                span,
                format!("`{}` takes a path: write `{example}`", self.name),
            )
        };
        let path = input
            .parse::<Path>()
            .map_err(|error| takes(error.span(), self.example))?;
        // `ok_if = is_fine()`
        if input.peek(syn::token::Paren) {
            let text = field::source_like(&quote::ToTokens::to_token_stream(&path));
            return Err(takes(input.span(), &format!("{} = {text}", self.name)));
        }
        Ok(path)
    }

    fn parse_text(&self, input: ParseStream<'_>) -> syn::Result<LitStr> {
        if !input.peek(LitStr) {
            return Err(syn::Error::new(
                input.span(),
                format!(
                    "`{}` takes a text in quotes: write `{}`",
                    self.name, self.example
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
}
