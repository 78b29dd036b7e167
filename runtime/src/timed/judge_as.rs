//! Judges where `err(...)` says what is shown of an error.

#![expect(
    clippy::unused_self,
    reason = "a classifier is found as a method, as where the type alone decides"
)]

use core::fmt::{Debug, Display};
use core::marker::PhantomData;
use core::ops::Deref;

use super::judge::JudgeAny;
use super::outcome::{Failure, Judged, OfResult, Outcome};

/// The judge of `err(debug)`.
#[derive(Debug)]
pub struct JudgeAsDebug<R>(JudgeAny<R>);

/// The judge of `err(display)`.
#[derive(Debug)]
pub struct JudgeAsDisplay<R>(JudgeAny<R>);

/// The judge of `err(none)`.
#[derive(Debug)]
pub struct JudgeUnnamed<R>(JudgeAny<R>);

/// Judges a value and shows an error's `Debug`.
#[inline(always)]
pub fn judge_as_debug<R>(_: &R) -> JudgeAsDebug<R> {
    JudgeAsDebug(JudgeAny(PhantomData))
}

/// Judges a value and shows an error's `Display`.
#[inline(always)]
pub fn judge_as_display<R>(_: &R) -> JudgeAsDisplay<R> {
    JudgeAsDisplay(JudgeAny(PhantomData))
}

/// Judges a value and shows nothing of an error.
#[inline(always)]
pub fn judge_unnamed<R>(_: &R) -> JudgeUnnamed<R> {
    JudgeUnnamed(JudgeAny(PhantomData))
}

macro_rules! falls_back {
    ($($name:ident)*) => {$(
        impl<R> Deref for $name<R> {
            type Target = JudgeAny<R>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    )*};
}

falls_back!(JudgeAsDebug JudgeAsDisplay JudgeUnnamed);

/// What `err(debug)` needs of an error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Debug`, which `err(debug)` shows of an error",
    label = "the error of this call is `{Self}`",
    note = "derive `Debug` for it, or write `err(display)` or `err(none)`",
    note = "without `err(...)` an error is shown by its `Display`, or named by its type where it has none"
)]
pub trait HasDebug: Debug {}

#[diagnostic::do_not_recommend]
impl<E: Debug> HasDebug for E {}

/// What `err(display)` needs of an error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display`, which `err(display)` shows of an error",
    label = "the error of this call is `{Self}`",
    note = "implement `Display` for it, or write `err(debug)` or `err(none)`",
    note = "without `err(...)` an error is shown by its `Display`, or named by its type where it has none"
)]
pub trait HasDisplay: Display {}

#[diagnostic::do_not_recommend]
impl<E: Display> HasDisplay for E {}

// The bounds stand on the methods: the method is chosen for every `Result`, and a missing bound is
// reported instead of being passed over.
impl<T, E> JudgeAsDebug<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult>
    where
        E: HasDebug,
    {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Debug(error)),
        })
    }
}

impl<T, E> JudgeAsDisplay<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult>
    where
        E: HasDisplay,
    {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        })
    }
}

impl<T, E> JudgeUnnamed<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult> {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Silent),
        })
    }
}
