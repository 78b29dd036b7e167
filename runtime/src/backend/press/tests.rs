//! What a frame counts for, and what the recorder is told.

use super::*;
use crate::filter::BareWord;
use crate::flight::{Log, Recorder, Session};

#[test]
#[cfg(debug_assertions)]
fn a_frame_that_makes_us_panic_is_counted_once() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::site::STEP;
    use crate::wire::{HEADER, Out};

    static SITE: Site = Site::with(STEP);

    let shared = Arc::new(Shared::new(&[], 1, 1, None));
    let losses = Losses::new(&mut core::iter::empty());
    let filter = Filter::parse("off", 1, BareWord::Refused).expect("good");
    let mut press = Press::new(shared, "x".to_owned(), filter, Vec::new(), losses);
    press.sites.push(Known {
        site: &SITE,
        threshold: u8::MAX,
        level: Level::Info,
        calls: None,
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

/// Else the times of what is recovered would drift, and miss every step of the wall clock.
#[test]
fn the_recorder_hears_of_each_calibration() {
    let name = format!("storyline-{}-calibrated", std::process::id());
    let place = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&place);
    let log = Log {
        path: "/a.log".into(),
        level: 0,
        format: "line".to_owned(),
        mode: 0o600,
    };
    let recorder = Recorder::at(&place);
    let session = Session::begin(&recorder, "x", vec![log], 64 * 1024).expect("room");
    let shared = Arc::new(Shared::new(&[], 1, 1, Some(Arc::new(session))));
    let losses = Losses::new(&mut core::iter::empty());
    let filter = Filter::parse("off", 1, BareWord::Refused).expect("good");
    let mut press = Press::new(shared, "x".to_owned(), filter, Vec::new(), losses);
    let head = || {
        let entries = std::fs::read_dir(&place).expect("there");
        let mut paths = entries.map(|it| it.expect("one").path());
        let head = paths.find(|it| it.extension().is_some_and(|it| it == "head"));
        std::fs::read(head.expect("begun")).expect("ours")
    };
    let ticks = |press: &Press| press.calibration.parts().0.to_le_bytes();
    let knows = |ticks: [u8; 8]| head().windows(8).any(|it| it == ticks);
    let first = ticks(&press);
    assert!(knows(first));
    press.calibrate(std::time::Duration::MAX);
    assert_eq!(ticks(&press), first, "young enough");
    for _ in 0..3 {
        let before = ticks(&press);
        press.calibrate(std::time::Duration::ZERO);
        assert_ne!(ticks(&press), before);
        assert!(knows(ticks(&press)));
    }
    std::fs::remove_dir_all(place).expect("removed");
}
