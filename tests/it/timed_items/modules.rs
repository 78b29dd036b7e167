//! A module, and everything in it.

use storyline::testing::capture;
use storyline::timed;

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

    macro_rules! untouched {
        ($name:ident) => {
            pub(super) fn $name() -> u8 {
                1
            }
        };
    }

    untouched!(from_a_macro);
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
    assert!(logged.iter().all(|it| it.level == storyline::Level::Debug));
}
