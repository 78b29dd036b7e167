//! One binary, one module per subject.

mod testing;
mod timed;
mod tower;
