//! The rules of `#[timed]`. One function per rule; none stops at the first mistake.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, TypeParamBound};

use super::args::Options;
use super::item::{Container, Function};
use super::returned::{Returned, is_no_future, returned};
use super::{model, no_effect, signature, subject, untimable};
use crate::diag::Errors;
use crate::source::source_like;

/// Judges what is left. `own` are the options that stand on this function itself; those of a block
/// around it may not fit every function in it, and are not complained about here.
pub(crate) fn check_function(
    function: &Function,
    own: &Options,
    options: &Options,
    errors: &mut Errors,
) {
    check_skip(own, errors);
    check_future(function, own, errors);
    check_future_bounds(function, errors);
    check_track_caller(function, own, errors);
    no_effect::check(function, own, options, errors);
    check_ok_if(function, options, errors);
}

/// Judges the options of a whole block.
pub(crate) fn check_container(container: &Container, options: &Options, errors: &mut Errors) {
    if untimable::is_silent(container) {
        errors.push_spanned(
            &container.head,
            "`Drop`, `Display`, `Debug` and their like are not timed: they run while records are written, or while \
             a thread ends; remove `#[timed]`",
        );
    }
    for (name, why) in [
        (
            "name",
            "every function in it would carry the same name; give it to one function",
        ),
        (
            "future",
            "not every function in it returns a future; give it to those that do",
        ),
        (
            "skip",
            "there is nothing to leave out of; remove `#[timed]`",
        ),
    ] {
        if let Some(span) = options.span(name) {
            errors.push(
                span,
                format!("`{name}` cannot be given to a whole block: {why}"),
            );
        }
    }
}

/// `skip` leaves a function out of a block.
fn check_skip(own: &Options, errors: &mut Errors) {
    if let Some(span) = own.span("skip") {
        errors.push(
            span,
            "`skip` leaves a function out of a timed `impl` block or module: here, remove `#[timed]`",
        );
    }
}

/// `future` is for a return type that hides that it is one.
fn check_future(function: &Function, own: &Options, errors: &mut Errors) {
    let Some(span) = own.span("future") else {
        return;
    };
    let name = &function.signature.ident;
    if function.signature.asyncness.is_some() {
        errors.push(span, format!("`{name}` is an `async fn`: remove `future`"));
        return;
    }
    match returned(&function.signature) {
        Returned::Unit | Returned::Never => {
            errors.push(span, format!("`{name}` returns no future: remove `future`"));
        }
        Returned::Future { .. } | Returned::Boxed { .. } => errors.push(
            span,
            format!(
                "the signature of `{name}` already says that it returns a future: remove `future`"
            ),
        ),
        Returned::Callable | Returned::Parameter | Returned::Value => {
            if let syn::ReturnType::Type(_, written) = &function.signature.output
                && is_no_future(written)
            {
                errors.push_spanned(
                    written,
                    format!(
                        "`{}` is no future, and `future` times the one that is returned: remove `future`",
                        source_like(&quote::ToTokens::to_token_stream(written))
                    ),
                );
            }
        }
    }
}

/// The timed future is a type of ours: it is a future, and `Send` and the like when the inner one is.
fn check_future_bounds(function: &Function, errors: &mut Errors) {
    let Returned::Future { other_bounds, .. } = returned(&function.signature) else {
        return;
    };
    for bound in other_bounds {
        let TypeParamBound::Trait(bound) = bound else {
            continue;
        };
        let Some(last) = bound.path.segments.last() else {
            continue;
        };
        let text = last.ident.to_string();
        if !matches!(text.as_str(), "Send" | "Sync" | "Unpin" | "Sized") {
            errors.push_spanned(
                &bound.path,
                format!(
                    "a timed future is a future and nothing else, so it has no `{text}`: time the place that \
                     awaits it with `timed_block!`"
                ),
            );
        }
    }
}

/// A closure has no caller's location, and a returned future can only be taken from one.
fn check_track_caller(function: &Function, own: &Options, errors: &mut Errors) {
    if function.signature.asyncness.is_some() || !model::is_cancellable(function, own) {
        return;
    }
    if let Some(attribute) = subject::track_caller(function) {
        errors.push_spanned(
            attribute.path(),
            format!(
                "`{}` has `#[track_caller]` and returns a future: one of the two would be lost; \
                 remove `#[track_caller]`, or time the place that awaits it",
                function.signature.ident
            ),
        );
    }
}

/// The function of `ok_if` is asked when the arguments are gone.
fn check_ok_if(function: &Function, options: &Options, errors: &mut Errors) {
    let names = signature::names(&function.signature);
    let (variable, instead) = match options.function("ok_if") {
        Some(Expr::Path(written)) => (
            written.path.get_ident().cloned(),
            "name a function, or write `ok_if = |value| ...`",
        ),
        Some(Expr::Closure(closure)) => {
            let mut own = Vec::new();
            for input in &closure.inputs {
                signature::names_in(input, &mut own);
            }
            let free: Vec<String> = names
                .iter()
                .filter(|it| !own.contains(it))
                .cloned()
                .collect();
            (
                variable_in(closure.body.to_token_stream(), &free),
                "judge by the value alone, or take the argument's part in what is returned",
            )
        }
        _ => return,
    };
    if let Some(name) = variable
        && names.contains(&name.to_string())
    {
        errors.push(
            name.span(),
            format!("`{name}` is an argument, which is gone when `ok_if` looks at what was returned: {instead}"),
        );
    }
}

/// The first of these names that is not that of a field or a method.
fn variable_in(tokens: TokenStream, names: &[String]) -> Option<Ident> {
    let mut follows_dot = false;
    for token in tokens {
        let is_member = core::mem::replace(
            &mut follows_dot,
            matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '.'),
        );
        match token {
            TokenTree::Ident(word) if !is_member && names.contains(&word.to_string()) => {
                return Some(word);
            }
            TokenTree::Group(group) => {
                if let Some(found) = variable_in(group.stream(), names) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}
