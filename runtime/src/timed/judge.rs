//! Judges a call by the type of its value.
//!
//! The judge is a chain of structs, each of which dereferences to the next. Method lookup takes the
//! first whose bound holds, so an alias of `Result`, a concrete associated type or a bound in a `where`
//! clause are all seen, and no trait need be in scope at the call.

#![expect(
    clippy::unused_self,
    reason = "a classifier is found as a method, which is how the compiler takes the first whose bound holds"
)]

use core::any::type_name;
use core::error::Error;
use core::fmt::{self, Display};
use core::ops::Deref;

use super::outcome::{Classifier, Failure, Outcome};

macro_rules! judges {
    ($($(#[$doc:meta])* $name:ident => $next:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'v, R>($next<'v, R>);

        impl<'v, R> Deref for $name<'v, R> {
            type Target = $next<'v, R>;

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
pub struct JudgeAny<'v, R>(pub(super) &'v R);

impl<R> fmt::Debug for JudgeAny<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value may be a secret.
        f.write_str("JudgeAny")
    }
}

/// The chain ends in the value itself, so that a type that is not known yet is called so, instead of being any
/// type that is judged.
impl<R> Deref for JudgeAny<'_, R> {
    type Target = R;

    fn deref(&self) -> &R {
        self.0
    }
}

/// How values of this type are judged: `judge(&value).classifier()`.
#[inline(always)]
pub fn judge<R>(value: &R) -> JudgeBoxed<'_, R> {
    JudgeBoxed(JudgeError(JudgeDisplay(JudgeResult(JudgeAny(value)))))
}

/// The same where the error may be no `Error` for as long as it lives.
#[inline(always)]
pub fn judge_lent<R>(value: &R) -> JudgeLent<'_, R> {
    JudgeLent(JudgeDisplay(JudgeResult(JudgeAny(value))))
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
        impl<T, E: BoxedError> $name<'_, Result<T, E>> {
            /// How the call ended.
            #[inline(always)]
            pub fn classifier(&self) -> Classifier<Result<T, E>> {
                |value| match value {
                    Ok(_) => Outcome::Ok,
                    Err(error) => Outcome::Err(Failure::Error(error.inside())),
                }
            }
        }
    )*};
}

unboxes!(JudgeBoxed JudgeLent);

impl<T, E: Error> JudgeError<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Error(error)),
        }
    }
}

impl<T, E: Display> JudgeDisplay<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<T, E> JudgeResult<'_, Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Type(type_name::<E>())),
        }
    }
}

impl<R> JudgeAny<'_, R> {
    /// How the call ended. A `Result` that arrives here came through a type parameter: the caller's
    /// code could not see it, and neither can this, so it is not called a success.
    #[inline(always)]
    pub fn classifier(&self) -> Classifier<R> {
        |_| {
            if type_name::<R>().starts_with("core::result::Result<") {
                Outcome::Returned
            } else {
                Outcome::Ok
            }
        }
    }
}

/// The classifier of a value that cannot be judged.
#[inline(always)]
pub fn unjudged<R>(_: &R) -> Classifier<R> {
    |_| Outcome::Returned
}
