//! The time-stamp counter.

/// Whether the counter runs at one speed on all cores, whatever they do (the processor's promise,
/// CPUID leaf 8000 0007h, bit 8 of EDX: Intel's and AMD's manuals call it the invariant TSC).
#[cfg(target_arch = "x86_64")]
pub(crate) fn is_invariant() -> bool {
    cpuid(0x8000_0000).eax >= 0x8000_0007 && cpuid(0x8000_0007).edx & (1 << 8) != 0
}

#[cfg(target_arch = "x86_64")]
#[allow(
    unused_unsafe,
    reason = "a safe function of newer compilers, not of the oldest that we promise"
)]
fn cpuid(leaf: u32) -> core::arch::x86_64::CpuidResult {
    // SAFETY: every x86-64 processor has the instruction.
    unsafe { core::arch::x86_64::__cpuid(leaf) }
}

/// The counter.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn read() -> u64 {
    // SAFETY: every x86-64 processor has the instruction, and no system we run on forbids it.
    unsafe { core::arch::x86_64::_rdtsc() }
}

/// Other processors use the monotonic clock.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn is_invariant() -> bool {
    false
}

/// Never called where [`is_invariant`] is false.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn read() -> u64 {
    0
}
