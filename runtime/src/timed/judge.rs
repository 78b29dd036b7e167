//! Judges a call by the type of its value.
//!
//! The judge is a chain of structs, each of which dereferences to the next. Method lookup takes the
//! first whose bound holds, so an alias of `Result`, a concrete associated type or a bound in a `where`
//! clause are all seen, and no trait need be in scope at the call. A trait that is, and that every type has, must
//! not have the method: hence its name.

#![expect(
    clippy::unused_self,
    reason = "a classifier is found as a method, which is how the compiler takes the first whose bound holds"
)]

use core::any::type_name;
use core::error::Error;
use core::fmt::Display;
use core::marker::PhantomData;
use core::ops::Deref;

use super::outcome::{Failure, Judged, OfNever, OfResult, OfValue, Outcome, Unknown};

macro_rules! judges {
    ($($(#[$doc:meta])* $name:ident => $next:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<R>($next<R>);

        impl<R> Deref for $name<R> {
            type Target = $next<R>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    )*};
}

judges! {
    /// Judges errors in a box.
    JudgeBoxed => JudgeError;
    /// Judges errors with causes.
    JudgeError => JudgeDisplay;
    /// Judges errors that may hold what was lent, in a box.
    JudgeLent => JudgeDisplay;
    /// Judges errors with a text.
    JudgeDisplay => JudgeResult;
    /// Judges any other `Result`.
    JudgeResult => JudgeAny;
}

/// Judges what is no `Result`, as far as can be seen.
#[derive(Debug)]
pub struct JudgeAny<R>(pub(super) PhantomData<fn(&R)>);

/// The chain ends in the value, where no lookup gets to: a type that is not known when it is judged is then called
/// so, instead of being taken for any of those that could be judged.
impl<R> Deref for JudgeAny<R> {
    type Target = R;

    fn deref(&self) -> &R {
        unreachable!("`JudgeAny` judges whatever comes to it")
    }
}

/// How values of this type are judged: `judge(&value).__storyline_classifier()`.
#[inline(always)]
pub fn judge<R>(_: &R) -> JudgeBoxed<R> {
    JudgeBoxed(JudgeError(JudgeDisplay(JudgeResult(JudgeAny(PhantomData)))))
}

/// The same where the error may be no `Error` for as long as it lives.
#[inline(always)]
pub fn judge_lent<R>(_: &R) -> JudgeLent<R> {
    JudgeLent(JudgeDisplay(JudgeResult(JudgeAny(PhantomData))))
}

/// An error in a box, which is no `Error` itself.
pub trait BoxedError {
    /// What is in the box.
    fn inside(&self) -> &(dyn Error + '_);
}

macro_rules! boxed {
    ($($error:ty),*) => {$(
        impl BoxedError for Box<$error> {
            fn inside(&self) -> &(dyn Error + '_) {
                &**self
            }
        }
    )*};
}

boxed!(
    dyn Error + '_,
    dyn Error + Send + '_,
    dyn Error + Send + Sync + '_
);

// One method for each struct: of several the compiler lists all, where the error's type is a mistake of the user's.
macro_rules! unboxes {
    ($($name:ident)*) => {$(
        impl<T, E: BoxedError> $name<Result<T, E>> {
            /// How the call ended.
            #[inline]
            pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult> {
                Judged::by(|value| match value {
                    Ok(_) => Outcome::Ok,
                    Err(error) => Outcome::Err(Failure::Error(error.inside())),
                })
            }
        }
    )*};
}

unboxes!(JudgeBoxed JudgeLent);

impl<T, E: Error> JudgeError<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult> {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Error(error)),
        })
    }
}

impl<T, E: Display> JudgeDisplay<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult> {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        })
    }
}

impl<T, E> JudgeResult<Result<T, E>> {
    /// How the call ended.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<Result<T, E>, OfResult> {
        Judged::by(|value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Type(type_name::<E>())),
        })
    }
}

impl<R> JudgeAny<R> {
    /// How the call ended. A `Result` that arrives here came through a type parameter: the caller's
    /// code could not see it, and neither can this, so it is not called a success.
    #[inline]
    pub fn __storyline_classifier(&self) -> Judged<R, OfValue> {
        Judged::by(|_| {
            if type_name::<R>().starts_with("core::result::Result<") {
                Outcome::Returned
            } else {
                Outcome::Ok
            }
        })
    }
}

/// The classifier of a value that cannot be judged.
#[inline(always)]
pub fn unjudged<R>(_: &R) -> Judged<R, Unknown> {
    Judged::by(|_| Outcome::Returned)
}

/// The classifier of a value that there never is.
#[inline(always)]
pub fn never<R>(_: &R) -> Judged<R, OfNever> {
    Judged::by(|_| Outcome::Returned)
}
