//! What one annotation says is recorded: options with their defaults, levels, and how the value is judged.

use core::time::Duration;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Expr, LitStr, Type};

use super::args::{ErrorText, Only, Options};
use super::function::Function;
use super::lent;
use super::returned::{Returned, returned};
use super::signature;
use crate::level::Level;
use crate::secret::CheckedField;
use crate::site::SiteKind;

/// What is recorded, and how.
pub(crate) struct Timing<'a> {
    pub(crate) name: String,
    pub(crate) options: &'a Options,
    pub(crate) fields: Vec<CheckedField>,
    pub(crate) what: SiteKind,
    /// The level of each outcome that is recorded: ok, err, panic, cancelled, slow, left.
    pub(crate) levels: [Option<Level>; 6],
    /// The highest level of any outcome that is recorded: nothing is measured when it is off.
    pub(crate) highest: Level,
    pub(crate) judge: Judge<'a>,
}

impl Timing<'_> {
    /// Whether every call counts for percentiles, also where no record of it is wanted.
    pub(crate) fn is_sampled(&self) -> bool {
        self.options.span("percentiles").is_some()
    }
}

/// How the value is judged.
pub(crate) struct Judge<'a> {
    pub(crate) by: By,
    pub(crate) ok_if: Option<&'a Expr>,
    /// The type of the value, where it must be written down to be known.
    pub(crate) value: Option<Type>,
}

/// What shows whether a call went well.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    /// The type of the value; an error is shown as well as its type allows.
    Type,
    /// The type, without asking whether an error may be shown with its causes: it may hold what was lent.
    LentType,
    /// The type, and an error is shown as asked for at this place.
    TypeAs(ErrorText, Span),
    /// Nothing: the value's type is a parameter.
    Nothing,
    /// Nothing: there is no value.
    Never,
}

/// Reads what the options say about a function or a block; `fields` are those of the options, judged.
pub(crate) fn timing(
    what: SiteKind,
    name: String,
    options: &Options,
    fields: Vec<CheckedField>,
    cancellable: bool,
    by: By,
    value: Option<Type>,
) -> Timing<'_> {
    let levels = levels(what, options, cancellable);
    Timing {
        name,
        options,
        fields,
        what,
        levels,
        highest: highest(options, levels),
        judge: Judge {
            by,
            ok_if: options.function("ok_if"),
            value,
        },
    }
}

/// How a function's value is judged.
pub(crate) fn by(function: &Function, options: &Options) -> By {
    match returned(&function.signature) {
        Returned::Parameter => By::Nothing,
        Returned::Never => By::Never,
        _ => match by_options(options) {
            By::Type if lent::may_be_lent(&function.signature) => By::LentType,
            by => by,
        },
    }
}

/// How a value of any type is judged.
pub(crate) fn by_options(options: &Options) -> By {
    options
        .error_text()
        .map_or(By::Type, |(text, span)| By::TypeAs(text, span))
}

/// The name a function goes by.
pub(crate) fn name(function: &Function, options: &Options) -> String {
    options.text("name").map_or_else(
        || function.signature.ident.unraw().to_string(),
        LitStr::value,
    )
}

/// The level of each outcome that is recorded: ok, err, panic, cancelled, slow, left.
fn levels(what: SiteKind, options: &Options, cancellable: bool) -> [Option<Level>; 6] {
    let only = options.only();
    let recorded = |pick: fn(&Only) -> bool| only.as_ref().is_none_or(pick);
    let level = |name, usual| options.level(name).unwrap_or(usual);
    let ok = level("level", Level::Info);
    let is_slow = options.slow().is_some() && recorded(|only| only.slow.is_some());
    let is_cancelled = cancellable && recorded(|only| only.cancelled.is_some());
    // A block that was left may have failed or been cancelled.
    let is_left =
        what == SiteKind::Block && recorded(|only| only.err.is_some() || only.cancelled.is_some());
    [
        only.is_none().then_some(ok),
        recorded(|only| only.err.is_some()).then(|| level("err_level", Level::Error)),
        recorded(|only| only.panic.is_some()).then(|| level("panic_level", Level::Error)),
        is_cancelled.then(|| level("cancel_level", Level::Warning)),
        // A slow success is never below a usual one.
        is_slow.then(|| level("slow_level", Level::Warning).max(ok)),
        is_left.then_some(ok),
    ]
}

fn highest(options: &Options, levels: [Option<Level>; 6]) -> Level {
    let started = options.span("start");
    let started = started.map(|_| options.level("level").unwrap_or(Level::Info));
    let all = levels.into_iter().flatten().chain(started);
    all.max().unwrap_or(Level::Info)
}

/// The threshold of `slow` in nanoseconds.
pub(crate) fn slow_nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Whether a future is what is timed.
pub(crate) fn is_cancellable(function: &Function, options: &Options) -> bool {
    function.signature.asyncness.is_some()
        || options.span("future").is_some()
        || matches!(
            returned(&function.signature),
            Returned::Future { .. } | Returned::Boxed { .. }
        )
}

/// The type of the value that is judged, where the compiler would not know it in time: the output of
/// a returned future.
pub(crate) fn judged_type(function: &Function) -> Option<Type> {
    if function.signature.asyncness.is_some() {
        return None;
    }
    match returned(&function.signature) {
        Returned::Future {
            output: Some(output),
            ..
        }
        | Returned::Boxed {
            output: Some(output),
        } => signature::inner_type(output),
        _ => None,
    }
}
