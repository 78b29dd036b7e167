//! The text of an error. Cold: only a call that failed, and whose record is wanted, gets here.

use core::error::Error;
use core::fmt::{self, Write};

use super::outcome::Failure;
use crate::scratch::{Scratch, render};

/// A chain of causes that is longer than this is taken for a circle.
const MOST_CAUSES: usize = 32;

/// Renders what is to be shown of an error.
#[cold]
#[inline(never)]
pub(super) fn text(failure: Failure<'_>) -> Option<Scratch> {
    match failure {
        Failure::Error(error) => Some(render(|out| write_chain(error, out))),
        Failure::Display(error) => Some(render(|out| write!(out, "{error:#}"))),
        Failure::Debug(error) => Some(render(|out| write!(out, "{error:?}"))),
        Failure::Type(name) => Some(render(|out| out.write_str(name))),
        Failure::Silent => None,
    }
}

/// `a: b: c`. A cause that its error's text already contains is not repeated, so an error that shows
/// its cause itself, or passes it through, does not read twice.
fn write_chain(error: &dyn Error, out: &mut dyn Write) -> fmt::Result {
    let mut said = render(|text| write!(text, "{error}"));
    out.write_str(said.rendered().text)?;
    let mut next = error.source();
    for _ in 0..MOST_CAUSES {
        let Some(cause) = next else { break };
        let text = render(|text| write!(text, "{cause}"));
        if !said.rendered().text.contains(text.rendered().text) {
            write!(out, ": {}", text.rendered().text)?;
            said = text;
        }
        next = cause.source();
    }
    Ok(())
}
