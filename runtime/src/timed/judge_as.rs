//! Judges where `err(...)` says what is shown of an error.

#![expect(
    clippy::unused_self,
    reason = "a classifier is found as a method, as where the type alone decides"
)]

use core::fmt::{Debug, Display};
use core::ops::Deref;

use super::judge::JudgeAny;
use super::outcome::{Classifier, Failure, Outcome};

/// The judge of `err(debug)`.
#[derive(Debug)]
pub struct JudgeAsDebug<'v, R>(JudgeAny<'v, R>);

/// The judge of `err(display)`.
#[derive(Debug)]
pub struct JudgeAsDisplay<'v, R>(JudgeAny<'v, R>);

/// The judge of `err(none)`.
#[derive(Debug)]
pub struct JudgeUnnamed<'v, R>(JudgeAny<'v, R>);

/// Judges a value and shows an error's `Debug`.
#[inline(always)]
pub fn judge_as_debug<R>(value: &R) -> JudgeAsDebug<'_, R> {
    JudgeAsDebug(JudgeAny(value))
}

/// Judges a value and shows an error's `Display`.
#[inline(always)]
pub fn judge_as_display<R>(value: &R) -> JudgeAsDisplay<'_, R> {
    JudgeAsDisplay(JudgeAny(value))
}

/// Judges a value and shows nothing of an error.
#[inline(always)]
pub fn judge_unnamed<R>(value: &R) -> JudgeUnnamed<'_, R> {
    JudgeUnnamed(JudgeAny(value))
}

macro_rules! falls_back {
    ($($name:ident)*) => {$(
        impl<'v, R> Deref for $name<'v, R> {
            type Target = JudgeAny<'v, R>;

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
impl<T, E> JudgeAsDebug<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>>
    where
        E: HasDebug,
    {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Debug(error)),
        }
    }
}

impl<T, E> JudgeAsDisplay<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>>
    where
        E: HasDisplay,
    {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<T, E> JudgeUnnamed<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Silent),
        }
    }
}
