//! One binary, one module per subject.

mod testing;
mod tower;
