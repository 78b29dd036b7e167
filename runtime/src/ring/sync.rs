//! The atomics of the ring, in one place so that a model checker can take theirs.

pub(crate) use core::sync::atomic::{AtomicU32, AtomicU64, Ordering, compiler_fence};
