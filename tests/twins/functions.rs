//! Free functions: generics, lifetimes, patterns in arguments, functions inside functions, recursion.

use std::fmt::Display;

use storyline::timed;

use crate::trace::Trace;

#[timed]
fn nothing() {}

#[timed]
fn generic<T, const N: usize>(values: [T; N], (first, mut second): (T, T)) -> usize
where
    T: Clone + PartialEq,
    [T; N]: Sized,
{
    second.clone_from(&first);
    if second == first {
        values.len()
    } else {
        0
    }
}

#[timed]
fn const_generic_default<const N: usize>() -> [u8; N] {
    const ONE: u8 = 1;
    [ONE; N]
}

#[timed]
fn named<'a, 'b: 'a>(left: &'a str, right: &'b str) -> &'a str {
    if left.len() > right.len() {
        left
    } else {
        right
    }
}

#[timed]
fn elided(text: &str) -> &str {
    text.trim()
}

#[timed]
fn hidden(texts: std::slice::Iter<'_, &'static str>) -> Option<&'static str> {
    texts.copied().last()
}

#[timed]
fn higher_ranked<F>(read: F) -> usize
where
    F: for<'x> Fn(&'x str) -> &'x str,
{
    let text = String::from("  text ");
    read(&text).len()
}

#[timed]
fn function_pointer(read: for<'x> fn(&'x [u8]) -> &'x [u8]) -> usize {
    read(&[1, 2, 3]).len()
}

#[timed]
fn takes_impl(
    text: impl AsRef<str>,
    more: impl Into<String> + Clone,
    mut each: impl FnMut(char),
) -> String {
    text.as_ref().chars().for_each(&mut each);
    more.into()
}

#[timed]
fn takes_dyn(text: &dyn Display, texts: &mut dyn Iterator<Item = u8>) -> String {
    format!("{text}{:?}", texts.next())
}

#[timed]
fn patterns(
    [a, .., b]: [u8; 4],
    _: String,
    ref c: String,
    mut d: u8,
    &e: &u8,
    (f, g @ _): (u8, u8),
    _held: Vec<u8>,
) -> Option<usize> {
    d += a + b + e + f + g;
    Some(usize::from(d) + c.len())
}

struct Point<T> {
    x: T,
    y: T,
}

#[timed]
fn struct_pattern(Point { x, y: mut down }: Point<u8>, Point { .. }: Point<String>) -> u8 {
    down += x;
    down
}

struct Wrapper<'a> {
    inner: &'a [u8],
}

#[timed]
fn more_patterns(
    (Ok(value) | Err(value)): Result<u8, u8>,
    whole @ Point { x, .. }: Point<u8>,
    &mut ref mut text: &mut String,
    Wrapper {
        inner: rest @ ([] | [_, ..]),
    }: Wrapper<'_>,
    (): (),
) -> (u8, usize) {
    text.push('!');
    (value + x + whole.y, rest.len())
}

#[timed]
fn mutable(mut text: String, mut count: u8) -> String {
    while count > 0 {
        count -= 1;
        text.push('x');
    }
    text
}

#[timed]
fn nested(depth: u8) -> u8 {
    #[timed]
    fn inner(depth: u8) -> u8 {
        if depth == 0 {
            0
        } else {
            nested(depth - 1) + 1
        }
    }
    struct Local(u8);
    impl Local {
        #[timed]
        fn get(&self) -> u8 {
            self.0
        }
    }
    inner(Local(depth).get())
}

#[timed]
fn even(n: u32) -> bool {
    n == 0 || odd(n - 1)
}

#[timed]
fn odd(n: u32) -> bool {
    n != 0 && even(n - 1)
}

#[timed]
fn const_blocks() -> usize {
    const SIZE: usize = size();
    const fn size() -> usize {
        3
    }
    static TABLE: [u8; SIZE] = [0; SIZE];
    TABLE.len() + const { SIZE + 1 }
}

#[timed]
fn shadows(value: u8) -> u8 {
    let value = value + 1;
    let value = {
        let value = value * 2;
        value
    };
    value
}

#[timed]
fn items_after(value: u8) -> u8 {
    return helper(value);

    fn helper(value: u8) -> u8 {
        value + 1
    }
}

#[timed]
fn labels(limit: u8) -> u8 {
    let mut found = 0;
    'outer: for at in 0..limit {
        let half = 'block: {
            if at % 2 == 1 {
                break 'block at / 2;
            }
            if at == 4 {
                break 'outer;
            }
            continue 'outer;
        };
        found += half;
    }
    found
}

#[timed]
fn diverges_inside(stop: bool) -> u8 {
    if stop {
        unreachable!("stopped")
    }
    loop {
        break 5;
    }
}

#[timed]
fn macro_tail(value: u8) -> String {
    format!("{value:?}")
}

#[timed]
fn no_semicolon(values: &mut Vec<u8>) {
    values.push(1)
}

pub(crate) fn run(t: &mut Trace) {
    t.add("nothing", nothing());
    t.add("generic", generic([1_u8, 2, 3], (4, 5)));
    t.add("const", const_generic_default::<3>());
    t.add("named", named("a", "bc"));
    t.add("elided", elided(" a "));
    t.add("hidden", hidden(["a", "b"].iter()));
    t.add("higher", higher_ranked(|text| text.trim()));
    t.add("higher fn", higher_ranked(str::trim_end));
    t.add("pointer", function_pointer(|bytes| &bytes[1..]));
    let mut seen = Vec::new();
    t.add("impl", takes_impl("ab", "c", |it| seen.push(it)));
    t.add("impl seen", seen);
    t.add("dyn", takes_dyn(&1, &mut vec![5_u8].into_iter()));
    t.add(
        "patterns",
        patterns(
            [1, 2, 3, 4],
            String::new(),
            "abc".to_owned(),
            4,
            &1,
            (1, 2),
            Vec::new(),
        ),
    );
    t.add(
        "struct",
        struct_pattern(
            Point { x: 1, y: 2 },
            Point {
                x: String::new(),
                y: String::new(),
            },
        ),
    );
    let mut text = String::new();
    t.add(
        "more",
        more_patterns(
            Err(1),
            Point { x: 2, y: 3 },
            &mut text,
            Wrapper { inner: &[1, 2] },
            (),
        ),
    );
    t.add("more", text);
    t.add("mutable", mutable(String::new(), 3));
    t.add("nested", nested(3));
    t.add("recursion", (even(40), odd(40)));
    t.add("const blocks", const_blocks());
    t.add("shadows", (shadows(1), items_after(1)));
    t.add("labels", labels(9));
    t.caught("diverges", || diverges_inside(true));
    t.add("not", diverges_inside(false));
    t.add("macro", macro_tail(1));
    let mut values = Vec::new();
    no_semicolon(&mut values);
    t.add("values", values);
}
