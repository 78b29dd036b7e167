//! Tests through the public API only; they live in `it/`.
