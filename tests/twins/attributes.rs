//! `unsafe`, `extern`, raw names, and the attributes beside ours.

use storyline::timed;

use crate::trace::Trace;

/// # Safety
///
/// `at` can be read.
#[timed]
unsafe fn unsafe_read(at: *const u8) -> u8 {
    unsafe { *at }
}

#[timed]
extern "C" fn foreign(value: u8) -> u8 {
    value
}

/// # Safety
///
/// None.
#[timed]
unsafe extern "C-unwind" fn foreign_unwinding(value: u8) -> u8 {
    value
}

#[timed]
#[inline(always)]
fn inlined(value: u8) -> u8 {
    value
}

#[cold]
#[inline(never)]
#[timed]
fn rare(value: u8) -> u8 {
    value
}

#[must_use = "it is all there is"]
#[timed]
fn needed(value: u8) -> u8 {
    value
}

#[deprecated(since = "0.1.0", note = "use `needed`")]
#[timed]
fn old(value: u8) -> u8 {
    value
}

#[timed]
#[cfg_attr(all(), inline)]
#[cfg(unix)]
fn configured(
    #[cfg(windows)] absent: u8,
    #[cfg(unix)] present: u8,
    #[allow(unused_variables, reason = "an argument may have an attribute")] other: u8,
) -> u8 {
    present
}

#[timed]
fn configured_inside(value: u8) -> u8 {
    #[cfg(windows)]
    return absent;
    #[cfg(unix)]
    let value = value + 1;
    #[allow(unused_variables, reason = "a statement may have an attribute")]
    let other = value;
    value
}

#[timed]
#[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse2"))]
fn featured(value: u8) -> u8 {
    value
}

#[timed]
fn attributes_inside(value: u8) -> u8 {
    #![allow(clippy::let_and_return, unused_mut)]
    //! And a comment.
    let mut value = value;
    value
}

/** A comment
 * of several lines. */
#[doc = "And a written one."]
#[timed]
pub(crate) fn documented(r#type: u8, r#gen: u8, été: u8) -> u8 {
    r#type + r#gen + été
}

#[timed]
fn r#match(value: u8) -> u8 {
    value
}

#[timed]
#[timed]
fn twice(value: u8) -> u8 {
    value
}

#[timed]
#[cfg(windows)]
fn gone(value: NoSuchType) -> NoSuchType {
    value.no_such_method()
}

#[cfg(windows)]
#[timed(fields(no_such_argument))]
fn gone_before(value: NoSuchType) -> NoSuchType {
    value.no_such_method()
}

#[timed]
#[cfg(not(windows))]
fn gone() {}

/// More than every processor has. A body that is moved out of its function must not lose what it may use.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::*;

    use storyline::timed;

    use crate::trace::{drive, yield_once, Trace};

    #[timed]
    #[target_feature(enable = "avx2")]
    fn sum(left: [u64; 4], right: [u64; 4]) -> [u64; 4] {
        let mut sums = [0; 4];
        unsafe {
            let left = _mm256_loadu_si256(left.as_ptr().cast());
            let right = _mm256_loadu_si256(right.as_ptr().cast());
            _mm256_storeu_si256(sums.as_mut_ptr().cast(), _mm256_add_epi64(left, right));
        }
        sums
    }

    /// Calls what is safe only where the processor has it.
    #[target_feature(enable = "avx2")]
    #[timed]
    fn twice(vector: __m256i) -> __m256i {
        _mm256_slli_epi64::<1>(_mm256_add_epi64(vector, _mm256_setzero_si256()))
    }

    /// # Safety
    ///
    /// The processor has it.
    #[timed]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn not_safe(values: [u64; 4]) -> [u64; 4] {
        let closure = |vector: __m256i| twice(vector);
        let mut out = sum(values, [1; 4]);
        unsafe {
            let vector = closure(_mm256_loadu_si256(out.as_ptr().cast()));
            _mm256_storeu_si256(out.as_mut_ptr().cast(), vector);
        }
        out
    }

    #[timed]
    #[target_feature(enable = "avx2")]
    async fn waits(values: [u64; 4]) -> [u64; 4] {
        yield_once().await;
        sum(values, values)
    }

    pub(super) fn run(t: &mut Trace) {
        if !is_x86_feature_detected!("avx2") || !is_x86_feature_detected!("fma") {
            return;
        }
        t.add("wide", unsafe { (sum([1; 4], [2; 4]), not_safe([3; 4])) });
        t.add("wide", drive(unsafe { waits([4; 4]) }));
    }
}

pub(crate) fn run(t: &mut Trace) {
    t.add("unsafe", unsafe { unsafe_read(&7) });
    let pointers: (unsafe fn(*const u8) -> u8, extern "C" fn(u8) -> u8) = (unsafe_read, foreign);
    t.add(
        "pointers",
        (unsafe { (pointers.0)(&1) }, (pointers.1)(2), unsafe {
            foreign_unwinding(3)
        }),
    );
    t.add("attributes", (inlined(1), rare(2), needed(3)));
    #[allow(deprecated)]
    t.add("deprecated", old(1));
    t.add("configured", (configured(1, 2), configured_inside(1)));
    #[cfg(target_arch = "x86_64")]
    #[allow(unused_unsafe)]
    t.add("featured", unsafe { featured(1) });
    #[cfg(target_arch = "x86_64")]
    wide::run(t);
    t.add("inside", attributes_inside(1));
    t.add("documented", documented(1, 2, 3));
    t.add("raw", r#match(1));
    t.add("twice", (twice(1), gone()));
}
