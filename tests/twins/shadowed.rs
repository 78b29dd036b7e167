//! Names of the standard library that mean something else here.
#![allow(non_camel_case_types, dead_code)]

use ::std::fmt::Debug as Shown;

use crate::trace::Trace;

mod core {}
mod std {}
mod alloc {}

#[derive(Debug)]
struct Result<T>(T);
#[derive(Debug)]
struct Option;
#[derive(Debug)]
struct Vec;
#[derive(Debug)]
struct String;
#[derive(Debug)]
struct Box;
#[derive(Debug)]
struct Pin;
struct Future;
struct Default;
struct Send;
struct Fn;
struct FnOnce;
struct From;
struct Into;
struct Iterator;
struct Copy;
struct Drop;
struct bool;
struct u8;
struct u64;
struct str;
struct usize;
#[derive(Debug)]
enum Variants {
    Ok,
    Err,
    Some,
    None,
}
use Variants::{Err, None, Ok, Some};

fn drop() {}
fn identity() {}

macro_rules! panic {
    () => {};
}
macro_rules! format_args {
    () => {};
}
macro_rules! concat {
    () => {};
}
macro_rules! line {
    () => {};
}
macro_rules! module_path {
    () => {};
}
macro_rules! file {
    () => {};
}

#[::storyline::timed]
fn results(flag: ::core::primitive::bool) -> Result<Variants> {
    if flag {
        return Result(Ok);
    }
    Result(Err)
}

#[::storyline::timed]
fn real(text: &::core::primitive::str) -> ::core::result::Result<i32, ::core::num::ParseIntError> {
    let value = text.parse::<i32>()?;
    ::core::result::Result::Ok(value)
}

#[::storyline::timed]
async fn waits(text: &::core::primitive::str) -> ::core::option::Option<Variants> {
    if text.is_empty() {
        return ::core::option::Option::None;
    }
    ::core::option::Option::Some(Some)
}

#[::storyline::timed]
fn option() -> Option {
    Option
}

#[::storyline::timed]
fn all(_: Vec, _: String, _: Box, _: Pin, none: Variants) -> impl Shown {
    drop();
    identity();
    (none, String, Vec, Box, Pin)
}

#[::storyline::timed]
fn boxed() -> ::core::pin::Pin<
    ::std::boxed::Box<dyn ::core::future::Future<Output = i32> + ::core::marker::Send>,
> {
    ::std::boxed::Box::pin(async { 5 })
}

pub(crate) fn run(t: &mut Trace) {
    t.add("results", (results(true), results(false)));
    t.add("real", (real("5"), real("x")));
    t.add("waits", crate::trace::drive(waits("a")));
    t.add("option", option());
    t.add("all", all(Vec, String, Box, Pin, None));
    t.add("boxed", crate::trace::drive(boxed()));
}
