//! The doors of the macro crate: each function converts its tokens and calls its room. They are
//! documented where users find them, in `storyline`.

mod conditional;
mod context_of;
mod diag;
mod duration;
mod field;
mod fields;
mod hygiene;
mod input;
mod judge;
mod level;
mod list;
mod log_event;
mod nesting;
mod paths;
mod policy;
mod reason;
mod secret;
mod site;
mod source;
mod state_machine;
mod suggest;
mod template;
#[cfg(test)]
mod tests;
mod timed;
mod transition;
mod types;
mod values;
mod written;

use proc_macro::TokenStream;

/// Reached through `storyline::log_event!`, which passes the path of its crate.
#[proc_macro]
pub fn log_event(input: TokenStream) -> TokenStream {
    log_event::expand(input.into()).into()
}

/// Reached through `storyline::context_of!`, which passes the path of its crate.
#[proc_macro]
pub fn context_of(input: TokenStream) -> TokenStream {
    context_of::expand(input.into()).into()
}

/// Documented where `storyline` re-exports it.
#[proc_macro_derive(Fields, attributes(field, fields))]
pub fn derive_fields(input: TokenStream) -> TokenStream {
    fields::expand(input.into()).into()
}

/// Documented where `storyline` re-exports it.
#[proc_macro_attribute]
pub fn state_machine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    state_machine::expand(arguments.into(), item.into()).into()
}

/// Reached through `storyline::transition!`, which passes the path of its crate.
#[proc_macro]
pub fn transition(input: TokenStream) -> TokenStream {
    transition::expand(input.into()).into()
}

/// Documented where `storyline` re-exports it.
#[proc_macro_attribute]
pub fn timed(arguments: TokenStream, item: TokenStream) -> TokenStream {
    timed::expand(arguments.into(), item.into()).into()
}

/// Reached through `storyline::timed_block!`, which passes the path of its crate.
#[proc_macro]
pub fn timed_block(input: TokenStream) -> TokenStream {
    timed::block::expand(input.into()).into()
}

/// The words that tell of secrets and how a name is judged by them, as the modules `table`, `spelling` and `words`, so
/// that the runtime judges the keys of structures by the same rules. For `storyline` alone.
#[doc(hidden)]
#[proc_macro]
pub fn secret_rules(_: TokenStream) -> TokenStream {
    secret::rules().into()
}

/// The keys that each record of a timed call has a value of its own for, as an array in the order of these values, so
/// that there is one table of them. For `storyline` alone.
#[doc(hidden)]
#[proc_macro]
pub fn timed_keys(_: TokenStream) -> TokenStream {
    timed::keys::measured_tokens().into()
}

/// The keys that a step writes itself, as an array in the order of their values, so that there is one table of them.
/// For `storyline` alone.
#[doc(hidden)]
#[proc_macro]
pub fn transition_keys(_: TokenStream) -> TokenStream {
    transition::keys::all_tokens().into()
}
