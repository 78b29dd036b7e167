//! What the benchmarks share. Run one with `cargo bench --bench NAME`.

pub mod child;
pub mod cores;
pub mod counter;
pub mod process;
pub mod sites;
