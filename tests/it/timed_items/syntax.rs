//! What this edition writes and older ones do not, in timed functions and in the fields of calls; all editions have the
//! rest in `tests/twins`.

use std::ffi::CStr;

use storyline::testing::capture;
use storyline::{info, timed, timed_block};

use super::drive;
use crate::ledger::text;

#[timed(fields(found = found.is_some()))]
fn chained(found: Option<&str>, limit: usize) -> usize {
    if let Some(text) = found
        && let Ok(number) = text.parse::<usize>()
        && number < limit
    {
        return number;
    }
    let mut rest = found;
    while let Some(text) = rest
        && let Some(after) = text.strip_prefix('x')
    {
        rest = Some(after);
    }
    rest.map_or(0, str::len)
}

#[timed(fields(title: debug))]
fn of_c(title: &CStr) -> Result<&CStr, usize> {
    if title == c"none" {
        return Err(title.to_bytes().len());
    }
    Ok(title)
}

#[timed]
fn raw_lifetimes<'r#fn>(first: &'r#fn str, second: &'r#fn str) -> &'r#fn str {
    'r#block: {
        if first.is_empty() {
            break 'r#block second;
        }
        first
    }
}

#[timed]
async fn waits_in_a_chain(found: Option<u8>) -> Option<u8> {
    let later = async |value: u8| {
        tokio::task::yield_now().await;
        value.checked_sub(1)
    };
    if let Some(value) = found
        && let Some(less) = later(value).await
        && less > 0
    {
        return Some(less);
    }
    None
}

/// No lifetime is named: what is given back has all of them in this edition.
#[timed]
fn captures_all(text: &str, by: &usize) -> impl Iterator<Item = char> {
    text.chars().cycle().take(*by)
}

#[test]
fn functions_of_this_edition() {
    let logged = capture(|| {
        assert_eq!(chained(Some("5"), 9), 5);
        assert_eq!(chained(Some("xxab"), 9), 2);
        assert_eq!(chained(None, 9), 0);
        assert_eq!(of_c(c"some"), Ok(c"some"));
        assert_eq!(of_c(c"none"), Err(4));
        assert_eq!(raw_lifetimes("", "b"), "b");
        assert_eq!(captures_all("ab", &3).collect::<String>(), "aba");
        drive(async { assert_eq!(waits_in_a_chain(Some(3)).await, Some(2)) });
    });
    let told: Vec<_> = logged
        .iter()
        .map(|it| (text(it, "name"), text(it, "outcome")))
        .collect();
    assert_eq!(
        told,
        [
            ("chained", "ok"),
            ("chained", "ok"),
            ("chained", "ok"),
            ("of_c", "ok"),
            ("of_c", "err"),
            ("raw_lifetimes", "ok"),
            ("captures_all", "ok"),
            ("waits_in_a_chain", "ok"),
        ]
    );
}

/// A module in which everything else stands that a reader of items has to step over.
#[timed]
#[expect(unsafe_code, reason = "functions of C are declared in such a block")]
mod stepped_over {
    use std::sync::atomic::AtomicU8;

    unsafe extern "C" {
        pub(super) safe fn abs(value: i32) -> i32;
    }

    pub(super) static COUNTED: AtomicU8 = AtomicU8::new(const { 2 + 1 });

    const _: () = const {
        assert!(size_of::<Both>() == 4, "both are of one size");
    };

    #[repr(C)]
    pub(super) union Both {
        pub(super) whole: u32,
        pub(super) parts: [u8; 4],
    }

    pub(super) trait Captures {
        fn values(&self) -> impl Iterator<Item = u8> + use<'_, Self>;

        async fn later(&self) -> u8 {
            self.values().sum()
        }
    }

    impl Captures for [u8] {
        fn values(&self) -> impl Iterator<Item = u8> + use<'_> {
            self.iter().map(|it| it * 2)
        }
    }

    pub(super) fn of_c(value: i32) -> (i32, Both) {
        (abs(value), Both { whole: 1 })
    }
}

#[test]
fn a_module_of_this_edition() {
    use stepped_over::Captures;

    let logged = capture(|| {
        assert_eq!(stepped_over::of_c(-7).0, 7);
        let values: &[u8] = &[1, 2];
        assert_eq!(values.values().sum::<u8>(), 6);
        let mut later = Box::pin(values.later());
        assert_eq!(
            crate::timed::poll_once(later.as_mut()),
            std::task::Poll::Ready(6)
        );
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(names, ["of_c", "values", "values", "later"]);
    assert_eq!(
        stepped_over::COUNTED.load(std::sync::atomic::Ordering::Relaxed),
        3
    );
}

fn values(found: Option<u8>) -> Option<u8> {
    let number = 7_u32;
    info!(
        "values_read",
        chained = if let Some(found) = found
            && found > 1
        {
            "many"
        } else {
            "few"
        },
        address = (&raw const number).is_aligned(),
        c: debug = c"text",
        constant = const { 1 + 2 },
        later = timed_block!("inside", { found? }),
    );
    found
}

#[test]
fn values_of_this_edition() {
    let logged = capture(|| {
        assert_eq!(values(Some(2)), Some(2));
        assert_eq!(values(None), None);
    });
    logged
        .assert_logged("values_read")
        .with("chained", "many")
        .with("address", true)
        .with("c", "\"text\"")
        .with("constant", 3)
        .with("later", 2);
    logged.assert_count("values_read", 1);
}
