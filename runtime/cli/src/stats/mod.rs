//! Numbers over all records: how long things took and how they ended, what was logged, which way the
//! state machines went.

mod count;
mod json;
mod render;

pub use count::{Answers, Calls, Stats};
