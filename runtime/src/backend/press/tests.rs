//! What a frame counts for.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::filter::BareWord;
use crate::site::Meta;
use crate::wire::{HEADER, Out};

static SITE: Site = Site::new(&Meta::STEP);

#[test]
#[cfg(debug_assertions)]
fn a_frame_that_makes_us_panic_is_counted_once() {
    let shared = Arc::new(Shared::new(&[], 1, 1, None));
    let losses = Losses::new(core::iter::empty());
    let filter = Filter::parse("off", 1, BareWord::Refused).expect("good");
    let mut press = Press::new(shared, "x".to_owned(), filter, Vec::new(), losses);
    press.sites.push(Known {
        site: &SITE,
        threshold: u8::MAX,
        level: Level::Info,
    });
    let mut payload = [0; HEADER];
    let header = Header {
        site: 1,
        mark: u32::from(Level::Info.number()),
        ticks: 1,
    };
    header.encode(&mut Out::new(&mut payload));
    press.take(&payload, "main", Origin::REPORT);
    assert_eq!((press.passed.frames, press.passed.unwanted), (1, 1));

    // A count that overflows stands for whatever may be wrong with us.
    press.passed.unwanted = u64::MAX;
    let taken = catch_unwind(AssertUnwindSafe(|| {
        press.take(&payload, "main", Origin::REPORT);
    }));
    assert!(taken.is_err(), "an overflow panics in tests");
    press.skip();
    assert_eq!((press.passed.frames, press.passed.damaged), (2, 1));
}
