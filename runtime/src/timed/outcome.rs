//! How a call ended, judged by the type of its value.
//!
//! The judge is a chain of structs, each of which dereferences to the next. Method lookup takes the
//! first whose bound holds, so an alias of `Result`, a concrete associated type or a bound in a `where`
//! clause are all seen, and no trait need be in scope at the call.

use core::any::type_name;
use core::error::Error;
use core::fmt::{self, Debug, Display};
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
        pub struct $name<'a, R>($next<'a, R>);

        impl<'a, R> Deref for $name<'a, R> {
            type Target = $next<'a, R>;

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
pub struct JudgeAny<'a, R>(&'a R);

/// Judges a value: `judge(&value).outcome()`.
pub fn judge<R>(value: &R) -> JudgeBoxed<'_, R> {
    JudgeBoxed(JudgeError(JudgeDisplay(JudgeResult(JudgeAny(value)))))
}

/// Judges a value whose error may be no `Error` for as long as it lives.
pub fn judge_lent<R>(value: &R) -> JudgeLent<'_, R> {
    JudgeLent(JudgeDisplay(JudgeResult(JudgeAny(value))))
}

macro_rules! boxed {
    ($($judge:ident $error:ty),*) => {$(
        impl<'a, T> $judge<'a, Result<T, Box<$error>>> {
            /// How the call ended.
            pub fn outcome(&self) -> Outcome<'a> {
                match self.value() {
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

impl<'a, R> JudgeBoxed<'a, R> {
    fn value(&self) -> &'a R {
        self.0.0.0.0.0
    }
}

impl<'a, R> JudgeLent<'a, R> {
    fn value(&self) -> &'a R {
        self.0.0.0.0
    }
}

impl<'a, T, E: Error> JudgeError<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a> {
        match self.0.0.0.0 {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Error(error)),
        }
    }
}

impl<'a, T, E: Display> JudgeDisplay<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a> {
        match self.0.0.0 {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<'a, T, E> JudgeResult<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a> {
        match self.0.0 {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Type(type_name::<E>())),
        }
    }
}

impl<'a, R> JudgeAny<'a, R> {
    /// How the call ended. A `Result` that arrives here came through a type parameter: the caller's
    /// code could not see it, and neither can this, so it is not called a success.
    #[expect(
        clippy::unused_self,
        reason = "it is found as a method, behind those that look at the value"
    )]
    pub fn outcome(&self) -> Outcome<'a> {
        if type_name::<R>().starts_with("core::result::Result<") {
            Outcome::Returned
        } else {
            Outcome::Ok
        }
    }
}

/// The judge of `err(debug)`.
#[derive(Debug)]
pub struct JudgeAsDebug<'a, R>(JudgeAny<'a, R>);

/// The judge of `err(display)`.
#[derive(Debug)]
pub struct JudgeAsDisplay<'a, R>(JudgeAny<'a, R>);

/// The judge of `err(none)`.
#[derive(Debug)]
pub struct JudgeUnnamed<'a, R>(JudgeAny<'a, R>);

/// Judges a value and shows an error's `Debug`.
pub fn judge_as_debug<R>(value: &R) -> JudgeAsDebug<'_, R> {
    JudgeAsDebug(JudgeAny(value))
}

/// Judges a value and shows an error's `Display`.
pub fn judge_as_display<R>(value: &R) -> JudgeAsDisplay<'_, R> {
    JudgeAsDisplay(JudgeAny(value))
}

/// Judges a value and shows nothing of an error.
pub fn judge_unnamed<R>(value: &R) -> JudgeUnnamed<'_, R> {
    JudgeUnnamed(JudgeAny(value))
}

macro_rules! falls_back {
    ($($name:ident)*) => {$(
        impl<'a, R> Deref for $name<'a, R> {
            type Target = JudgeAny<'a, R>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    )*};
}

falls_back!(JudgeAsDebug JudgeAsDisplay JudgeUnnamed);

// The bounds stand on the methods: the method is chosen for every `Result`, and a missing bound is
// reported instead of being passed over.
impl<'a, T, E> JudgeAsDebug<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a>
    where
        E: Debug,
    {
        match self.0.0 {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Debug(error)),
        }
    }
}

impl<'a, T, E> JudgeAsDisplay<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a>
    where
        E: Display,
    {
        match self.0.0 {
            Ok(_) => Outcome::Ok,
            Err(error) => Outcome::Err(Failure::Display(error)),
        }
    }
}

impl<'a, T, E> JudgeUnnamed<'a, Result<T, E>> {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome<'a> {
        match self.0.0 {
            Ok(_) => Outcome::Ok,
            Err(_) => Outcome::Err(Failure::Silent),
        }
    }
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
