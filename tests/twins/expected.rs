//! What a signature expects and a body leaves to it: coercions, the types of closures, of what is parsed or collected.

use std::any::Any;
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::num::ParseIntError;
use std::pin::Pin;
use std::rc::Rc;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

trait Shape {
    fn corners(&self) -> u8;
}

trait Solid: Shape + Debug {}

#[derive(Debug)]
struct Cube;

impl Shape for Cube {
    fn corners(&self) -> u8 {
        8
    }
}

impl Solid for Cube {}

#[timed]
fn boxed(cube: Box<Cube>) -> Box<dyn Shape> {
    cube
}

#[timed]
fn boxed_in_an_arm(cube: Box<Cube>, same: bool) -> Box<dyn Shape> {
    if same {
        cube
    } else {
        Box::new(Cube)
    }
}

#[timed]
fn counted(cube: Rc<Cube>) -> Rc<dyn Shape> {
    cube
}

#[timed]
fn lent(cube: &Cube) -> Option<&dyn Shape> {
    Some(cube)
}

#[timed]
fn dereferenced<'a>(text: &'a String, values: &'a mut Vec<u8>) -> (&'a str, &'a [u8]) {
    (text, values)
}

#[timed]
fn weakened(value: &mut u8) -> *const u8 {
    value
}

#[timed]
fn of_its_base(solid: &dyn Solid) -> &dyn Shape {
    solid
}

#[timed]
fn cast_down(value: &dyn Any) -> Option<&u8> {
    value.downcast_ref()
}

#[timed]
fn boxed_or_not(cube: Box<Cube>, fail: bool) -> Result<Box<dyn Shape>, Box<dyn Error>> {
    if fail {
        return Err("no cube".into());
    }
    Ok(cube)
}

#[timed]
async fn later_boxed(cube: Box<Cube>, soon: bool) -> Box<dyn Shape> {
    if soon {
        return cube;
    }
    yield_once().await;
    cube
}

#[timed]
async fn later_boxed_in_ok(cube: Box<Cube>, soon: bool) -> Result<Box<dyn Shape>, ()> {
    if soon {
        return Ok(cube);
    }
    yield_once().await;
    Ok(Box::new(Cube))
}

#[timed]
async fn later_in_an_arm(cube: Box<Cube>, same: bool) -> Option<Box<dyn Solid>> {
    match same {
        true => Some(cube),
        false => Some(Box::new(Cube)),
    }
}

#[timed]
async fn later_slice() -> &'static [u8] {
    &[1, 2]
}

#[timed]
async fn later_function(add: bool) -> fn(u8) -> u8 {
    if add {
        |value| value + 1
    } else {
        |value| value
    }
}

#[timed]
async fn later_closure() -> Box<dyn for<'a> Fn(&'a str) -> &'a str + Send> {
    Box::new(|text| text.trim())
}

#[timed]
async fn later_closures() -> Vec<Box<dyn Fn(&str) -> usize + Send>> {
    vec![Box::new(|text| text.len()), Box::new(|text| text.len() + 1)]
}

#[timed]
async fn later_pointer() -> Option<fn(&str) -> &str> {
    Some(|text| text.trim())
}

#[timed]
async fn later_boxed_error(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    if text.is_empty() {
        return Err("nothing".into());
    }
    Ok(text.parse()?)
}

#[timed]
async fn later_parsed(text: &str) -> Result<u64, ParseIntError> {
    text.parse()
}

#[timed]
async fn later_collected() -> Result<HashMap<u8, Vec<u8>>, String> {
    Ok(vec![(1, vec![])].into_iter().collect())
}

#[timed]
async fn later_default<T: Default>() -> (T, Vec<T>) {
    Default::default()
}

#[timed]
async fn later_wide() -> u64 {
    let value = 1 << 40;
    value
}

#[timed]
async fn later_into(text: &str) -> String {
    if text.is_empty() {
        return text.into();
    }
    text.into()
}

#[timed]
fn pushed() -> Vec<String> {
    let mut values = Vec::new();
    if values.len() > 1 {
        return values;
    }
    values.push(Default::default());
    values
}

#[timed]
fn summed(values: &[u8]) -> u32 {
    values.iter().map(|&value| u32::from(value)).sum()
}

#[timed]
fn ranked() -> for<'a> fn(&'a str) -> &'a str {
    str::trim
}

#[timed]
fn ranked_and_named<'z>(_text: &'z str) -> Box<dyn for<'a> Fn(&'a str, &'z str) -> &'a str + 'z> {
    Box::new(|first, _| first)
}

#[timed]
fn ranked_in_some<'z>(text: &'z str) -> Option<Box<dyn Fn(&str) -> &str + 'z>> {
    let _ = text;
    Some(Box::new(|it| it.trim()))
}

#[timed]
fn ranked_twice() -> Result<(fn(&u8) -> &u8, Box<dyn Fn(&u8) -> &u8>), String> {
    Ok((|it| it, Box::new(|it| it)))
}

#[timed]
fn future_of_a_box() -> Pin<Box<dyn Future<Output = Box<dyn Debug>>>> {
    Box::pin(async { Box::new(1) as Box<dyn Debug> })
}

pub(crate) fn run(t: &mut Trace) {
    let cube = || Box::new(Cube);
    let shapes: [Box<dyn Shape>; 4] = [
        boxed(cube()),
        boxed_in_an_arm(cube(), false),
        drive(later_boxed(cube(), true)),
        drive(later_boxed(cube(), false)),
    ];
    t.add("shapes", shapes.iter().map(|it| it.corners()).sum::<u8>());
    t.add("counted", counted(Rc::new(Cube)).corners());
    t.add("lent", lent(&Cube).map(|it| it.corners()));
    let (text, mut values) = ("a".to_owned(), vec![1]);
    t.add("dereferenced", dereferenced(&text, &mut values));
    t.add("weakened", weakened(&mut 1).is_null());
    t.add("base", of_its_base(&Cube).corners());
    t.add("down", (cast_down(&1_u8), cast_down(&1_u16)));
    for fail in [true, false] {
        let came = boxed_or_not(cube(), fail);
        t.add(
            "or not",
            came.map(|it| it.corners()).map_err(|it| it.to_string()),
        );
        let came = drive(later_boxed_in_ok(cube(), fail));
        t.add("in ok", came.map(|it| it.corners()));
        t.add("in an arm", drive(later_in_an_arm(cube(), fail)));
        t.add("function", drive(later_function(fail))(1));
    }
    t.add("slice", drive(later_slice()));
    t.add("closure", drive(later_closure())(" a "));
    let closures = drive(later_closures());
    t.add(
        "closures",
        closures.iter().map(|it| it("ab")).collect::<Vec<_>>(),
    );
    t.add("pointer", drive(later_pointer()).map(|it| it(" a ").len()));
    for text in ["", "7", "x"] {
        let came = drive(later_boxed_error(text));
        t.add("boxed error", came.map_err(|it| it.to_string()));
        t.add("parsed", drive(later_parsed(text)));
        t.add("into", drive(later_into(text)));
    }
    t.add("collected", drive(later_collected()));
    t.add("default", drive(later_default::<u8>()));
    t.add("wide", (drive(later_wide()), pushed(), summed(&[200, 200])));
    t.add("ranked", (ranked()(" a "), ranked_and_named("b")("a", "b")));
    t.add("ranked", ranked_in_some("").map(|it| it(" a ").len()));
    t.add(
        "ranked",
        ranked_twice().map(|it| (*(it.0)(&1), *(it.1)(&2))),
    );
    t.add("future", drive(future_of_a_box()));
}
