//! Syntax: what stands where. Total; what cannot be read is noted and the rest is still read.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitStr, Token};

use super::option::{self, Options};
use crate::diag::Errors;
use crate::field::{self, Field};
use crate::level::{self, LevelArg};
use crate::list;

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
    if let Err(error) = parser.parse2(input) {
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
    // `log_event!("order_created", ...)`: only the level is missing, the rest stands where it should.
    let level_missing = input.peek(LitStr);
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
        comma(input, errors);
    }
    option::parse_all(input, &mut args.options, errors);
    if input.peek(LitStr) {
        args.event = input.parse().ok();
        comma(input, errors);
        if template_follows(input) {
            args.template = input.parse().ok();
            comma(input, errors);
        }
    } else {
        missing_name(input, errors);
    }
    args.fields = field::parse_all(input, errors);
}

/// A comma between the parts in front of the fields; a missing one is noted and passed over.
fn comma(input: ParseStream<'_>, errors: &mut Errors) {
    if !field::refuse_semicolon(input, errors) {
        list::expect_comma(input, errors);
    }
}

/// A string that is not the key of a field.
fn template_follows(input: ParseStream<'_>) -> bool {
    input.peek(LitStr) && !input.peek2(Token![=]) && !input.peek2(Token![:])
}

fn missing_name(input: ParseStream<'_>, errors: &mut Errors) {
    const WRITE: &str = "write a string in snake_case, such as \"order_created\"";
    let Some((next, _)) = input.cursor().token_tree() else {
        errors.push(input.span(), format!("an event's name is missing: {WRITE}"));
        return;
    };
    let fork = input.fork();
    let is_key = Ident::parse_any(&fork).is_ok()
        && (fork.peek(Token![=]) || fork.peek(Token![:]) && !fork.peek(Token![::]));
    if is_key || matches!(next, TokenTree::Punct(_)) {
        errors.push(
            next.span(),
            format!("an event's name is missing in front of the fields: {WRITE}"),
        );
        return;
    }
    // A constant, a macro or a variable where the name must be.
    let Ok(tokens) = field::parse_expr(input) else {
        errors.push(next.span(), format!("an event's name is missing: {WRITE}"));
        return;
    };
    let text = field::shown(&tokens, "this");
    errors.push_spanned(
        &tokens,
        format!("`{text}` is not an event's name, for it is not known when the program is compiled: {WRITE}"),
    );
    let _: syn::Result<Token![,]> = input.parse();
}
