//! What the context room itself has to say.

use crate::emit::emit;
use crate::level::Level;
use crate::site::{Meta, Site};

/// An id from outside was refused and replaced. Called inside the context with the new id; tells the
/// length, never the text.
pub(crate) fn invalid_request_id(length: usize) {
    static SITE: Site = Site::new(&Meta {
        events: &["invalid_request_id"],
        keys: &["length"],
        ..OWN
    });
    if Level::Warning.is_compiled() && SITE.wants(Level::Warning) {
        emit(&SITE, Level::Warning, 0, (length as u64, ()));
    }
}

/// A bound field did not fit any more.
pub(super) fn context_full(key: &'static str) {
    static SITE: Site = Site::new(&Meta {
        events: &["context_full"],
        keys: &["field"],
        ..OWN
    });
    if Level::Warning.is_compiled() && SITE.wants(Level::Warning) {
        emit(&SITE, Level::Warning, 0, (key, ()));
    }
}

const OWN: Meta = Meta {
    events: &[],
    keys: &[],
    constants: &[],
    template: &[],
    target: "storyline::context",
    module: module_path!(),
    file: file!(),
    line: line!(),
    gate: None,
};
