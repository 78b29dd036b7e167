//! One binary, one module per subject.

mod alone;
mod background;
mod compiled_out;
mod context;
mod counters;
mod descriptors;
mod errors;
mod faults;
mod filter;
mod flush;
#[cfg(unix)]
mod fork;
mod gates;
mod incident;
mod layers;
mod letters;
mod log_event;
mod setup;
mod sinks;
mod state;
mod state_tracked;
mod testing;
mod timed;
mod timed_block;
mod timed_items;
mod timed_panic;
mod timed_traps;
mod tower;
