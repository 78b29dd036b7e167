//! Faults, made for real: what is lost is counted exactly, told in the log, and nobody else suffers.

mod console;
mod files;
mod rings;
mod sinks;
