//! Numbers over all records: how long things took and how they ended, what was logged, which way the
//! state machines went.

mod count;
mod json;
mod render;
mod summed;

pub use count::{Answers, Calls, Stats};
pub use summed::Summed;
