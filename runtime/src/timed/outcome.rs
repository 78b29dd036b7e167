//! How a call ended, and what is known of its error.

use core::error::Error;
use core::fmt::{self, Debug, Display};
use core::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::calls::{Ended, Verdict};
use crate::panic::discard;
use crate::wire::One;

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
    /// The word for it.
    #[inline]
    pub(super) fn ended(&self) -> Ended {
        match self {
            Self::Ok => Ended::Ok,
            Self::Err(_) => Ended::Err,
            Self::Returned => Ended::Returned,
            Self::Panic => Ended::Panic,
            Self::Cancelled => Ended::Cancelled,
            Self::Left => Ended::Left,
        }
    }

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
pub(super) type Classifier<R> = for<'a> fn(&'a R) -> Outcome<'a>;

/// The same, with what is known of its answers when the program is compiled: `V` is the byte of a [`Verdict`].
#[derive(Debug)]
pub struct Judged<R, V> {
    classify: Classifier<R>,
    of: PhantomData<fn() -> V>,
}

// A derive would ask the same of the value.
impl<R, V> Clone for Judged<R, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, V> Copy for Judged<R, V> {}

/// May be `ok` or `err`.
pub(super) type OfResult = One<{ Verdict::Result as u8 }>;

/// Is `ok`.
pub(super) type OfValue = One<{ Verdict::Value as u8 }>;

/// Is `returned`.
pub(super) type Unknown = One<{ Verdict::Returned as u8 }>;

/// Is never asked.
pub(super) type OfNever = One<{ Verdict::Never as u8 }>;

impl<R, V> Judged<R, V> {
    #[inline]
    pub(super) fn by(classify: Classifier<R>) -> Self {
        Self {
            classify,
            of: PhantomData,
        }
    }

    #[inline]
    pub(super) fn classifier(self) -> Classifier<R> {
        self.classify
    }

    /// How the call ended.
    #[inline]
    pub fn outcome(self, value: &R) -> Outcome<'_> {
        (self.classify)(value)
    }
}

/// What `ok_if` says, which may be either.
#[inline]
pub fn decided<R>(classify: Classifier<R>) -> Judged<R, OfResult> {
    Judged::by(classify)
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
