//! The rules of `#[timed]`. One function per rule; none stops at the first mistake.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::{Expr, TypeParamBound};

use super::args::Options;
use super::item::Function;
use super::model::{self, Shape};
use super::returned::{self, Returned, is_no_future, returned};
use super::signature;
use crate::diag::Errors;
use crate::field::{self, Origin};
use crate::suggest;

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
    check_cancelled(function, own, errors);
    check_unjudged(function, own, errors);
    check_no_result(function, own, errors);
    check_left_out(own, errors);
    check_level(own, errors);
    check_percentiles(function, own, errors);
    check_slow(options, errors);
    check_ok_if(function, options, errors);
    check_arguments(function, options, errors);
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
                        field::source_like(&quote::ToTokens::to_token_stream(written))
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
    if let Some(attribute) = model::track_caller(function) {
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

/// Only a future can be cancelled.
fn check_cancelled(function: &Function, own: &Options, errors: &mut Errors) {
    if model::is_cancellable(function, own) {
        return;
    }
    let name = &function.signature.ident;
    if let Some(span) = own.span("cancel_level") {
        errors.push(
            span,
            format!("`{name}` returns no future, so it is never cancelled: remove `cancel_level`"),
        );
    }
    if let Some(span) = own.only().and_then(|only| only.cancelled) {
        errors.push(
            span,
            format!("`{name}` returns no future, so it is never cancelled: remove `cancelled`"),
        );
    }
}

/// Where the value is out of sight, nothing can be asked of it.
fn check_unjudged(function: &Function, own: &Options, errors: &mut Errors) {
    let why = match model::shape(function, own) {
        Shape::Guarded => {
            "has `#[track_caller]`, so its body stays where it is and its value cannot be seen"
        }
        Shape::Callable => "returns what is called later, which is no `Result`",
        Shape::Never | Shape::AsyncNever => "never returns",
        _ => return,
    };
    let name = &function.signature.ident;
    for option in ["ok_if", "err", "err_level"] {
        if let Some(span) = own.span(option) {
            errors.push(span, format!("`{name}` {why}: remove `{option}`"));
        }
    }
}

/// What says something of errors, where none can come back. An alias or a parameter may stand for a `Result`.
fn check_no_result(function: &Function, own: &Options, errors: &mut Errors) {
    if !returned::is_no_result(&function.signature)
        || matches!(
            model::shape(function, own),
            Shape::Guarded | Shape::Never | Shape::AsyncNever
        )
    {
        return;
    }
    let name = &function.signature.ident;
    if let Some(span) = own.span("err") {
        errors.push(
            span,
            format!("`{name}` returns no `Result`, so there is no error to show: remove `err`"),
        );
    }
    let mut refuse = |span, option: &str| {
        errors.push(
            span,
            format!(
                "`{name}` returns no `Result`, so it never ends in an error: remove `{option}`"
            ),
        );
    };
    if own.span("ok_if").is_some() {
        return;
    }
    if let Some(span) = own.span("err_level") {
        refuse(span, "err_level");
    }
    // Beside percentiles it is a way to have them and no record.
    if own.span("percentiles").is_none()
        && let Some(span) = own.only().and_then(|only| only.err)
    {
        let is_alone = own.only().is_some_and(|only| {
            only.slow.is_none() && only.panic.is_none() && only.cancelled.is_none()
        });
        refuse(span, if is_alone { "only(err)" } else { "err" });
    }
}

/// What is said of an outcome that `only(...)` leaves out.
pub(crate) fn check_left_out(own: &Options, errors: &mut Errors) {
    let Some(only) = own.only() else {
        return;
    };
    for (option, outcome, is_recorded) in [
        ("err_level", "err", only.err.is_some()),
        ("err", "err", only.err.is_some()),
        ("panic_level", "panic", only.panic.is_some()),
        ("cancel_level", "cancelled", only.cancelled.is_some()),
        ("slow", "slow", only.slow.is_some()),
        ("slow_level", "slow", only.slow.is_some()),
    ] {
        if !is_recorded && let Some(span) = own.span(option) {
            errors.push(
                span,
                format!(
                    "`only(...)` leaves out what `{option}` is for: add `{outcome}` to it, or remove `{option}`"
                ),
            );
        }
    }
}

/// The level of successes, of which none is recorded, not even that they begin. A block has it for being left, too.
fn check_level(own: &Options, errors: &mut Errors) {
    if let Some(span) = own.span("level")
        && let Some(only) = own.only()
        && only.slow.is_none()
        && own.span("start").is_none()
    {
        errors.push(
            span,
            "`level` is that of a success, which `only(...)` leaves out: remove `level`, or write `err_level` or \
             `panic_level` for what is recorded",
        );
    }
}

/// A function that never returns has no duration.
fn check_percentiles(function: &Function, own: &Options, errors: &mut Errors) {
    if let Shape::Never | Shape::AsyncNever = model::shape(function, own)
        && let Some(span) = own.span("percentiles")
    {
        let name = &function.signature.ident;
        errors.push(
            span,
            format!(
                "`{name}` never returns, so no call of it has a duration to be summed up: remove `percentiles`"
            ),
        );
    }
}

/// `slow_level` and `only(slow)` need to know what slow is.
pub(crate) fn check_slow(options: &Options, errors: &mut Errors) {
    if options.span("slow").is_some() {
        return;
    }
    if let Some(span) = options.span("slow_level") {
        errors.push(
            span,
            "`slow_level` needs to know what is slow: add `slow = \"500ms\"`",
        );
    }
    if let Some(span) = options.only().and_then(|only| only.slow) {
        errors.push(
            span,
            "`only(slow)` needs to know what is slow: add `slow = \"500ms\"`",
        );
    }
}

/// The function of `ok_if` is asked when the arguments are gone.
fn check_ok_if(function: &Function, options: &Options, errors: &mut Errors) {
    let Some(Expr::Path(written)) = options.function("ok_if") else {
        return;
    };
    if let Some(name) = written.path.get_ident()
        && signature::names(&function.signature).contains(&name.to_string())
    {
        errors.push(
            name.span(),
            format!(
                "`{name}` is an argument, which is gone when `ok_if` looks at what was returned: name a function, or \
                 write `ok_if = |value| ...`"
            ),
        );
    }
}

/// The arguments that there are to choose from.
fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => ", which has none".to_owned(),
        _ => format!(", which has {}", names.join(", ")),
    }
}

/// A field without a value names an argument.
fn check_arguments(function: &Function, options: &Options, errors: &mut Errors) {
    let names = signature::names(&function.signature);
    for field in options.fields() {
        if field.origin != Origin::Shorthand {
            continue;
        }
        let Some(TokenTree::Ident(root)) = field.value.clone().into_iter().next() else {
            continue;
        };
        let text = root.to_string();
        if names.contains(&text) {
            continue;
        }
        let function = &function.signature.ident;
        let text = root.unraw().to_string();
        let message = if text == "self" {
            format!("`{function}` has no `self`: name an argument, or write `key = value`")
        } else {
            let meant = suggest::nearest(&text, names.iter().map(String::as_str));
            match meant {
                Some(meant) => {
                    format!("`{text}` is not an argument of `{function}`; did you mean `{meant}`?")
                }
                None => format!(
                    "`{text}` is not an argument of `{function}`{}; what is none is written `key = value`",
                    listed(&names)
                ),
            }
        };
        errors.push(root.span(), message);
    }
}
