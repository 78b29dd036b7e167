//! What the context room itself has to say.

/// An id from outside was refused and replaced. Called inside the context with the new id; tells the
/// length, never the text.
pub(crate) fn invalid_request_id(_length: usize) {}

/// A bound field did not fit any more.
pub(super) fn context_full(_key: &'static str) {}
