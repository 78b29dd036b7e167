//! The same as a shared library. `runtime/cli/tests/catalog.rs` builds it.

#[path = "catalog.rs"]
mod catalog;
