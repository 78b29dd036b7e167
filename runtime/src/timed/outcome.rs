//! How a call ended, judged by the type of its value.
//!
//! The judge is a chain of structs, each of which dereferences to the next. Method lookup takes the
//! first whose bound holds, so an alias of `Result`, a concrete associated type or a bound in a `where`
//! clause are all seen, and no trait need be in scope at the call.

#![expect(
    clippy::unused_self,
    reason = "a way is found as a method, which is how the compiler takes the first whose bound holds"
)]

use core::any::type_name;
use core::error::Error;
use core::fmt::{self, Debug, Display};
use core::marker::PhantomData;
use core::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::panic::discard;

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// With `Ok`, or with a value that is no `Result`.
    Ok,
    /// With an error.
    Err(Failure<'a>),
    /// With a value that cannot be judged.
    Returned,
    /// By unwinding.
    Panic,
    /// Its future was dropped before it was ready.
    Cancelled,
    /// A block was left by `?`, `return`, `break`, or because its future was dropped.
    Left,
}

impl Outcome<'_> {
    /// What `ok_if` refused is an error, whatever the value says.
    fn refused(self) -> Self {
        match self {
            Self::Err(failure) => Self::Err(failure),
            _ => Self::Err(Failure::Silent),
        }
    }
}

/// How a value of one type says how its call ended. A pointer, so that all functions with one type share what is
/// behind it.
pub type Way<R> = for<'a> fn(&'a R) -> Outcome<'a>;

/// What is known about an error.
#[derive(Clone, Copy)]
pub enum Failure<'a> {
    /// Its text and that of its causes.
    Error(&'a (dyn Error + 'a)),
    /// Its text in the alternate form, which is where `anyhow` and its like show the causes.
    Display(&'a dyn Display),
    /// Its `Debug`, asked for.
    Debug(&'a dyn Debug),
    /// The name of its type: it has no text.
    Type(&'static str),
    /// Nothing that is to be shown.
    Silent,
}

impl fmt::Debug for Failure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is behind it may be a secret to everyone but the one who asked for it.
        f.write_str(match self {
            Self::Error(_) => "Error",
            Self::Display(_) => "Display",
            Self::Debug(_) => "Debug",
            Self::Type(name) => name,
            Self::Silent => "Silent",
        })
    }
}

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
pub struct JudgeAny<R>(PhantomData<fn(&R)>);

/// How values of this type are judged: `judge(&value).way()`.
#[inline(always)]
pub fn judge<R>(_: &R) -> JudgeBoxed<R> {
    JudgeBoxed(JudgeError(JudgeDisplay(JudgeResult(JudgeAny(PhantomData)))))
}

/// The same where the error may be no `Error` for as long as it lives.
#[inline(always)]
pub fn judge_lent<R>(_: &R) -> JudgeLent<R> {
    JudgeLent(JudgeDisplay(JudgeResult(JudgeAny(PhantomData))))
}

macro_rules! boxed {
    ($($judge:ident $error:ty),*) => {$(
        impl<T> $judge<Result<T, Box<$error>>> {
            /// How the call ended.
            #[inline(always)]
            pub fn way(&self) -> Way<Result<T, Box<$error>>> {
                |value| match value {
                    Ok(_) => Outcome::Ok,
                    Err(error) => Outcome::Err(Failure::Error(&**error)),
                }
            }
        }
    )*};
}

boxed!(
    JudgeBoxed dyn Error + '_,
    JudgeBoxed dyn Error + Send + '_,
    JudgeBoxed dyn Error + Send + Sync + '_,
    JudgeLent dyn Error + '_,
    JudgeLent dyn Error + Send + '_,
    JudgeLent dyn Error + Send + Sync + '_
);

impl<T, E: Error> JudgeError<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Error(error)),
        }
    }
}

impl<T, E: Display> JudgeDisplay<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<T, E> JudgeResult<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Type(type_name::<E>())),
        }
    }
}

impl<R> JudgeAny<R> {
    /// How the call ended. A `Result` that arrives here came through a type parameter: the caller's
    /// code could not see it, and neither can this, so it is not called a success.
    #[inline(always)]
    pub fn way(&self) -> Way<R> {
        |_| {
            if type_name::<R>().starts_with("core::result::Result<") {
                Outcome::Returned
            } else {
                Outcome::Ok
            }
        }
    }
}

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

// The bounds stand on the methods: the method is chosen for every `Result`, and a missing bound is
// reported instead of being passed over.
impl<T, E> JudgeAsDebug<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>>
    where
        E: Debug,
    {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Debug(error)),
        }
    }
}

impl<T, E> JudgeAsDisplay<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>>
    where
        E: Display,
    {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<T, E> JudgeUnnamed<Result<T, E>> {
    /// How the call ended.
    #[inline(always)]
    pub fn way(&self) -> Way<Result<T, E>> {
        |value| match value {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Silent),
        }
    }
}

/// The way of a value that cannot be judged.
#[inline(always)]
pub fn unjudged<R>(_: &R) -> Way<R> {
    |_| Outcome::Returned
}

/// Lets the function of `ok_if` decide. Its panic is not the call's: the value is then judged by its
/// type.
pub fn ok_if<'a, R>(
    value: &'a R,
    decide: impl FnOnce(&R) -> bool,
    judged: Outcome<'a>,
) -> Outcome<'a> {
    match catch_unwind(AssertUnwindSafe(|| decide(value))) {
        Ok(true) => Outcome::Ok,
        Ok(false) => judged.refused(),
        Err(payload) => {
            discard(payload);
            judged
        }
    }
}

/// Marks an argument as used that only a field mentions.
#[inline]
pub fn used<T: ?Sized>(_: &T) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_that_throws_what_throws_again_is_no_decision() {
        struct Bomb {
            throws_another: bool,
        }
        impl Drop for Bomb {
            fn drop(&mut self) {
                if self.throws_another {
                    std::panic::panic_any(Self {
                        throws_another: false,
                    });
                }
                panic!("out of here");
            }
        }
        let judged = ok_if(
            &1,
            |_| {
                std::panic::panic_any(Bomb {
                    throws_another: true,
                })
            },
            Outcome::Returned,
        );
        assert!(matches!(judged, Outcome::Returned));
    }
}
