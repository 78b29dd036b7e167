//! Beside attributes that make a test, a symbol, or code for a better processor.
#![expect(
    unsafe_code,
    reason = "a symbol is promised to be the only one of its name"
)]

use std::ffi::{c_int, c_void};
use std::process::Command;

use storyline::testing::capture;
use storyline::{ValueBuf, timed};

use crate::ledger::text;
use crate::timed::only;

/// Run once by the harness with all others, and once more by the test below, which reads what it says of them.
mod cases {
    use std::num::ParseIntError;

    use storyline::timed;

    #[timed]
    #[test]
    pub(super) fn above() {
        std::hint::black_box(());
    }

    #[test]
    #[timed]
    pub(super) fn below() {
        std::hint::black_box(());
    }

    #[timed]
    #[test]
    #[should_panic(expected = "was told to")]
    fn above_panics() {
        panic!("it was told to")
    }

    #[test]
    #[should_panic(expected = "was told to")]
    #[timed]
    fn below_panics() {
        panic!("it was told to")
    }

    #[timed]
    #[test]
    #[ignore = "it fails on purpose"]
    #[should_panic(expected = "something else")]
    fn above_panics_otherwise() {
        panic!("it was told to")
    }

    #[timed]
    #[test]
    pub(super) fn above_with_result() -> Result<(), ParseIntError> {
        "5".parse::<u8>()?;
        Ok(())
    }

    #[test]
    #[timed]
    fn below_with_result() -> Result<(), ParseIntError> {
        "5".parse::<u8>()?;
        Ok(())
    }

    #[timed]
    #[test]
    #[ignore = "it fails on purpose"]
    pub(super) fn above_with_error() -> Result<(), ParseIntError> {
        "x".parse::<u8>()?;
        Ok(())
    }

    #[test]
    #[timed]
    #[ignore = "it fails on purpose"]
    fn below_with_error() -> Result<(), ParseIntError> {
        "x".parse::<u8>()?;
        Ok(())
    }

    #[timed]
    #[tokio::test]
    pub(super) async fn tokio_above() {
        tokio::task::yield_now().await;
    }

    #[tokio::test]
    #[timed]
    pub(super) async fn tokio_below() {
        tokio::task::yield_now().await;
    }

    #[timed]
    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    #[should_panic(expected = "was told to")]
    async fn tokio_above_panics() {
        tokio::task::yield_now().await;
        panic!("it was told to")
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    #[should_panic(expected = "was told to")]
    #[timed]
    async fn tokio_below_panics() {
        tokio::task::yield_now().await;
        panic!("it was told to")
    }

    #[timed]
    #[tokio::test]
    #[ignore = "it fails on purpose"]
    pub(super) async fn tokio_above_with_error() -> Result<(), ParseIntError> {
        tokio::task::yield_now().await;
        "x".parse::<u8>()?;
        Ok(())
    }

    #[tokio::test]
    #[timed]
    #[ignore = "it fails on purpose"]
    async fn tokio_below_with_error() -> Result<(), ParseIntError> {
        tokio::task::yield_now().await;
        "x".parse::<u8>()?;
        Ok(())
    }
}

#[test]
fn the_harness_finds_them_and_believes_what_they_say() {
    let this = std::env::current_exe().expect("the path of this binary");
    let room = concat!(module_path!(), "::cases::");
    let room = room.split_once("::").expect("a crate's name").1;
    let ran = Command::new(this)
        .args(["--include-ignored", "--test-threads=1", room])
        .env_remove("RUST_TEST_THREADS")
        .output()
        .expect("this binary runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    let mut said: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_prefix(room))
        .collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "above ... ok",
            "above_panics - should panic ... ok",
            "above_panics_otherwise - should panic ... FAILED",
            "above_with_error ... FAILED",
            "above_with_result ... ok",
            "below ... ok",
            "below_panics - should panic ... ok",
            "below_with_error ... FAILED",
            "below_with_result ... ok",
            "tokio_above ... ok",
            "tokio_above_panics - should panic ... ok",
            "tokio_above_with_error ... FAILED",
            "tokio_below ... ok",
            "tokio_below_panics - should panic ... ok",
            "tokio_below_with_error ... FAILED",
        ]
    );
}

#[test]
fn a_test_is_recorded_as_a_function_is() {
    let logged = capture(|| {
        cases::above();
        cases::below();
        assert!(cases::above_with_result().is_ok());
        assert!(cases::above_with_error().is_err());
        cases::tokio_above();
        cases::tokio_below();
        assert!(cases::tokio_above_with_error().is_err());
    });
    let said: Vec<_> = logged
        .iter()
        .map(|it| (text(it, "name"), text(it, "outcome")))
        .collect();
    assert_eq!(
        said,
        [
            ("above", "ok"),
            ("below", "ok"),
            ("above_with_result", "ok"),
            ("above_with_error", "err"),
            ("tokio_above", "ok"),
            ("tokio_below", "ok"),
            ("tokio_above_with_error", "err"),
        ]
    );
    // Below `#[tokio::test]` there is no `async fn` any more.
    assert_eq!(logged[4].field("polls"), Some(&ValueBuf::UInt(2)));
    assert_eq!(logged[5].field("polls"), None);
}

#[timed(fields(value))]
#[unsafe(no_mangle)]
extern "C" fn storyline_it_exported(value: u32) -> u32 {
    value + 1
}

#[unsafe(export_name = "storyline_it_renamed")]
#[timed]
extern "C" fn exported_otherwise(value: u32) -> u32 {
    value + 2
}

/// Finds the symbols as C would: without them the binary does not link.
mod from_outside {
    unsafe extern "C" {
        pub(super) safe fn storyline_it_exported(value: u32) -> u32;
        pub(super) safe fn storyline_it_renamed(value: u32) -> u32;
    }
}

#[timed]
extern "C" fn descending(left: *const c_void, right: *const c_void) -> c_int {
    // SAFETY: `qsort` calls this with pointers into the array below.
    let left = unsafe { *left.cast::<u32>() };
    // SAFETY: as above.
    let right = unsafe { *right.cast::<u32>() };
    right.cmp(&left) as c_int
}

#[test]
fn a_foreign_caller_finds_the_function() {
    let logged = capture(|| {
        assert_eq!(from_outside::storyline_it_exported(4), 5);
        assert_eq!(from_outside::storyline_it_renamed(4), 6);
        assert_eq!(exported_otherwise(5), 7);
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(
        names,
        [
            "storyline_it_exported",
            "exported_otherwise",
            "exported_otherwise"
        ]
    );
    assert_eq!(logged[0].field("value"), Some(&ValueBuf::UInt(4)));

    let mut values = [3_u32, 1, 2];
    let logged = capture(|| {
        // SAFETY: the array has three elements of four bytes.
        unsafe {
            libc::qsort(
                values.as_mut_ptr().cast(),
                values.len(),
                size_of::<u32>(),
                Some(descending),
            );
        }
    });
    assert_eq!(values, [3, 2, 1]);
    assert!(logged.len() >= 2, "{logged}");
    assert!(logged.iter().all(|it| text(it, "name") == "descending"));
}

#[cfg(target_arch = "x86_64")]
#[timed(fields(by))]
#[target_feature(enable = "avx2")]
fn shifted(by: i64) -> [u64; 4] {
    use std::arch::x86_64::{__m256i, _mm_set1_epi64x, _mm256_set_epi64x, _mm256_sll_epi64};
    let vector = _mm256_sll_epi64(_mm256_set_epi64x(4, 3, 2, 1), _mm_set1_epi64x(by));
    // SAFETY: both have 32 bytes, and every pattern of them is a value.
    unsafe { std::mem::transmute::<__m256i, [u64; 4]>(vector) }
}

/// More than every processor has: what the function may use, its body may use.
#[cfg(target_arch = "x86_64")]
#[test]
fn a_function_for_a_better_processor_is_recorded() {
    if !is_x86_feature_detected!("avx2") {
        return;
    }
    let logged = capture(|| {
        // SAFETY: the processor has it.
        assert_eq!(unsafe { shifted(2) }, [4, 8, 12, 16]);
    });
    assert_eq!(text(only(&logged), "name"), "shifted");
}
