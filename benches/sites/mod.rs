//! Programs with a thousand call sites, for `compile_time`, `size` and `cold_build`. They are generated below
//! the target folder, beside their dependencies; the rivals' versions are those of `compare/Cargo.lock`.

pub mod arguments;
pub mod cargo;
pub mod cost;
pub mod rustc;
mod source;

pub use source::{Row, rows};
