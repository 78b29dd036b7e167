//! Options that could do nothing where they stand: what they are for cannot happen, or is not recorded.

use super::args::Options;
use super::item::Function;
use super::model;
use super::returned;
use super::subject::{self, Shape};
use crate::diag::Errors;

/// Judges all rules; `own` are the options that stand on the function itself.
pub(super) fn check(function: &Function, own: &Options, options: &Options, errors: &mut Errors) {
    check_cancelled(function, own, errors);
    check_unjudged(function, own, errors);
    check_no_result(function, own, errors);
    check_left_out(own, errors);
    check_level(own, errors);
    check_percentiles(function, own, errors);
    check_slow(options, errors);
}

/// Those that a block may have, too.
pub(super) fn check_block(options: &Options, errors: &mut Errors) {
    check_slow(options, errors);
    check_left_out(options, errors);
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
    let why = match subject::shape(function, own) {
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
            subject::shape(function, own),
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
fn check_left_out(own: &Options, errors: &mut Errors) {
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
    if let Shape::Never | Shape::AsyncNever = subject::shape(function, own)
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
fn check_slow(options: &Options, errors: &mut Errors) {
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
