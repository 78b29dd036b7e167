//! The caller's road from end to end: a site, values, a ring, and back to a record.

use crate::level::Level;
use crate::site::{Meta, Site, SiteOptions};
use crate::testing::capture as logged;
use crate::value::{ValueBuf, capture};
use crate::wire::{Absent, Ticks};
use crate::{clock, emit};

static META: Meta = Meta {
    events: &["seen", "other"],
    keys: &["a", "b", "c", "d"],
    has_groups: false,
    constants: &[("name", "n")],
    template: &[],
    target: "t",
    module: "m",
    file: "f",
    line: 3,
    gate: None,
    samples: None,
};

const OPTIONS: &SiteOptions = &SiteOptions {
    meta: Some(&META),
    ..SiteOptions::NONE
};

#[test]
fn values_come_back_typed_and_in_order() {
    static SITE: Site = Site::with(OPTIONS);
    let text = String::from("x y");
    let records = logged(|| {
        assert!(SITE.wants_known(Level::Debug), "a capture is active");
        let values = (
            capture(&7_u8),
            (capture(&text), (Absent, (capture(&Some(-1_i64)), ()))),
        );
        emit::emit_own(&SITE, Level::Debug, 1, values);
    });
    let [record] = &*records else {
        panic!("{records:?}")
    };
    assert_eq!(
        (record.event.as_str(), record.level),
        ("other", Level::Debug)
    );
    assert_eq!(
        record.fields,
        [
            ("name".to_owned(), ValueBuf::Str("n".to_owned())),
            ("a".to_owned(), ValueBuf::UInt(7)),
            ("b".to_owned(), ValueBuf::Str("x y".to_owned())),
            ("d".to_owned(), ValueBuf::Int(-1)),
        ]
    );
}

#[test]
fn a_huge_value_is_cut_and_says_how_long_it_was() {
    static SITE: Site = Site::with(OPTIONS);
    let huge = "é".repeat(50 * 1024 * 1024);
    let records = logged(|| {
        let values = (
            capture(&huge),
            (capture(&huge), (capture(&huge), (capture(&huge), ()))),
        );
        emit::emit_own(&SITE, Level::Info, 0, values);
    });
    let fields = &records[0].fields[1..];
    assert_eq!(
        fields.len(),
        4,
        "all values of one record shrink, none is lost"
    );
    for (_, value) in fields {
        let ValueBuf::Cut { text, original_len } = value else {
            panic!("not cut")
        };
        assert_eq!(*original_len, 100 * 1024 * 1024);
        assert!(text.len() > 10_000 && text.chars().all(|it| it == 'é'));
    }
}

#[test]
fn ticks_become_milliseconds() {
    static SITE: Site = Site::with(OPTIONS);
    let start = clock::now();
    std::thread::sleep(std::time::Duration::from_millis(15));
    let values = (
        Ticks(clock::now() - start),
        (Absent, (Absent, (Absent, ()))),
    );
    let records = logged(|| {
        assert!(SITE.wants_known(Level::Info));
        emit::emit_own(&SITE, Level::Info, 0, values);
    });
    let Some(ValueBuf::Millis(millis)) = records[0].field("a") else {
        panic!("{records:?}")
    };
    assert!((15.0..1000.0).contains(millis), "{millis}");
}
