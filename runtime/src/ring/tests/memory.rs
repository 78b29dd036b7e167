//! The memory that a ring lives in.

use std::sync::Arc;

use super::FIRST;
use crate::ring::{MAX_DATA, MIN_DATA, Memory, OwnMemory, ring};

#[test]
fn a_region_is_aligned_zeroed_and_as_long_as_asked_for() {
    for data in [1, 4096, 5000, 256 * 1024] {
        let memory = OwnMemory::new(data);
        assert_eq!(memory.base().as_ptr().align_offset(128), 0);
        assert_eq!(
            memory.len() - 256,
            data.clamp(MIN_DATA, MAX_DATA).next_power_of_two()
        );
    }
}

/// Most threads log little: what they do not use must not be resident.
#[test]
fn memory_that_no_record_touched_is_not_resident() {
    fn resident_kib() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .expect("a size");
        line.split_whitespace()
            .nth(1)
            .expect("a number")
            .parse()
            .expect("a number")
    }
    let before = resident_kib();
    let rings: Vec<_> = (0..64)
        .map(|_| ring(Arc::new(OwnMemory::new(8 << 20)), FIRST, true, || {}))
        .collect();
    let grown = resident_kib().saturating_sub(before);
    assert!(
        grown < 128 * 1024,
        "{grown} KiB for {} rings of 8 MiB",
        rings.len()
    );
}
