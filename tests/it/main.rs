//! One binary, one module per subject.

mod state;
mod state_tracked;
mod testing;
mod timed;
mod timed_items;
mod tower;
