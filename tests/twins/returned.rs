//! What functions give back: `impl Trait`, closures, borrows, results, nothing ever, and what only coercion makes fit.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::{Debug, Display};

use storyline::timed;

use crate::trace::{Named, Trace};

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
fn never() -> ! {
    panic!("never")
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
        u8::reverse_bits
    } else {
        |value| value + 1
    }
}

#[timed]
fn returns_closures(
    total: &mut u8,
) -> (
    impl FnMut(u8) -> u8 + use<'_>,
    impl Fn(u8) -> u8 + Copy + use<>,
) {
    let add = move |by| {
        *total += by;
        *total
    };
    (add, |value| value * 2)
}

#[timed]
fn returns_closure_of_closures<'a>(
    by: &'a usize,
) -> impl Fn(&'a str) -> Box<dyn Fn(&str) -> usize + 'a> + 'a {
    move |first| Box::new(move |second| first.len() + second.len() + by)
}

#[timed]
fn returns_ranked<'a>(from: &'a usize) -> Box<dyn for<'x> Fn(&'x str) -> Option<&'x str> + 'a> {
    Box::new(move |text| text.get(*from..))
}

#[timed]
fn returns_closure_or_nothing(pattern: &str) -> Option<impl Fn(&str) -> usize + '_> {
    if pattern.is_empty() {
        return None;
    }
    Some(move |text: &str| text.split(pattern).count())
}

type Answer<T> = Result<T, String>;

type Fixed = Result<u8, std::num::ParseIntError>;

#[timed]
fn alias(text: &str) -> Answer<char> {
    let first = text.chars().next().ok_or("nothing")?;
    Ok(first)
}

#[timed]
fn other_alias(text: &str) -> Fixed {
    Ok(text.parse::<u8>()? / 2)
}

#[timed]
fn alias_of_std(text: &str) -> std::fmt::Result {
    if text.is_empty() {
        return Err(std::fmt::Error);
    }
    Ok(())
}

pub(crate) fn run(t: &mut Trace) {
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
    t.add("pair", {
        let mut total = 1;
        let (mut add, twice) = returns_closures(&mut total);
        (add(2), add(3), twice(4))
    });
    t.add("curried", returns_closure_of_closures(&1)("a")("b"));
    t.add("ranked", returns_ranked(&1)("abc"));
    t.add("maybe", returns_closure_or_nothing("b").map(|it| it("abc")));
    t.add("maybe", returns_closure_or_nothing("").is_none());
    t.caught("never", || never());
    let mut map = HashMap::from([("a".to_owned(), 1)]);
    *borrowed_from_map(&mut map, "a").expect("there") += 1;
    t.add("map", borrowed_from_map(&mut map, "a"));
    t.add("map", borrowed_from_map(&mut map, "b"));
    for text in ["", "7", "13", "x"] {
        t.add("early", early(text).map_err(|it| it.to_string()));
        t.add("optional", optional(text));
        t.add("tail", question_mark_at_end(text));
        t.add(
            "alias",
            (alias(text), other_alias(text), alias_of_std(text)),
        );
    }
    t.add(
        "coerces",
        (coerces(true).to_string(), coerces(false).to_string()),
    );
    t.add("coerces", (coerces_slices(true), coerces_slices(false)));
    t.add(
        "coerces",
        (coerces_function(true)(1), coerces_function(false)(1)),
    );
}
