//! Syntax: what stands where. Total; what cannot be read is noted and the rest is still read.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::option::{self, Options};
use super::sentence::{self, Place};
use super::{event_name, name};
use crate::diag::Errors;
use crate::field;
use crate::input;
use crate::level::{self, Level, LevelArg};
use crate::list;
use crate::source::shown;
use crate::written::Field;

/// A call as it was written.
pub(super) struct Args {
    pub(super) level: Option<LevelArg>,
    pub(super) options: Options,
    pub(super) event: Option<LitStr>,
    pub(super) template: Option<LitStr>,
    pub(super) fields: Vec<Field>,
}

pub(super) fn parse(input: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args {
        level: None,
        options: Options::default(),
        event: None,
        template: None,
        fields: Vec::new(),
    };
    let parser = |input: ParseStream<'_>| {
        parse_all(input, &mut args, errors);
        Ok(())
    };
    if let Err(error) = input::read(input, parser) {
        errors.push_error(error);
    }
    args
}

fn parse_all(input: ParseStream<'_>, args: &mut Args, errors: &mut Errors) {
    if input.is_empty() {
        errors.push(
            input.span(),
            "a level and an event's name are missing: write `INFO, \"order_created\", order_id`",
        );
        return;
    }
    refuse_target(input, errors);
    // `log_event!("order_created", ...)`: only the level is missing, the rest stands where it should.
    let level_missing = input.peek(LitStr) && !quoted_level(input);
    if level_missing {
        let fork = input.fork();
        if let Ok(name) = fork.parse::<LitStr>() {
            errors.push(
                name.span(),
                format!(
                    "the level comes first: write `INFO, {}`; {}",
                    name.to_token_stream(),
                    level::KNOWN
                ),
            );
        }
    } else {
        args.level = level::parse(input, errors);
        refuse_rest_of_level(input, errors);
        comma(input, errors, "the level");
    }
    while list::refuse_stray(input, errors) {}
    option::parse_all(input, &mut args.options, errors);
    if let Some(literal) = sentence(input) {
        let behind = rest(input);
        refuse_sentence(&literal, &behind, args, Place::Name, errors);
        return;
    }
    if input.peek(LitStr) {
        args.event = input.parse().ok();
        comma(input, errors, "the event's name");
        if template_follows(input) {
            args.template = input.parse().ok();
            comma(input, errors, "the text");
            if let Some(text) = args
                .template
                .take_if(|it| sentence::has_unnamed_holes(&it.value()))
            {
                let behind = rest(input);
                refuse_sentence(&text, &behind, args, Place::Text, errors);
                return;
            }
        } else if let Some((literal, inside)) = name::formatted(input) {
            list::skip_past_comma(input, errors);
            let (text, mut fields) =
                sentence::refuse(&literal, &[], &inside, Place::FormattedText, errors);
            fields.extend(field::parse_all(input, errors));
            (args.template, args.fields) = (Some(text), fields);
            return;
        }
    } else if let Some((literal, behind)) =
        name::formatted(input).filter(|(it, _)| event_name::is_sentence(&it.value()))
    {
        refuse_sentence(&literal, &behind, args, Place::Formatted, errors);
        list::skip_all(input);
        return;
    } else if let Some(fields) = name::late(input, args, errors) {
        args.fields = fields;
        return;
    } else {
        name::missing(input, errors);
    }
    args.fields = field::parse_all(input, errors);
}

/// `"INFO", "order_created"`
fn quoted_level(input: ParseStream<'_>) -> bool {
    let fork = input.fork();
    let level: syn::Result<LitStr> = fork.parse();
    level.is_ok_and(|it| Level::named(&it.value().to_uppercase()).is_some())
        && fork.peek(Token![,])
        && fork.peek2(LitStr)
}

/// Takes what stands behind a text that was written as for `format!` for its arguments.
fn refuse_sentence(
    literal: &LitStr,
    behind: &[TokenTree],
    args: &mut Args,
    place: Place,
    errors: &mut Errors,
) {
    let (text, fields) = sentence::refuse(literal, &[], behind, place, errors);
    (args.template, args.fields) = (Some(text), fields);
}

/// Consumes what is left of the call.
fn rest(input: ParseStream<'_>) -> Vec<TokenTree> {
    let rest = input.cursor().token_stream().into_iter().collect();
    list::skip_all(input);
    rest
}

/// Consumes a literal that is a sentence, where no text follows it that it could be the name of.
fn sentence(input: ParseStream<'_>) -> Option<LitStr> {
    let fork = input.fork();
    let literal: LitStr = fork.parse().ok()?;
    if !event_name::is_sentence(&literal.value()) {
        return None;
    }
    // The mark between them is what it is.
    if fork.cursor().punct().is_some() {
        let _: syn::Result<TokenTree> = fork.parse();
    }
    let is_name = template_follows(&fork) && !sentence::has_unnamed_holes(&literal.value());
    (!is_name).then(|| {
        let _: syn::Result<LitStr> = input.parse();
        literal
    })
}

/// A comma between the parts in front of the fields; a missing one is noted and passed over, and so is
/// the mark that stands in its place.
fn comma(input: ParseStream<'_>, errors: &mut Errors, after: &str) {
    let mark = if input.peek(Token![=>]) {
        "=>"
    } else if input.peek(Token![:]) && !input.peek(Token![::]) {
        ":"
    } else {
        list::expect_comma(input, errors);
        return;
    };
    errors.push(
        input.span(),
        format!("a comma comes after {after}: write `,` in place of `{mark}`"),
    );
    for _ in mark.chars() {
        let _: syn::Result<TokenTree> = input.parse();
    }
}

/// Consumes a target in front of the level, where other tools have it.
fn refuse_target(input: ParseStream<'_>, errors: &mut Errors) {
    let fork = input.fork();
    let Ok(word) = fork.parse::<Ident>() else {
        return;
    };
    if word != "target" || !fork.peek(Token![:]) && !fork.peek(Token![=]) {
        return;
    }
    let _: syn::Result<TokenTree> = fork.parse();
    errors.push(
        word.span(),
        format!(
            "the level comes first, and an option after it: write `INFO, target = {}`",
            shown(&list::until_comma(&fork), "\"payments\"")
        ),
    );
    list::skip_past_comma(input, errors);
}

/// Consumes what makes an expression of a level, such as `| ERROR`.
fn refuse_rest_of_level(input: ParseStream<'_>, errors: &mut Errors) {
    let is_operator = |mark: char| !matches!(mark, ',' | ';' | ':' | '=');
    if input
        .cursor()
        .punct()
        .is_some_and(|(mark, _)| is_operator(mark.as_char()))
    {
        let rest = list::until_comma(input);
        let text = shown(&rest, "what follows");
        errors.push_spanned(rest, format!("a level is one word: remove `{text}`"));
        list::skip_to_comma(input);
    }
}

/// A string that is not the key of a field.
fn template_follows(input: ParseStream<'_>) -> bool {
    input.peek(LitStr) && !input.peek2(Token![=]) && !input.peek2(Token![:])
}
