//! Benchmarks; run one with `cargo bench --bench NAME`.
