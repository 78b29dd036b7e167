//! What an enum with `#[to(...)]` and `#[terminal]` means. Borrows the item and keeps its places.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, ItemEnum, Meta, Variant};

use super::args::{Args, parse_state};
use super::attributes::{meant_by, refuse_conditional};
use super::names::snake_case;
use crate::diag::Errors;
use crate::paths::Storyline;
use crate::source::source_like;
use crate::{input, list, suggest};

/// A machine as it was written.
pub(crate) struct Model<'a> {
    pub(crate) item: &'a ItemEnum,
    pub(crate) args: &'a Args,
    pub(crate) storyline: Storyline,
    /// The name as records show it.
    pub(crate) name: String,
    pub(crate) initial: Option<usize>,
    pub(crate) states: Vec<StateModel<'a>>,
}

/// One variant.
pub(crate) struct StateModel<'a> {
    pub(crate) variant: &'a Variant,
    /// The name as records show it.
    pub(crate) name: String,
    pub(crate) edges: Vec<Edge>,
    /// The first `#[to(...)]`.
    pub(crate) to: Option<Span>,
    pub(crate) terminal: Option<Span>,
    /// Something in its attributes could not be read, so there may be edges that nobody knows of.
    pub(crate) unread: bool,
}

/// One name in a `#[to(...)]`.
pub(crate) struct Edge {
    pub(crate) ident: Ident,
    pub(crate) target: Target,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A state.
    State(usize),
    /// No state, but this one was probably meant: judged as if it were written.
    Meant(usize),
    /// No state.
    Unknown,
}

impl Target {
    /// The state that is or was probably meant.
    pub(crate) fn state(self) -> Option<usize> {
        match self {
            Self::State(index) | Self::Meant(index) => Some(index),
            Self::Unknown => None,
        }
    }
}

impl StateModel<'_> {
    /// Nothing says what follows.
    pub(crate) fn is_dead_end(&self) -> bool {
        self.terminal.is_none() && self.to.is_none()
    }

    /// `#[initial]` stands above the variant.
    pub(crate) fn says_initial(&self) -> bool {
        self.variant
            .attrs
            .iter()
            .any(|attribute| meant_by(attribute) == Some("initial"))
    }

    /// The variant's name as it was written.
    pub(crate) fn ident(&self) -> &Ident {
        &self.variant.ident
    }
}

impl Model<'_> {
    /// The variants' names as they were written.
    pub(crate) fn idents(&self) -> Vec<String> {
        idents(self.item)
    }
}

fn idents(item: &ItemEnum) -> Vec<String> {
    item.variants
        .iter()
        .map(|variant| variant.ident.to_string())
        .collect()
}

/// The states that may follow.
pub(crate) fn targets(state: &StateModel<'_>) -> impl Iterator<Item = usize> {
    state.edges.iter().filter_map(|edge| edge.target.state())
}

/// Reads the item. A name that is no state becomes an edge to nowhere; `check` reports it.
pub(crate) fn build<'a>(args: &'a Args, item: &'a ItemEnum, errors: &mut Errors) -> Model<'a> {
    let known = idents(item);
    let states = item
        .variants
        .iter()
        .map(|variant| build_state(variant, &known, errors))
        .collect();
    Model {
        item,
        args,
        storyline: args
            .krate
            .as_ref()
            .map_or_else(Storyline::named, Storyline::at),
        name: args.name.as_ref().map_or_else(
            || snake_case(&item.ident.unraw().to_string()),
            syn::LitStr::value,
        ),
        initial: args
            .initial
            .as_ref()
            .and_then(|ident| resolve(ident, &known).state()),
        states,
    }
}

/// What a name stands for among the known ones.
pub(crate) fn resolve(ident: &Ident, known: &[String]) -> Target {
    let text = ident.to_string();
    if let Some(index) = known.iter().position(|it| *it == text) {
        return Target::State(index);
    }
    suggest::nearest(&text, known.iter().map(String::as_str))
        .and_then(|meant| known.iter().position(|it| it == meant))
        .map_or(Target::Unknown, Target::Meant)
}

fn build_state<'a>(variant: &'a Variant, known: &[String], errors: &mut Errors) -> StateModel<'a> {
    let mut state = StateModel {
        variant,
        name: snake_case(&variant.ident.unraw().to_string()),
        edges: Vec::new(),
        to: None,
        terminal: None,
        unread: false,
    };
    state.unread |= refuse_conditional(variant, errors);
    for attribute in &variant.attrs {
        let span = attribute.path().get_ident().map(Ident::span);
        if attribute.path().is_ident("to") {
            state.to = state.to.or(span);
            state.unread |= read_targets(attribute, known, &mut state.edges, errors);
        } else if attribute.path().is_ident("terminal") {
            read_terminal(attribute, errors);
            state.terminal = state.terminal.or(span);
        } else if let Some(meant) = meant_by(attribute) {
            state.unread = true;
            let path = attribute.path();
            let word = path
                .get_ident()
                .map_or_else(String::new, |word| word.unraw().to_string());
            errors.push_spanned(
                path,
                match meant {
                    "initial" => format!(
                        "the state that a machine begins in is named above the enum: write `#[state_machine(initial = {})]`",
                        variant.ident
                    ),
                    _ => format!("`#[{word}]` says nothing to a machine{}", suggest::question(meant)),
                },
            );
        }
    }
    state
}

fn read_terminal(attribute: &Attribute, errors: &mut Errors) {
    if !matches!(attribute.meta, Meta::Path(_)) {
        errors.push_spanned(
            &attribute.meta,
            match &attribute.meta {
                Meta::List(list) if !list.tokens.is_empty() => format!(
                    "`#[terminal]` takes no argument, since nothing follows the state: write `#[terminal]`, or \
                     `#[to({})]` for what may follow",
                    source_like(&list.tokens)
                ),
                _ => "`#[terminal]` takes no argument, since nothing follows the state: write `#[terminal]`".to_owned(),
            },
        );
    }
}

/// Reads a list of targets; `true` when some of it could not be read.
fn read_targets(
    attribute: &Attribute,
    known: &[String],
    edges: &mut Vec<Edge>,
    errors: &mut Errors,
) -> bool {
    let list = match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => list,
        Meta::Path(_) | Meta::List(_) => {
            errors.push_spanned(
                &attribute.meta,
                "`#[to(...)]` lists the states that may follow, such as `#[to(Paid, Cancelled)]`; where none follow, write `#[terminal]`",
            );
            return true;
        }
        Meta::NameValue(pair) => {
            errors.push_spanned(
                pair,
                format!(
                    "the states that may follow go in parentheses: write `#[to({})]`",
                    source_like(&pair.value.to_token_stream()).trim_matches('"')
                ),
            );
            return true;
        }
    };
    let mut unread = false;
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if list::refuse_stray(input, errors) {
                continue;
            }
            match parse_state(input, "") {
                Ok(ident) => edges.push(Edge {
                    target: resolve(&ident, known),
                    ident,
                }),
                Err(error) => {
                    errors.push_error(error);
                    unread = true;
                    list::skip_to_comma(input);
                }
            }
            list::expect_comma(input, errors);
        }
        Ok(())
    };
    if let Err(error) = input::read(list.tokens.clone(), read) {
        errors.push_error(error);
    }
    unread
}
