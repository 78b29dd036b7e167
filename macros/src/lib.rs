//! The doors of the macro crate: each function converts its tokens and calls its room.

mod diag;
mod duration;
mod field;
mod hygiene;
mod level;
mod paths;
mod secret;
mod site;
mod state_machine;
mod suggest;
#[cfg(test)]
mod tests;
mod transition;

use proc_macro::TokenStream;

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
