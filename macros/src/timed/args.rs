//! The options of `#[timed(...)]` and `timed_block!`. One table says what there is; reading goes on
//! behind a mistake, so that all of them are reported. Judges no meaning.

use core::time::Duration;

use proc_macro2::{Ident, Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Path, Token};

use super::step::Step;
use crate::diag::Errors;
use crate::field::{self, Field};
use crate::{duration, suggest};

/// Where an option may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `#[timed(...)]`
    Attribute,
    /// `timed_block!("name", ...)`
    Block,
}

/// How an option is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Flag,
    Level,
    Text,
    Duration,
    Path,
    Fields,
    Outcomes,
    ErrorText,
    Refused(&'static str),
}

/// One line of the table.
#[derive(Debug)]
struct Known {
    name: &'static str,
    form: Form,
    example: &'static str,
    in_blocks: bool,
}

macro_rules! table {
    ($($name:literal $form:expr, $example:literal, $blocks:literal;)*) => {
        &[$(Known { name: $name, form: $form, example: $example, in_blocks: $blocks }),*]
    };
}

const TABLE: &[Known] = table! {
    "level" Form::Level, "level = DEBUG", true;
    "err_level" Form::Level, "err_level = WARNING", true;
    "panic_level" Form::Level, "panic_level = CRITICAL", true;
    "cancel_level" Form::Level, "cancel_level = INFO", false;
    "name" Form::Text, "name = \"charge\"", false;
    "target" Form::Text, "target = \"payments\"", true;
    "fields" Form::Fields, "fields(user_id, amount)", true;
    "dependency" Form::Text, "dependency = \"stripe\"", true;
    "slow" Form::Duration, "slow = \"500ms\"", true;
    "slow_level" Form::Level, "slow_level = ERROR", true;
    "only" Form::Outcomes, "only(err, slow)", true;
    "err" Form::ErrorText, "err(debug)", true;
    "ok_if" Form::Path, "ok_if = is_success", true;
    "start" Form::Flag, "start", true;
    "future" Form::Flag, "future", false;
    "skip" Form::Flag, "skip", false;
    "crate" Form::Path, "crate = my_facade::storyline", false;
    "percentiles" Form::Refused("`percentiles` is not part of this version"), "", true;
};

/// Words that other tools use, and what stands for them here.
const ELSEWHERE: [(&str, &str); 6] = [
    (
        "skip_all",
        "no argument is recorded unless `fields(...)` lists it: remove `skip_all`",
    ),
    (
        "ret",
        "what a function returns is not recorded; log it where it is known with `log_event!`",
    ),
    (
        "log_over",
        "write `slow = \"500ms\"`, or `only(slow), slow = \"500ms\"` for nothing else",
    ),
    (
        "print",
        "records go where `storyline::setup` sends them: remove `print`",
    ),
    ("crate_path", "write `crate = path`"),
    ("err_lvl", "write `err_level = ERROR`"),
];

/// Which part of an error is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorText {
    Debug,
    Display,
    None,
}

/// What stands in `only(...)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of four names, each there or not"
)]
pub(crate) struct Only {
    pub(crate) err: bool,
    pub(crate) slow: bool,
    pub(crate) panic: bool,
    pub(crate) cancelled: bool,
}

#[derive(Clone)]
enum Value {
    Flag,
    Level(Step),
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
        if let Err(error) = read.parse2(tokens) {
            errors.push_error(error);
        }
        options
    }

    /// Reads one option and the comma behind it. Consumes at least one token.
    pub(crate) fn parse_next(&mut self, input: ParseStream<'_>, place: Place, errors: &mut Errors) {
        if let Err(error) = self.parse_one(input, place, errors) {
            errors.push_error(error);
            skip_to_comma(input);
        }
        if !input.is_empty() && input.parse::<Token![,]>().is_err() {
            errors.push(input.span(), "a comma is missing in front of this");
            skip_to_comma(input);
            let _: syn::Result<Token![,]> = input.parse();
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
                    Place::Attribute => format!("write `name = {:?}`", text.value()),
                    Place::Block => "a block has one name, in front of its options".to_owned(),
                },
            ));
        }
        let word = Ident::parse_any(input)
            .map_err(|error| syn::Error::new(error.span(), "an option is missing here"))?;
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

    pub(crate) fn level(&self, name: &str) -> Option<Step> {
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
        if let Form::Refused(why) = self.form {
            errors.push(word.span(), why);
            skip_to_comma(input);
            return Ok(None);
        }
        if let Form::Flag = self.form {
            if input.is_empty() || input.peek(Token![,]) {
                return Ok(Some(Value::Flag));
            }
            return Err(syn::Error::new(
                input.span(),
                format!("`{}` stands alone: write `{example}`", self.name),
            ));
        }
        if let Form::Fields | Form::Outcomes | Form::ErrorText = self.form {
            if !input.peek(syn::token::Paren) {
                return Err(syn::Error::new(word.span(), format!("write `{example}`")));
            }
            let content;
            let parentheses = syn::parenthesized!(content in input);
            let here = parentheses.span.join();
            return Ok(match self.form {
                Form::Fields => Some(Value::Fields(field::parse_all(&content, errors))),
                Form::Outcomes => Some(Value::Outcomes(parse_only(&content, here, errors))),
                _ => parse_error_text(&content, here, errors),
            });
        }
        if input.parse::<Token![=]>().is_err() {
            return Err(syn::Error::new(word.span(), format!("write `{example}`")));
        }
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(
                word.span(),
                format!("a value is missing behind `=`: write `{example}`"),
            ));
        }
        Ok(Some(match self.form {
            Form::Level => match Step::parse(input, errors) {
                Some(level) => Value::Level(level),
                None => return Ok(None),
            },
            Form::Text => Value::Text(self.parse_text(input)?),
            Form::Duration => Value::Duration(duration::parse(input)?),
            _ => Value::Path(input.parse::<Path>().map_err(|error| {
                syn::Error::new(error.span(), format!("a path stands here: `{example}`"))
            })?),
        }))
    }

    fn parse_text(&self, input: ParseStream<'_>) -> syn::Result<LitStr> {
        if !input.peek(LitStr) {
            return Err(syn::Error::new(
                input.span(),
                format!("a text in quotes stands here: `{}`", self.example),
            ));
        }
        let text: LitStr = input.parse()?;
        if text.value().trim().is_empty() {
            return Err(syn::Error::new(
                text.span(),
                format!("`{}` is empty", self.name),
            ));
        }
        Ok(text)
    }
}

fn unknown(word: &str, place: Place) -> String {
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(known, _)| *known == word) {
        return format!("`{word}` is not an option of `#[timed]`: {instead}");
    }
    let known = TABLE
        .iter()
        .filter(|known| known.in_blocks || place == Place::Attribute)
        .filter(|known| !matches!(known.form, Form::Refused(_)))
        .map(|known| known.name);
    match suggest::nearest(word, known.clone()) {
        Some(meant) => format!("`{word}` is not an option; did you mean `{meant}`?"),
        None => format!(
            "`{word}` is not an option; the options are {}",
            known.collect::<Vec<_>>().join(", ")
        ),
    }
}

fn not_in_blocks(name: &str) -> String {
    match name {
        "name" => "the name of a block stands first: `timed_block!(\"name\", { ... })`".to_owned(),
        "cancel_level" => "a block cannot see that it was cancelled: leaving it early is `left`, \
                           recorded at `level`"
            .to_owned(),
        _ => format!("`{name}` is an option of `#[timed]`, not of a block"),
    }
}

const OUTCOMES: [&str; 4] = ["err", "slow", "panic", "cancelled"];

fn parse_only(input: ParseStream<'_>, here: Span, errors: &mut Errors) -> Only {
    let mut only = Only::default();
    if input.is_empty() {
        errors.push(
            here,
            "nothing would ever be recorded: name one of err, slow, panic, cancelled",
        );
    }
    while !input.is_empty() {
        let word = match Ident::parse_any(input) {
            Ok(word) => word,
            Err(error) => {
                errors.push(
                    error.span(),
                    "an outcome stands here: err, slow, panic or cancelled",
                );
                skip_to_comma(input);
                let _: syn::Result<Token![,]> = input.parse();
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
            Some(place) if *place => errors.push(word.span(), format!("`{text}` is given twice")),
            Some(place) => *place = true,
            None if text == "ok" => errors.push(
                word.span(),
                "`only` leaves successes out; to keep them all, remove `only`",
            ),
            None => errors.push(
                word.span(),
                format!(
                    "`{text}` is not an outcome{}; the outcomes are err, slow, panic, cancelled",
                    suggest::hint(&text, OUTCOMES)
                ),
            ),
        }
        end_of_word(input, errors);
    }
    only
}

fn parse_error_text(input: ParseStream<'_>, here: Span, errors: &mut Errors) -> Option<Value> {
    let Ok(word) = Ident::parse_any(input) else {
        errors.push(here, "write `err(debug)`, `err(display)` or `err(none)`");
        skip_all(input);
        return None;
    };
    let text = word.to_string();
    let value = match text.to_ascii_lowercase().as_str() {
        "debug" => Some(ErrorText::Debug),
        "display" => Some(ErrorText::Display),
        "none" => Some(ErrorText::None),
        _ => {
            errors.push(
                word.span(),
                format!("`{text}` is not a way to show an error; write debug, display or none"),
            );
            None
        }
    };
    end_of_word(input, errors);
    if !input.is_empty() {
        errors.push(input.span(), "one way to show an error is enough");
        skip_all(input);
    }
    value.map(|value| Value::ErrorText(value, word.span()))
}

fn end_of_word(input: ParseStream<'_>, errors: &mut Errors) {
    if !input.is_empty() && input.parse::<Token![,]>().is_err() {
        errors.push(input.span(), "a comma is missing in front of this");
        skip_to_comma(input);
        let _: syn::Result<Token![,]> = input.parse();
    }
}

/// Consumes everything in front of the next comma.
fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

fn skip_all(input: ParseStream<'_>) {
    while input.parse::<TokenTree>().is_ok() {}
}
