//! Fields that take arguments, held against the functions: those of one function, and those of a block, which all of
//! its functions share.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::args::Options;
use super::item::Function;
use super::keys::RESERVED;
use super::signature;
use crate::diag::Errors;
use crate::judge;
use crate::secret::CheckedField;
use crate::suggest;
use crate::written::Origin;

/// Judges the fields that these options list.
pub(super) fn check_fields(options: &Options, errors: &mut Errors) -> Vec<CheckedField> {
    judge::check(options.fields().to_vec(), &[&RESERVED], errors)
}

/// The fields of a block, judged once, and the functions that record them.
pub(super) struct SharedFields {
    checked: Vec<CheckedField>,
    functions: Vec<Callee>,
}

/// A function, and the names that its arguments bind.
struct Callee {
    name: String,
    arguments: Vec<String>,
}

impl Callee {
    fn of(function: &Function) -> Self {
        Self {
            name: function.signature.ident.to_string(),
            arguments: signature::names(&function.signature),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.arguments.iter().any(|it| it == name)
    }
}

impl SharedFields {
    pub(super) fn judge(options: &Options, errors: &mut Errors) -> Self {
        Self {
            checked: check_fields(options, errors),
            functions: Vec::new(),
        }
    }

    /// The fields for one of the functions.
    pub(super) fn of_function(&mut self, function: &Function) -> Vec<CheckedField> {
        // A function under a condition has a copy for each answer.
        let callee = Callee::of(function);
        let is_copy = |it: &Callee| it.name == callee.name && it.arguments == callee.arguments;
        if !self.functions.iter().any(is_copy) {
            self.functions.push(callee);
        }
        self.checked.clone()
    }

    /// Says which of the fields not every function has: one message for each.
    pub(super) fn check_functions(&self, errors: &mut Errors) {
        for field in &self.checked {
            if let Some(argument) = argument_of(field) {
                self.check_field(field, &argument, errors);
            }
        }
    }

    fn check_field(&self, field: &CheckedField, argument: &Ident, errors: &mut Errors) {
        let text = argument.to_string();
        let (with, without): (Vec<_>, Vec<_>) = self.functions.iter().partition(|it| it.has(&text));
        let message = match without.as_slice() {
            [] => return,
            [only] if with.is_empty() => missing_in(only, field, argument),
            _ if with.is_empty() => missing_everywhere(&self.functions, argument),
            _ => {
                let missing = if text == "self" {
                    format!("there is no `self` in {}", listed(&without, "or"))
                } else {
                    let name = argument.unraw();
                    format!("`{name}` is no argument of {}", listed(&without, "or"))
                };
                format!(
                    "{missing}, and each function records what its block lists: list it in a \
                     `#[timed(fields(...))]` on {} instead",
                    listed(&with, "and")
                )
            }
        };
        errors.push(argument.span(), message);
    }
}

/// Says which fields take an argument that the function does not have.
pub(super) fn check_function(function: &Function, fields: &[CheckedField], errors: &mut Errors) {
    let callee = Callee::of(function);
    for field in fields {
        if let Some(argument) = argument_of(field)
            && !callee.has(&argument.to_string())
        {
            errors.push(argument.span(), missing_in(&callee, field, &argument));
        }
    }
}

/// What a field takes its value from: the variable that it stands for, or `self`. Other names in a value may be those
/// of constants.
fn argument_of(field: &CheckedField) -> Option<Ident> {
    match field.origin() {
        Origin::Shorthand => match field.value().clone().into_iter().next() {
            Some(TokenTree::Ident(root)) => Some(root),
            _ => None,
        },
        _ => self_in(field.value().clone()),
    }
}

/// The first `self` that is a value: that of `self::limits` is a module.
fn self_in(tokens: TokenStream) -> Option<Ident> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(word) => {
                let is_module =
                    matches!(tokens.peek(), Some(TokenTree::Punct(it)) if it.as_char() == ':');
                (word == "self" && !is_module).then_some(word)
            }
            TokenTree::Group(group) => self_in(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn missing_in(callee: &Callee, field: &CheckedField, argument: &Ident) -> String {
    let function = &callee.name;
    let name = argument.unraw();
    if name == "self" {
        let instead = match field.origin() {
            Origin::Shorthand => "name an argument, or write `key = value`",
            _ => "take the value from an argument",
        };
        return format!("`{function}` has no `self`: {instead}");
    }
    let known = callee.arguments.iter().map(String::as_str);
    match suggest::nearest(&name.to_string(), known) {
        Some(meant) => {
            let meant = suggest::question(meant);
            format!("`{name}` is not an argument of `{function}`{meant}")
        }
        None => format!(
            "`{name}` is not an argument of `{function}`{}; what is none is written `key = value`",
            which_has(&callee.arguments)
        ),
    }
}

fn missing_everywhere(functions: &[Callee], argument: &Ident) -> String {
    let name = argument.unraw();
    if name == "self" {
        return "no function in this block has a `self`: take the value from an argument"
            .to_owned();
    }
    let known = functions.iter().flat_map(|it| &it.arguments);
    let meant = suggest::nearest(&name.to_string(), known.map(String::as_str)).map_or_else(
        || "; what is none is written `key = value`".to_owned(),
        suggest::question,
    );
    format!("`{name}` is an argument of no function in this block{meant}")
}

/// The arguments that there are to choose from.
fn which_has(names: &[String]) -> String {
    match names {
        [] => ", which has none".to_owned(),
        _ => format!(", which has {}", suggest::listed(names)),
    }
}

/// `` `a`, `b` or `c` ``; the first ones of many functions.
fn listed(functions: &[&Callee], word: &str) -> String {
    let names: Vec<&str> = functions.iter().map(|it| it.name.as_str()).collect();
    suggest::joined(&names, word)
}
