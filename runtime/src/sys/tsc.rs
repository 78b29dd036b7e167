//! The time-stamp counter.

/// Whether the counter runs at one speed on all cores, whatever they do (the processor's promise,
/// CPUID leaf 8000 0007h, bit 8 of EDX: Intel's and AMD's manuals call it the invariant TSC).
#[cfg(target_arch = "x86_64")]
pub(crate) fn is_invariant() -> bool {
    use core::arch::x86_64::__cpuid;
    __cpuid(0x8000_0000).eax >= 0x8000_0007 && __cpuid(0x8000_0007).edx & (1 << 8) != 0
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
