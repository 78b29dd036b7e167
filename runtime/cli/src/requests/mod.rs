//! Requests, one row each: when, how long, how it ended, which services.

mod group;
mod held;
mod render;

pub use group::{Requests, Summary};
pub(crate) use render::style_of;
pub use render::{Selection, Sort};
