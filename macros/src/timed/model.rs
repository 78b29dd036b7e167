//! What one annotation means: options with their defaults, and what becomes of the function.

use core::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, LitStr, ReturnType, Type};

use super::args::{ErrorText, Only, Options};
use super::item::{Body, Function};
use super::lent;
use super::returned::{Returned, returned};
use super::signature::{self, Carried};
use super::{lifetimes, mentioned};
use crate::field::first_span;
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

/// What becomes of the body.
pub(crate) enum Shape {
    /// It runs in a closure with this return type.
    Closure(Annotation),
    /// It stays where it is, behind a guard: `#[track_caller]`.
    Guarded,
    /// It stays where it is, behind a guard: what it gives back is called, and no `Result`.
    Callable,
    /// It stays where it is and never returns.
    Never,
    /// It runs in a timed future; the type of an early return.
    Async(Annotation),
    /// The future never becomes ready.
    AsyncNever,
    /// It makes a future, which is timed.
    Future,
    /// It makes a future in a box of this type.
    Boxed(Annotation),
}

/// A type to write down.
pub(crate) enum Annotation {
    Unit,
    Type(Box<Type>),
    Unknown,
}

/// A function that can be timed.
pub(crate) struct Subject {
    pub(crate) shape: Shape,
    /// Where the signature says what comes back: what the compiler says of our return of it, it says there.
    pub(crate) returned: Span,
    pub(crate) carried: Vec<Carried>,
    /// Carried arguments that a field mentions: that is a use.
    pub(crate) recorded: Vec<Ident>,
    /// Carried arguments that a field names or may name: outside of the body they are called as written.
    pub(crate) named: Vec<Ident>,
    /// Carried arguments that the body never names: they are there for what they do when they are dropped.
    pub(crate) unread: Vec<Ident>,
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

/// What becomes of a function's body.
pub(crate) fn subject(function: &Function, timing: &Timing<'_>) -> Subject {
    let signature = &function.signature;
    let carried = signature::carried(signature);
    let mentioned = mentioned::mentioned(timing.options);
    let names = signature::names(signature);
    let is_named = |name: &Ident| {
        let text = name.to_string();
        mentioned.names.contains(name)
            || mentioned.has_text
            // Two of one name come from two macros, and only those know which is which.
            || names.iter().filter(|it| **it == text).count() > 1
    };
    let all = || carried.iter().map(|it| &it.name);
    let body = match &function.body {
        Body::Block { block, .. } => block.stream(),
        Body::Missing(_) => TokenStream::new(),
    };
    Subject {
        shape: shape(function, timing.options),
        returned: match &signature.output {
            ReturnType::Default => signature.ident.span(),
            ReturnType::Type(_, written) => first_span(&written.to_token_stream()),
        },
        recorded: all()
            .filter(|name| {
                let mut fields = timing.options.fields().iter();
                fields.any(|field| mentioned::may_name(&field.value, name))
            })
            .cloned()
            .collect(),
        named: all().filter(|name| is_named(name)).cloned().collect(),
        unread: all()
            .filter(|name| !mentioned::may_name(&body, name))
            .cloned()
            .collect(),
        carried,
    }
}

pub(crate) fn shape(function: &Function, options: &Options) -> Shape {
    let signature = &function.signature;
    let returned = returned(signature);
    let whole = match &signature.output {
        ReturnType::Default => Annotation::Unit,
        ReturnType::Type(_, written) => match signature::inner_type(written) {
            Some(written) => {
                let written = lifetimes::inferred(written, signature);
                Annotation::Type(Box::new(written))
            }
            None => Annotation::Unknown,
        },
    };
    match (signature.asyncness, returned) {
        (Some(_), Returned::Never) => Shape::AsyncNever,
        (Some(_), _) => Shape::Async(whole),
        (None, Returned::Never) => Shape::Never,
        (None, Returned::Future { .. }) => Shape::Future,
        (None, Returned::Boxed { .. }) => Shape::Boxed(whole),
        (None, _) if options.span("future").is_some() => Shape::Boxed(whole),
        (None, _) if track_caller(function).is_some() => Shape::Guarded,
        (None, Returned::Callable) => Shape::Callable,
        (None, _) => Shape::Closure(whole),
    }
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

/// The attribute of a function that wants to know its caller, which no closure inside it can.
pub(crate) fn track_caller(function: &Function) -> Option<&Attribute> {
    function.attributes.iter().find(|attribute| {
        attribute.path().is_ident("track_caller")
            || attribute.path().is_ident("cfg_attr")
                && attribute
                    .meta
                    .to_token_stream()
                    .to_string()
                    .contains("track_caller")
    })
}
