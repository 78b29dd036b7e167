//! Where ticks come from: chosen once in a process, read at each call. Hot but for the choice.

use core::sync::atomic::{AtomicU8, Ordering};
use std::fs::File;
use std::io::Read;
use std::sync::OnceLock;
use std::time::Instant;

use super::reading::first;
use crate::sys;

const UNKNOWN: u8 = 0;
const COUNTER: u8 = 1;
const MONOTONIC: u8 = 2;

// ORDERING: Relaxed: written once with the same answer whoever asks first.
static SOURCE: AtomicU8 = AtomicU8::new(UNKNOWN);

/// Whether ticks are those of the processor's counter.
pub(crate) fn is_counter() -> bool {
    settle();
    SOURCE.load(Ordering::Relaxed) == COUNTER
}

/// The clock's reading in ticks, for who knows that [`is_counter`] is true.
#[inline(always)]
pub(crate) fn counter() -> u64 {
    sys::tsc::read()
}

/// The clock's reading in ticks.
#[inline(always)]
pub(crate) fn now() -> u64 {
    if SOURCE.load(Ordering::Relaxed) == COUNTER {
        sys::tsc::read()
    } else {
        other()
    }
}

#[cold]
#[inline(never)]
fn other() -> u64 {
    match SOURCE.load(Ordering::Relaxed) {
        UNKNOWN => {
            first();
            now()
        }
        _ => monotonic(),
    }
}

/// Linux measures the counters of all cores against each other at boot and names another source when
/// it found them wanting.
const NAMED_IN: &str = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

/// Allocates nothing: an allocator may be what asks, and would be asked again.
fn choose() -> u8 {
    let mut name = [0; 64];
    let is_trusted = sys::tsc::is_invariant()
        && File::open(NAMED_IN)
            .and_then(|mut file| file.read(&mut name))
            .is_ok_and(|length| is_trusted(name.get(..length).unwrap_or_default().trim_ascii()));
    if is_trusted { COUNTER } else { MONOTONIC }
}

/// Whether the system vouches for the counter, when this is what it keeps time by. A virtual machine's own
/// clock is computed from the counter.
fn is_trusted(source: &[u8]) -> bool {
    matches!(
        source,
        b"tsc" | b"kvm-clock" | b"hyperv_clocksource_tsc_page"
    )
}

/// Why ticks are not those of the processor's counter; none where they are.
pub(crate) fn objection() -> Option<String> {
    if !sys::tsc::is_invariant() {
        return Some("the processor does not promise that its counter keeps one speed".to_owned());
    }
    match std::fs::read_to_string(NAMED_IN) {
        Ok(name) => objection_of(name.trim()),
        Err(error) => Some(format!(
            "`{NAMED_IN}` says what the system keeps time by: {error}"
        )),
    }
}

fn objection_of(source: &str) -> Option<String> {
    (!is_trusted(source.as_bytes())).then(|| {
        format!(
            "the system keeps time by `{source}`, as it does when it has found the counter wanting"
        )
    })
}

fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

fn monotonic() -> u64 {
    u64::try_from(origin().elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Makes the choice, if nobody has.
pub(super) fn settle() {
    if SOURCE.load(Ordering::Relaxed) == UNKNOWN {
        SOURCE.store(choose(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_is_trusted_where_the_system_keeps_time_by_it() {
        for source in ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page"] {
            assert_eq!(objection_of(source), None);
        }
        for source in ["hpet", "acpi_pm", "jiffies", "xen", "tsc-early", ""] {
            let objection = objection_of(source).expect("another clock");
            assert!(objection.contains(&format!("`{source}`")), "{objection}");
        }
    }
}
