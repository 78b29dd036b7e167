//! The doors of the macro crate: each function converts its tokens and calls its room.

mod diag;
mod duration;
mod field;
mod hygiene;
mod level;
mod paths;
mod secret;
mod site;
mod suggest;
#[cfg(test)]
mod tests;
