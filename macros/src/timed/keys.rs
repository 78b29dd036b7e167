//! The keys that a timed call writes itself. The one table: the macro refuses them, and the runtime takes over those
//! that each record has a value of its own for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::field::Reserved;

/// Those that no field may have: first those that are the same in every record of a call, then the others, in the
/// order of their values.
pub(super) const RESERVED: Reserved = Reserved {
    writer: "`#[timed]` itself",
    keys: &[
        ("name", "full_name"),
        ("dependency", "depends_on"),
        ("duration_ms", "planned_ms"),
        ("outcome", "verdict"),
        ("error", "previous_error"),
        ("slow", "slow_path"),
        ("busy_ms", "busy_time_ms"),
        ("polls", "poll_count"),
    ],
};

/// How many of them are the same in every record.
const CONSTANT: usize = 2;

/// The others, as an array: `["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"]`.
pub(crate) fn measured_tokens() -> TokenStream {
    let keys = RESERVED.keys[CONSTANT..].iter().map(|(key, _)| *key);
    quote!([#(#keys),*])
}
