//! What the context room itself has to say. Inlined, so that below the ceiling not even a function's name is left.

use crate::level::Level;
use crate::own::{emit_if_wanted, own_site};

/// An id from outside was refused and replaced. Called inside the context with the new id; tells the
/// length, never the text.
#[inline]
pub(crate) fn refused_request_id(length: usize) {
    let site = own_site!("storyline::context", "invalid_request_id", ["length"]);
    emit_if_wanted(site, Level::Warning, || (length as u64, ()));
}

/// A bound field did not fit any more.
#[inline]
pub(super) fn context_full(key: &str) {
    let site = own_site!("storyline::context", "context_full", ["field"]);
    emit_if_wanted(site, Level::Warning, || (key, ()));
}
