//! Functions that are put together from what macros were given, each fragment with a hygiene or a group of its own.

use storyline::timed;

use crate::trace::{drive, yield_once, Named, Trace};

struct Held(u8);

/// The `self` of the caller, and arguments named as what the expansion may call its own.
macro_rules! method {
    ($this:ident, $name:ident, $argument:ident: $ty:ty, $body:expr) => {
        impl Held {
            #[timed]
            fn $name(&$this, $argument: $ty) -> $ty {
                let state = 1;
                let guard = state;
                let value = guard;
                $body
            }
        }
    };
}

method!(self, of_state, state: u8, state + self.0);
method!(self, of_guard, guard: Vec<u8>, {
    let mut held = guard;
    held.push(self.0);
    held
});

macro_rules! two_of_one_name {
    ($name:ident) => {
        #[timed]
        fn two(mut $name: u8, mut name: u8) -> u8 {
            $name += 1;
            name += 2;
            $name * 10 + name
        }

        #[timed]
        async fn two_later(mut $name: Named, _held: u8, name: u8) -> usize {
            $name.0 = "changed";
            yield_once().await;
            $name.len() * 10 + usize::from(name)
        }
    };
}

two_of_one_name!(name);

macro_rules! types {
    ($ty:ty, $error:ty) => {
        #[timed]
        fn typed(value: $ty) -> Result<$ty, $error> {
            if value.len() == 1 {
                return Ok(value);
            }
            Err("not one".into())
        }

        #[timed]
        async fn typed_later(value: $ty) -> Result<$ty, $error> {
            yield_once().await;
            if value.len() == 1 {
                return Ok(value);
            }
            Err("not one".into())
        }

        #[timed]
        fn typed_and_lent(value: &$ty) -> Option<(&$ty, [$ty; 1])> {
            Some((value, [value.clone()]))
        }
    };
}

types!(Vec<u8>, Box<dyn std::error::Error>);

macro_rules! lifetimes {
    ($lifetime:lifetime, $ty:ident) => {
        #[timed]
        fn lent<$lifetime, $ty: Clone>(value: &$lifetime $ty) -> (&$lifetime $ty, $ty) {
            (value, value.clone())
        }

        #[timed]
        async fn lent_later<$lifetime, $ty: Clone>(
            value: &$lifetime $ty,
        ) -> Result<&$lifetime $ty, String> {
            yield_once().await;
            Ok(value)
        }
    };
}

lifetimes!('q, Q);

macro_rules! qualified {
    ($vis:vis $qualifier:ident fn $block:block) => {
        #[timed]
        $vis $qualifier fn qualified(value: u8) -> u8 $block
    };
}

qualified!(pub(crate) async fn {
    let two = 2;
    two
});

macro_rules! patterns {
    ($pair:pat, $plain:pat => $body:expr) => {
        #[timed]
        fn matched($pair: (u8, u8), $plain: u8) -> u8 {
            $body
        }

        #[timed]
        async fn matched_later($pair: (u8, u8), $plain: u8) -> u8 {
            yield_once().await;
            $body
        }
    };
}

patterns!((a, b), c => { a } + b * c);

macro_rules! some {
    ($name:ident) => {
        Some($name)
    };
}

macro_rules! named {
    ($($pattern:tt)*) => {
        ($($pattern)*)
    };
}

macro_rules! optional {
    ($ty:ty) => {
        Option<$ty>
    };
}

macro_rules! fallible {
    () => {
        Result<u8, String>
    };
}

#[timed]
fn macros_of_types_and_patterns(
    named!(a, b): (u8, u8),
    named!(mut c): u8,
    d: optional!(u8),
) -> fallible!() {
    match d {
        some!(d) => c += d,
        _ => return Err("none".to_owned()),
    }
    Ok(a + b + c)
}

#[timed]
async fn macros_of_types_and_patterns_later(
    named!(a, b): (u8, u8),
    named!(mut c): u8,
    d: optional!(u8),
) -> fallible!() {
    yield_once().await;
    c += d.ok_or("none")?;
    Ok(a + b + c)
}

macro_rules! through {
    ($($tokens:tt)*) => {
        item! {
            #[timed]
            $($tokens)*
        }
    };
}

macro_rules! item {
    ($item:item) => {
        $item
    };
}

through! {
    pub(self) fn passed_on<'a>(text: &'a str, mut n: u8) -> Option<(&'a str, u8)>
    where
    {
        n += 1;
        Some((text, n))
    }
}

macro_rules! methods {
    ($(fn $name:ident(&$this:ident $(, $argument:ident: $ty:ty)*) $(-> $result:ty)? { $($body:tt)* })*) => {
        impl Held {
            $(
                #[timed]
                fn $name(&$this $(, $argument: $ty)*) $(-> $result)? { $($body)* }
            )*
        }
    };
}

methods! {
    fn plus(&self, value: u8) -> u8 {
        self.0 + value
    }

    fn nothing(&self) {
        let _ = self;
    }

    fn parsed(&self, text: &str) -> Result<u8, std::num::ParseIntError> {
        let value: u8 = text.parse()?;
        return Ok(value + self.0);
    }
}

macro_rules! changes {
    ($this:ident, $block:block) => {
        impl Held {
            #[timed]
            fn changed(&mut $this) -> u8 $block

            #[timed]
            async fn changed_later(&mut $this) -> u8 $block

            #[timed]
            fn changed_and_gone(mut $this) -> u8 $block
        }
    };
}

changes!(self, {
    self.0 += 1;
    self.0
});

macro_rules! blocks {
    ($ty:ty { $($item:item)* }) => {
        #[timed]
        impl $ty {
            $($item)*
        }
    };
}

blocks!(Held {
    fn in_a_block(&self) -> u8 {
        self.0
    }

    async fn later_in_a_block(&self) -> u8 {
        yield_once().await;
        self.0
    }
});

pub(crate) fn run(t: &mut Trace) {
    let mut held = Held(1);
    t.add("names", (held.of_state(2), held.of_guard(Vec::new())));
    t.add("two", two(1, 2));
    t.caught("two", || drive(two_later(Named("name"), 1, 2)));
    for values in [vec![], vec![1]] {
        let told =
            |it: Result<Vec<u8>, Box<dyn std::error::Error>>| it.map_err(|it| it.to_string());
        t.add("types", told(typed(values.clone())));
        t.add("types", told(drive(typed_later(values.clone()))));
        t.add("types", typed_and_lent(&values));
    }
    t.add("lent", (lent(&1), drive(lent_later(&2))));
    t.add("qualified", drive(qualified(1)));
    t.add(
        "patterns",
        (matched((1, 2), 3), drive(matched_later((1, 2), 3))),
    );
    for d in [None, Some(4)] {
        t.add("macros", macros_of_types_and_patterns((1, 2), 3, d));
        t.add(
            "macros",
            drive(macros_of_types_and_patterns_later((1, 2), 3, d)),
        );
    }
    t.add("passed on", passed_on("a", 1));
    t.add("methods", (held.plus(1), held.nothing(), held.parsed("x")));
    t.add("changes", (held.changed(), drive(held.changed_later())));
    t.add(
        "blocks",
        (held.in_a_block(), drive(held.later_in_a_block())),
    );
    t.add("changes", held.changed_and_gone());
}
