//! Free functions: generics, lifetimes, patterns, what is returned, and the attributes beside ours.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::{Debug, Display};

use storyline::timed;

use crate::trace::{Named, Trace};

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
fn returns_impl(from: u8) -> impl Iterator<Item = u8> + Clone + Debug {
    from..4
}

#[timed]
fn returns_impl_capturing<'a, T: Display>(
    texts: &'a [&'a str],
    tail: T,
) -> impl Iterator<Item = String> + use<'a, T> {
    let tail = tail.to_string();
    texts.iter().map(move |text| format!("{text}{tail}"))
}

#[timed]
fn returns_impl_in_result<'a>(
    texts: &'a [u8],
    from: &str,
) -> Result<impl Iterator<Item = &'a u8> + use<'a>, Box<dyn Error>> {
    let from: usize = from.parse()?;
    Ok(texts.iter().skip(from))
}

#[timed]
fn returns_closure<'a>(text: &'a str) -> Box<dyn Fn(usize) -> &'a str + 'a> {
    Box::new(move |from| &text[from..])
}

#[timed]
fn returns_unnamed_closure(by: u8) -> impl Fn(u8) -> u8 {
    move |value| value + by
}

#[timed]
fn returns_fn_once(held: Named) -> impl FnOnce() -> usize {
    move || held.len()
}

#[timed]
fn takes_dyn(text: &dyn Display, texts: &mut dyn Iterator<Item = u8>) -> String {
    format!("{text}{:?}", texts.next())
}

#[timed]
fn never() -> ! {
    panic!("never")
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

#[timed]
fn mutable(mut text: String, mut count: u8) -> String {
    while count > 0 {
        count -= 1;
        text.push('x');
    }
    text
}

#[timed]
fn borrowed_from_map<'m>(
    map: &'m mut HashMap<String, u8>,
    key: &str,
) -> Result<&'m mut u8, String> {
    map.get_mut(key).ok_or_else(|| format!("no {key}"))
}

#[timed]
fn early(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    if text.is_empty() {
        return Ok(0);
    }
    let value = text.parse::<u8>()?;
    if value == 13 {
        Err("unlucky")?;
    }
    Ok(value)
}

#[timed]
fn optional(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    Some(first)
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

/// # Safety
///
/// `at` can be read.
#[timed]
unsafe fn unsafe_read(at: *const u8) -> u8 {
    unsafe { *at }
}

#[timed]
extern "C" fn foreign(value: u8) -> u8 {
    value
}

/// # Safety
///
/// None.
#[timed]
unsafe extern "C-unwind" fn foreign_unwinding(value: u8) -> u8 {
    value
}

#[timed]
#[inline(always)]
fn inlined(value: u8) -> u8 {
    value
}

#[cold]
#[inline(never)]
#[timed]
fn rare(value: u8) -> u8 {
    value
}

#[must_use = "it is all there is"]
#[timed]
fn needed(value: u8) -> u8 {
    value
}

#[deprecated(since = "0.1.0", note = "use `needed`")]
#[timed]
fn old(value: u8) -> u8 {
    value
}

#[timed]
#[cfg_attr(all(), inline)]
#[cfg(unix)]
fn configured(
    #[cfg(windows)] absent: u8,
    #[cfg(unix)] present: u8,
    #[allow(unused_variables)] other: u8,
) -> u8 {
    present
}

#[timed]
fn configured_inside(value: u8) -> u8 {
    #[cfg(windows)]
    return absent;
    #[cfg(unix)]
    let value = value + 1;
    #[allow(unused_variables)]
    let other = value;
    value
}

#[timed]
#[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse2"))]
fn featured(value: u8) -> u8 {
    value
}

#[timed]
fn attributes_inside(value: u8) -> u8 {
    #![allow(clippy::let_and_return, unused_mut)]
    //! And a comment.
    let mut value = value;
    value
}

/** A comment
 * of several lines. */
#[doc = "And a written one."]
#[timed]
pub(crate) fn documented(r#type: u8, r#gen: u8, été: u8) -> u8 {
    r#type + r#gen + été
}

#[timed]
fn r#match(value: u8) -> u8 {
    value
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
fn macro_tail(value: u8) -> String {
    format!("{value:?}")
}

#[timed]
fn no_semicolon(values: &mut Vec<u8>) {
    values.push(1)
}

#[timed]
fn question_mark_at_end(text: &str) -> Result<(), std::num::ParseIntError> {
    text.parse::<u8>()?;
    Ok(())
}

#[timed]
fn coerces(flag: bool) -> Box<dyn Error> {
    if flag {
        return Box::<dyn Error>::from("a text");
    }
    Box::new(std::fmt::Error)
}

#[timed]
fn coerces_slices(flag: bool) -> &'static [u8] {
    if flag {
        &[1, 2]
    } else {
        &[]
    }
}

#[timed]
fn coerces_function(flag: bool) -> fn(u8) -> u8 {
    if flag {
        inlined
    } else {
        |value| value + 1
    }
}

#[timed]
#[timed]
fn twice(value: u8) -> u8 {
    value
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
    t.add("returns", returns_impl(1).clone().collect::<Vec<_>>());
    t.add(
        "captures",
        returns_impl_capturing(&["a", "b"], 5).collect::<Vec<_>>(),
    );
    for from in ["1", "x"] {
        let came = returns_impl_in_result(&[1, 2], from);
        t.add(
            "in result",
            came.map(|it| it.copied().collect::<Vec<_>>())
                .map_err(|it| it.to_string()),
        );
    }
    t.add("closure", returns_closure("abc")(1));
    t.add("unnamed", returns_unnamed_closure(1)(2));
    t.add("once", returns_fn_once(Named("held"))());
    t.add("dyn", takes_dyn(&1, &mut vec![5_u8].into_iter()));
    t.caught("never", || never());
    t.caught("diverges", || diverges_inside(true));
    t.add("not", diverges_inside(false));
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
    t.add("mutable", mutable(String::new(), 3));
    let mut map = HashMap::from([("a".to_owned(), 1)]);
    *borrowed_from_map(&mut map, "a").expect("there") += 1;
    t.add("map", borrowed_from_map(&mut map, "a"));
    t.add("map", borrowed_from_map(&mut map, "b"));
    for text in ["", "7", "13", "x"] {
        t.add("early", early(text).map_err(|it| it.to_string()));
        t.add("optional", optional(text));
        t.add("tail", question_mark_at_end(text));
    }
    t.add("nested", nested(3));
    t.add("recursion", (even(40), odd(40)));
    t.add("unsafe", unsafe { unsafe_read(&7) });
    let pointers: (unsafe fn(*const u8) -> u8, extern "C" fn(u8) -> u8) = (unsafe_read, foreign);
    t.add(
        "pointers",
        (unsafe { (pointers.0)(&1) }, (pointers.1)(2), unsafe {
            foreign_unwinding(3)
        }),
    );
    t.add("attributes", (inlined(1), rare(2), needed(3)));
    #[allow(deprecated)]
    t.add("deprecated", old(1));
    t.add("configured", (configured(1, 2), configured_inside(1)));
    #[cfg(target_arch = "x86_64")]
    #[allow(unused_unsafe)]
    t.add("featured", unsafe { featured(1) });
    t.add("inside", attributes_inside(1));
    t.add("documented", documented(1, 2, 3));
    t.add("raw", r#match(1));
    t.add("labels", labels(9));
    t.add("const blocks", const_blocks());
    t.add("shadows", (shadows(1), items_after(1)));
    t.add("macro", macro_tail(1));
    let mut values = Vec::new();
    no_semicolon(&mut values);
    t.add("values", values);
    t.add(
        "coerces",
        (coerces(true).to_string(), coerces(false).to_string()),
    );
    t.add("coerces", (coerces_slices(true), coerces_slices(false)));
    t.add(
        "coerces",
        (coerces_function(true)(1), coerces_function(false)(1)),
    );
    t.add("twice", twice(1));
}
