//! The doors of this crate, what each takes, and what must come out.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::{context_of, fields, log_event, state_machine, timed, transition};

/// A function of `lib.rs`, without the conversion that needs a compiler.
#[derive(Clone, Copy)]
pub(super) struct Door {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// How a door is called, and what stands in its place afterwards.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// An expression.
    Call(fn(TokenStream) -> TokenStream),
    /// An expression, in which the last block of the input stands as it was, unread.
    CallOnBlock(fn(TokenStream) -> TokenStream),
    /// Items, in which the annotated one stands.
    Attribute(fn(TokenStream, TokenStream) -> TokenStream),
    /// Items, which stand behind the one that derives them.
    Derive(fn(TokenStream) -> TokenStream),
}

pub(super) const DOORS: &[Door] = &[
    Door {
        name: "log_event",
        kind: Kind::Call(log_event::expand),
    },
    Door {
        name: "context_of",
        kind: Kind::Call(context_of::expand),
    },
    Door {
        name: "transition",
        kind: Kind::Call(transition::expand),
    },
    Door {
        name: "timed_block",
        kind: Kind::CallOnBlock(timed::block::expand),
    },
    Door {
        name: "timed",
        kind: Kind::Attribute(timed::expand),
    },
    Door {
        name: "state_machine",
        kind: Kind::Attribute(state_machine::expand),
    },
    Door {
        name: "Fields",
        kind: Kind::Derive(fields::expand),
    },
];

/// The macros of the front that call a door, and what they put in front of the user's tokens.
const FRONTS: &[(&str, &str, &str)] = &[
    ("log_event", "log_event", ""),
    ("trace", "log_event", "TRACE,"),
    ("debug", "log_event", "DEBUG,"),
    ("info", "log_event", "INFO,"),
    ("warning", "log_event", "WARNING,"),
    ("warn", "log_event", "WARNING,"),
    ("error", "log_event", "ERROR,"),
    ("critical", "log_event", "CRITICAL,"),
    ("context_of", "context_of", ""),
    ("context", "context_of", ""),
    ("transition", "transition", ""),
    ("timed_block", "timed_block", ""),
];

pub(super) fn named(name: &str) -> Option<Door> {
    DOORS.iter().find(|door| door.name == name).copied()
}

/// The door that a call of `front!` goes through, and the tokens it finds in front of the user's.
pub(super) fn behind(front: &str) -> Option<(Door, TokenStream)> {
    let (_, door, before) = FRONTS.iter().find(|(name, ..)| *name == front)?;
    Some((
        named(door)?,
        before.parse().expect("the table's own tokens"),
    ))
}

impl Door {
    /// Calls the door as the front does: with the path of the runtime where it takes one.
    pub(super) fn call(&self, arguments: TokenStream, item: TokenStream) -> TokenStream {
        match self.kind {
            Kind::Call(expand) | Kind::CallOnBlock(expand) => {
                let path = Group::new(Delimiter::Parenthesis, quote!(::storyline));
                let input = core::iter::once(TokenTree::Group(path)).chain(arguments);
                expand(input.collect())
            }
            Kind::Attribute(expand) => expand(arguments, item),
            Kind::Derive(expand) => expand(item),
        }
    }
}

/// Doors that take no tokens of a user.
const WITHOUT_TOKENS: [&str; 3] = ["secret_rules", "timed_keys", "transition_keys"];

#[test]
fn each_function_of_the_crate_is_a_door() {
    let crate_root: syn::File = syn::parse_str(include_str!("../lib.rs")).expect("it compiles");
    let mut there: Vec<String> = crate_root
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Fn(function) => Some(name_of(function)),
            _ => None,
        })
        .filter(|name| !WITHOUT_TOKENS.contains(&name.as_str()))
        .collect();
    let mut known: Vec<&str> = DOORS.iter().map(|door| door.name).collect();
    there.sort();
    known.sort_unstable();
    assert_eq!(there, known);
}

/// What users call it: its own name, or that of what it derives.
fn name_of(function: &syn::ItemFn) -> String {
    let derived = function.attrs.iter().find_map(|it| match &it.meta {
        syn::Meta::List(list) if list.path.is_ident("proc_macro_derive") => {
            list.tokens.clone().into_iter().next()
        }
        _ => None,
    });
    derived.map_or_else(|| function.sig.ident.to_string(), |it| it.to_string())
}
