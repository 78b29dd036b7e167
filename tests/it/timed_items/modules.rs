//! A module, and everything in it.

use storyline::testing::{Captured, capture};
use storyline::{Level, timed};

use crate::ledger::text;

#[timed(level = DEBUG)]
mod inline {
    pub(super) const fn left_out(value: u8) -> u8 {
        value
    }

    pub(super) fn timed_here(value: u8) -> u8 {
        left_out(value)
    }

    #[timed(name = "own_name")]
    pub(super) fn named(value: u8) -> u8 {
        value
    }

    pub(super) struct Inner {
        pub(super) value: u8,
    }

    impl Inner {
        pub(super) fn method(&self) -> u8 {
            self.value
        }

        #[timed(skip)]
        pub(super) fn skipped(&self) -> u8 {
            self.value
        }
    }

    impl Drop for Inner {
        fn drop(&mut self) {
            self.value = 0;
        }
    }

    impl std::fmt::Display for Inner {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{}", self.value)
        }
    }

    pub(super) trait Described {
        const NAME: &'static str;
        fn bodiless(&self) -> u8;
        fn provided(&self) -> u8 {
            self.bodiless()
        }
    }

    impl Described for Inner {
        const NAME: &'static str = "inner";
        fn bodiless(&self) -> u8 {
            self.value
        }
    }

    pub(super) struct Other;

    #[timed(level = INFO)]
    impl Other {
        pub(super) fn of_its_block() {}

        #[timed(level = TRACE)]
        pub(super) fn of_its_own() {}
    }

    #[timed(skip)]
    impl Other {
        pub(super) fn of_none() {}
    }

    #[timed(level = WARNING)]
    pub(super) mod deeper {
        pub(in super::super) fn deep() {}

        #[cfg_attr(not(test), timed(skip))]
        #[cfg_attr(test, inline, timed(level = ERROR))]
        pub(in super::super) fn sometimes() {}
    }

    macro_rules! untouched {
        ($name:ident) => {
            pub(super) fn $name() -> u8 {
                1
            }
        };
    }

    untouched!(from_a_macro);
}

/// The names of the calls that were recorded, and at which levels.
fn told(logged: &Captured) -> Vec<(&str, Level)> {
    let calls = logged.iter();
    calls.map(|it| (text(it, "name"), it.level)).collect()
}

#[test]
fn a_module_and_everything_in_it() {
    use inline::Described;

    let logged = capture(|| {
        assert_eq!(inline::left_out(1), 1);
        assert_eq!(inline::timed_here(2), 2);
        assert_eq!(inline::named(3), 3);
        let inner = inline::Inner { value: 4 };
        assert_eq!(inner.method(), 4);
        assert_eq!(inner.skipped(), 4);
        assert_eq!(inner.to_string(), "4");
        assert_eq!(inner.provided(), 4);
        assert_eq!(inline::Inner::NAME, "inner");
        assert_eq!(inline::from_a_macro(), 1);
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(
        names,
        ["timed_here", "own_name", "method", "bodiless", "provided"]
    );
    assert!(logged.iter().all(|it| it.level == Level::Debug));
}

#[test]
fn who_has_a_say_in_a_module() {
    let logged = capture(|| {
        inline::Other::of_its_block();
        inline::Other::of_its_own();
        inline::Other::of_none();
        inline::deeper::deep();
        inline::deeper::sometimes();
    });
    assert_eq!(
        told(&logged),
        [
            ("of_its_block", Level::Info),
            ("of_its_own", Level::Trace),
            ("deep", Level::Warning),
            ("sometimes", Level::Error),
        ]
    );
}

/// As a library writes them that may be built without us.
#[cfg_attr(test, timed(level = DEBUG))]
trait Optional {
    #[cfg_attr(test, timed(skip))]
    fn skipped(&self) {}

    #[cfg_attr(not(test), no_such_attribute, timed(skip))]
    #[cfg_attr(all(), cfg_attr(test, inline, timed(name = "renamed")), must_use)]
    fn named(&self) -> u8 {
        self.usual()
    }

    #[cfg_attr(not(test), timed(name = "never"))]
    fn usual(&self) -> u8 {
        7
    }

    #[cfg_attr(not(test), timed(level = INFO))]
    #[cfg_attr(test, timed(level = WARNING))]
    #[cfg_attr(test, timed(level = ERROR))]
    fn first(&self) {}
}

impl Optional for u8 {}

use storyline as sl;

/// Under two names of one crate: what stands on a function counts, and nothing is timed twice.
struct Renamed;

#[timed(level = DEBUG)]
impl Renamed {
    #[sl::timed(crate = sl, name = "own")]
    fn its_own() {}

    #[cfg_attr(test, sl::timed(level = ERROR, crate = sl))]
    fn under_a_condition() {}

    #[cfg_attr(not(test), timed(levle = INFO))]
    fn wrong_elsewhere() {}
}

#[test]
fn an_attribute_of_another_name_for_the_crate() {
    let logged = capture(|| {
        Renamed::its_own();
        Renamed::under_a_condition();
        Renamed::wrong_elsewhere();
    });
    assert_eq!(
        told(&logged),
        [
            ("own", Level::Debug),
            ("under_a_condition", Level::Error),
            ("wrong_elsewhere", Level::Debug),
        ]
    );
}

#[test]
fn attributes_under_a_condition() {
    let logged = capture(|| {
        1_u8.skipped();
        assert_eq!(1_u8.named(), 7);
        1_u8.first();
    });
    assert_eq!(
        told(&logged),
        [
            ("usual", Level::Debug),
            ("renamed", Level::Debug),
            ("first", Level::Warning),
        ]
    );
}
