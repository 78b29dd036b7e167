//! The keys that a step writes in front of the user's, in the order of their values. The one table: the macro refuses
//! them and counts the values by it, and the runtime takes it over.

use proc_macro2::TokenStream;
use quote::quote;

use crate::field::Reserved;

/// Those that no field may have.
pub(super) const RESERVED: Reserved = Reserved {
    writer: "`transition!`",
    keys: &[
        ("machine", "machine_name"),
        ("from", "origin"),
        ("to", "destination"),
        ("expected", "expected_state"),
        ("in_state_ms", "waited_ms"),
    ],
};

/// The one that a field may have, which then takes its place.
pub(super) const ID: &str = "id";

/// How many values stand in front of those of the fields.
pub(super) fn count(own_id: bool) -> usize {
    RESERVED.keys.len() + usize::from(!own_id)
}

/// All of them, as an array: `["machine", "id", "from", "to", "expected", "in_state_ms"]`.
pub(crate) fn all_tokens() -> TokenStream {
    let mut keys: Vec<&str> = RESERVED.keys.iter().map(|(key, _)| *key).collect();
    keys.insert(1, ID);
    quote!([#(#keys),*])
}
