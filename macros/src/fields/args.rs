//! The marks: `#[field(...)]` on a member, `#[fields(crate = path)]` on the structure. Reads on after a
//! mistake; judges no meaning.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Path, Token};

use super::{Members, Structure};
use crate::diag::Errors;
use crate::field;
use crate::input;
use crate::list;
use crate::reason::check_reason;
use crate::suggest;
use crate::written::Mode;

/// The marks that a call has no capture for.
const ONLY_MARKS: [&str; 2] = ["skip", "rename"];

fn words() -> impl Iterator<Item = &'static str> {
    field::CAPTURES.into_iter().chain(ONLY_MARKS)
}

fn is_mark(word: &str) -> bool {
    words().any(|it| it == word)
}

const WORD_LIST: &str = "display, debug, serde, error, fields, redact, mask(last = 4), hash, \
                         reveal = \"<reason>\", skip, rename = \"...\"";

/// What is said about one member.
#[derive(Default)]
pub(super) struct Marks {
    /// How it is taken, and the word that says so.
    pub(super) mode: Option<(Mode, Ident)>,
    pub(super) skip: Option<Span>,
    pub(super) rename: Option<LitStr>,
    /// There is a mark that nobody could read, so what else is wrong with the member is not known.
    pub(super) is_unreadable: bool,
}

/// One word of a mark.
enum Mark {
    Mode(Mode),
    Skip,
    Rename(LitStr),
}

/// Reads the marks of all members that have a name, in their order.
pub(super) fn of_members(item: &Structure, errors: &mut Errors) -> Vec<Marks> {
    let Members::Named(named) = &item.members else {
        return Vec::new();
    };
    let members = named.named.iter();
    members.map(|it| marks(&it.attrs, errors)).collect()
}

fn marks(attributes: &[Attribute], errors: &mut Errors) -> Marks {
    let mut marks = Marks::default();
    for attribute in attributes {
        if attribute.path().is_ident("fields") {
            errors.push_spanned(
                attribute.path(),
                "a member is marked with `#[field(...)]`; `#[fields(crate = path)]` goes on the structure",
            );
            marks.is_unreadable = true;
        }
        if !attribute.path().is_ident("field") {
            continue;
        }
        let Some(tokens) = arguments(
            attribute,
            "`#[field]` says nothing without a mark in parentheses, such as `#[field(debug)]`: add one, or remove it",
            errors,
        ) else {
            marks.is_unreadable = true;
            continue;
        };
        let is_fine = read_list(tokens, errors, |input, errors| {
            let word = parse_word(input)?;
            let mark = parse_mark(input, &word)?;
            add(&mut marks, mark, &word, errors);
            Ok(())
        });
        marks.is_unreadable |= !is_fine;
    }
    marks
}

/// The path to the runtime, where `#[fields(crate = path)]` gives one.
pub(super) fn crate_path(attributes: &[Attribute], errors: &mut Errors) -> Option<Path> {
    let mut path = None;
    for attribute in attributes {
        if attribute.path().is_ident("field") {
            errors.push_spanned(
                attribute.path(),
                "`#[field(...)]` marks a member: put it above one",
            );
        }
        if !attribute.path().is_ident("fields") {
            continue;
        }
        let what = "`#[fields(crate = path)]` says where `storyline` is, and nothing else: write that, or remove it";
        let Some(tokens) = arguments(attribute, what, errors) else {
            continue;
        };
        read_list(tokens, errors, |input, _| {
            let word =
                Ident::parse_any(input).map_err(|error| syn::Error::new(error.span(), what))?;
            if word != "crate" {
                let text = if is_mark(&word.to_string()) {
                    format!("`{word}` marks a member: write `#[field({word})]` above one")
                } else {
                    what.to_owned()
                };
                return Err(syn::Error::new(word.span(), text));
            }
            let Ok(_) = input.parse::<Token![=]>() else {
                return Err(syn::Error::new(
                    word.span(),
                    "`crate` needs a path: write `crate = path`",
                ));
            };
            path = Some(input.parse()?);
            Ok(())
        });
    }
    path
}

/// What stands in the parentheses.
fn arguments(attribute: &Attribute, what: &str, errors: &mut Errors) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => Some(list.tokens.clone()),
        Meta::NameValue(it) => {
            let name = it.path.to_token_stream();
            let mark = match &it.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => text.value(),
                _ => String::new(),
            };
            let mark = if is_mark(&mark) {
                mark
            } else {
                "...".to_owned()
            };
            errors.push_spanned(
                it,
                format!("marks go in parentheses: write `#[{name}({mark})]`"),
            );
            None
        }
        _ => {
            errors.push_spanned(&attribute.meta, what);
            None
        }
    }
}

/// Whether each of them could be read.
fn read_list(
    tokens: TokenStream,
    errors: &mut Errors,
    mut read: impl FnMut(ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) -> bool {
    let mut is_fine = true;
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if list::refuse_stray(input, errors) {
                is_fine = false;
                continue;
            }
            if let Err(error) = read(input, errors) {
                errors.push_error(error);
                is_fine = false;
                list::skip_to_comma(input);
            }
            if !list::expect_comma(input, errors) {
                list::skip_past_comma(input, errors);
            }
        }
        Ok(())
    };
    if let Err(error) = input::read(tokens, parser) {
        errors.push_error(error);
        is_fine = false;
    }
    is_fine
}

fn parse_word(input: ParseStream<'_>) -> syn::Result<Ident> {
    Ident::parse_any(input).map_err(|error| {
        syn::Error::new(
            error.span(),
            format!("a mark is a word, one of {WORD_LIST}"),
        )
    })
}

fn parse_mark(input: ParseStream<'_>, word: &Ident) -> syn::Result<Mark> {
    let text = word.to_string();
    let mark = match text.as_str() {
        "mask" => return field::parse_mask(input, word).map(Mark::Mode),
        "reveal" => return parse_reveal(input, word),
        "rename" => {
            let key = parse_text(input, word, "rename = \"amount_cents\"")?;
            return Ok(Mark::Rename(key));
        }
        "skip" => Some(Mark::Skip),
        _ => field::plain_mode(&text).map(Mark::Mode),
    };
    let Some(mark) = mark else {
        let meant =
            suggest::nearest(&text, words()).map_or_else(|| ".".to_owned(), suggest::question);
        return Err(syn::Error::new(
            word.span(),
            format!("`{text}` is not a mark of a member{meant} The marks are {WORD_LIST}"),
        ));
    };
    if !list::at_end(input) && (input.peek(syn::token::Paren) || input.peek(Token![=])) {
        return Err(syn::Error::new(
            input.span(),
            format!("`{text}` takes no argument: write `#[field({text})]`"),
        ));
    }
    Ok(mark)
}

/// `reveal = "why"`, and `reveal("why")` as in a call.
fn parse_reveal(input: ParseStream<'_>, word: &Ident) -> syn::Result<Mark> {
    const EXAMPLE: &str = "reveal = \"<reason>\"";
    let reason = if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        content.parse().map_err(|_| needs_text(word, EXAMPLE))?
    } else {
        parse_text(input, word, EXAMPLE)?
    };
    check_reason(&reason)?;
    Ok(Mark::Mode(Mode::Reveal))
}

/// `= "text"`
fn parse_text(input: ParseStream<'_>, word: &Ident, example: &str) -> syn::Result<LitStr> {
    if input.parse::<Token![=]>().is_err() || !input.peek(LitStr) {
        return Err(needs_text(word, example));
    }
    input.parse()
}

fn needs_text(word: &Ident, example: &str) -> syn::Error {
    syn::Error::new(
        word.span(),
        format!("`{word}` needs a text in quotes: write `{example}`"),
    )
}

fn add(marks: &mut Marks, mark: Mark, word: &Ident, errors: &mut Errors) {
    let before = match mark {
        Mark::Mode(mode) => marks
            .mode
            .replace((mode, word.clone()))
            .map(|(_, first)| format!("`{first}` says already how this member is taken")),
        Mark::Skip => marks
            .skip
            .replace(word.span())
            .map(|_| "`skip` leaves this member out already".to_owned()),
        Mark::Rename(key) => marks
            .rename
            .replace(key)
            .map(|first| format!("this member is called `{}` already", first.value())),
    };
    if let Some(before) = before {
        errors.push(word.span(), format!("{before}: remove one of the two"));
    }
}
