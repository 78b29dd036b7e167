//! The function-like macros: thin doors that pass `$crate`, so that a facade crate can re-export them.

mod context;
mod events;
mod timed_block;
mod transition;
