//! The options of `#[timed(...)]` and `timed_block!` as they were given. Reading goes on after a mistake, so that
//! all of them are reported. Judges no meaning.

use core::time::Duration;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path};

pub(crate) use super::options::Place;
use super::options::{TABLE, not_in_blocks, unknown};
use super::value::Value;
pub(crate) use super::words::{ErrorText, Only};
use crate::diag::Errors;
use crate::input;
use crate::level::Level;
use crate::list;
use crate::source::{shown, source_like};
use crate::written::Field;

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
        if list::refuse_stray(input, errors) {
            return;
        }
        if let Err(error) = self.parse_one(input, place, errors) {
            errors.push_error(error);
            list::skip_to_comma(input);
        }
        if !list::expect_comma(input, errors) {
            list::skip_past_comma(input, errors);
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
        let Ok(word) = Ident::parse_any(input) else {
            let tokens = list::until_comma(input);
            let text = shown(&tokens, "this");
            return Err(syn::Error::new_spanned(
                tokens,
                format!(
                    "`{text}` is not an option: each begins with its name, such as `level = DEBUG`"
                ),
            ));
        };
        let text = word.to_string();
        let Some(known) = TABLE.iter().find(|known| text == known.name) else {
            let value = list::until_comma(input);
            return Err(syn::Error::new(word.span(), unknown(&text, &value, place)));
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

    pub(crate) fn function(&self, name: &str) -> Option<&Expr> {
        match &self.find(name)?.value {
            Value::Function(function) => Some(function),
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
            Value::Flag if matches!(given.name, "start" | "percentiles") => {
                Some(given.name.to_owned())
            }
            Value::Duration(duration) => Some(format!("{} = {duration:?}", given.name)),
            Value::Function(function) => {
                let function = source_like(&function.to_token_stream());
                Some(format!("{} = {function}", given.name))
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
