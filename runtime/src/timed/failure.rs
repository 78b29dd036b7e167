//! The text of an error. Cold: only a call that failed, and whose record is wanted, gets here.

use super::outcome::Failure;
use crate::scratch::{Scratch, render};
use crate::value::show_chain;

/// Renders what is to be shown of an error.
#[cold]
#[inline(never)]
pub(super) fn text(failure: Failure<'_>) -> Option<Scratch> {
    match failure {
        Failure::Error(error) => Some(render(&mut |out| show_chain(error, out))),
        Failure::Display(error) => Some(render(&mut |out| write!(out, "{error:#}"))),
        Failure::Debug(error) => Some(render(&mut |out| write!(out, "{error:?}"))),
        Failure::Type(name) => Some(render(&mut |out| out.write_str(name))),
        Failure::Silent => None,
    }
}
