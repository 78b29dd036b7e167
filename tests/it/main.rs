//! One binary, one module per subject.

mod testing;
mod timed;
mod timed_items;
mod tower;
