//! Whole `impl` blocks and modules, and functions that macros write.

use std::fmt::Debug;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

struct Held<T>(T);

#[timed]
impl<T: Clone + Debug> Held<T> {
    const SIZE: usize = size_of_one();

    fn get(&self) -> T {
        self.0.clone()
    }

    pub(crate) fn set(&mut self, value: T) -> Result<T, String> {
        if Self::SIZE == 0 {
            return Err("empty".to_owned());
        }
        Ok(std::mem::replace(&mut self.0, value))
    }

    #[timed(skip)]
    fn skipped(&self) -> &T {
        &self.0
    }

    const fn reference(&self) -> &T {
        &self.0
    }

    async fn waits(&self) -> &T {
        yield_once().await;
        self.reference()
    }
}

const fn size_of_one() -> usize {
    1
}

#[timed]
mod module {
    //! Everything in it.
    use super::Debug;

    pub(super) fn shown(value: &impl Debug) -> String {
        format!("{value:?}")
    }

    #[derive(Debug)]
    pub(super) struct Inner {
        pub(super) value: u8,
    }

    impl Inner {
        pub(super) fn doubled(&self) -> u8 {
            private(self.value)
        }
    }

    impl Drop for Inner {
        fn drop(&mut self) {
            self.value = 0;
        }
    }

    fn private(value: u8) -> u8 {
        value * 2
    }

    pub(super) mod deeper {
        pub(in crate::items) fn deep() -> &'static str {
            "deep"
        }
    }
}

macro_rules! function {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($argument:ident: $ty:ty),*) -> $result:ty $body:block) => {
        $(#[$meta])*
        #[timed]
        $vis fn $name($($argument: $ty),*) -> $result $body
    };
    (expression $name:ident = $value:expr) => {
        #[timed]
        fn $name() -> impl Debug {
            $value
        }
    };
    (asynchronous $vis:vis $name:ident($pattern:pat, $lifetime:lifetime) -> $result:ty, $value:expr) => {
        #[timed]
        $vis async fn $name<$lifetime>($pattern: &$lifetime str) -> $result {
            yield_once().await;
            $value
        }
    };
    (hygienic $name:ident) => {
        #[timed(fields(value))]
        fn $name(value: u8) -> u8 {
            let inside = value;
            inside
        }
    };
    (boxed $name:ident, $future:ty) => {
        #[timed]
        fn $name() -> $future {
            Box::pin(async { 5 })
        }
    };
    (never $name:ident, $result:ty) => {
        #[timed]
        fn $name(stop: bool) -> $result {
            if stop {
                return Err("stopped".to_owned());
            }
            Ok(())
        }
    };
    (item $item:item) => {
        #[timed]
        $item
    };
    (tokens $($token:tt)*) => {
        #[timed]
        $($token)*
    };
}

function!(
    /// Adds.
    #[inline]
    pub(crate) fn added(a: u8, b: u8) -> u8 {
        a + b
    }
);
function!(
    fn fallible(text: &str) -> Result<u8, std::num::ParseIntError> {
        let value = text.parse::<u8>()?;
        return Ok(value);
    }
);
function!(
    fn borrowed(text: &str) -> &str {
        text
    }
);
function!(expression expressed = { 1 + 2 });
function!(asynchronous waits(text, 'a) -> Option<&'a str>, { text.get(1..) });
function!(hygienic hygienic);
function!(boxed boxed, std::pin::Pin<Box<dyn std::future::Future<Output = u8>>>);
function!(never stopped, Result<(), String>);
function!(item fn an_item<'a>(text: &'a str, mut n: usize) -> Option<&'a str> {
    n += 1;
    text.get(n..)
});
function!(item impl Held<()> {
    fn in_item(&self) -> &'static str {
        "in item"
    }
});
function!(tokens pub(crate) fn some_tokens((a, b): (u8, u8)) -> u8 { a - b });

/// A macro that others may use.
#[macro_export]
#[doc(hidden)]
macro_rules! twin_exported {
    ($name:ident, $error:ty) => {
        #[timed(fields(text))]
        fn $name(text: &str) -> Result<usize, $error> {
            if text.is_empty() {
                return Err(Default::default());
            }
            Ok(text.len())
        }
    };
}

twin_exported!(exported, String);

pub(crate) fn run(t: &mut Trace) {
    let mut held = Held(1_u8);
    t.add(
        "impl",
        (
            held.set(2),
            held.get(),
            *held.skipped(),
            *drive(held.waits()),
        ),
    );
    t.add("module", module::shown(&5));
    t.add(
        "module",
        (module::Inner { value: 2 }.doubled(), module::deeper::deep()),
    );
    t.add(
        "macro",
        (added(1, 2), fallible("3"), fallible("x"), borrowed("a")),
    );
    t.add("macro", expressed());
    t.add("macro", (drive(waits("abc")), hygienic(1), drive(boxed())));
    t.add("macro", (stopped(true), stopped(false), an_item("abc", 1)));
    t.add("macro", (Held(()).in_item(), some_tokens((2, 1))));
    t.add("macro", (exported(""), exported("abc")));
}
