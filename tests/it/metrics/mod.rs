//! What a recorder of the facade `metrics` is told of calls that are timed with `percentiles`.

mod prometheus;
mod recorder;
